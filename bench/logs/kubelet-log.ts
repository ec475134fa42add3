import { createWriteStream, existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { gunzipSync } from 'node:zlib';

// What a kubelet 1.20.2 of the lab logged at -v=2 while a shim was stopped and a container crash-looped: 4 minutes, from
// its start to a relist that hangs. Paths of the lab and descriptions of its machine are taken out.
const SEED = join(import.meta.dirname, 'kubelet.log.gz');
/** Its start is told once in so many rounds: a kubelet starts seldom. */
const ROUNDS_A_START = 200;
/** Between two lines, on average. */
const STEP_MS = 450;

/** Makes a kubelet's log of `bytes`, if `file` is not there: the lab's again and again, at later times, of other pods. */
export async function makeKubeletLog(file: string, bytes: number): Promise<void> {
  if (existsSync(file)) return;
  const lines = gunzipSync(readFileSync(SEED)).toString('utf8').trimEnd().split('\n');
  const running = lines.slice(lines.findIndex((line) => line.includes('SyncLoop (ADD')));
  const random = generator(20_260_101);
  const out = createWriteStream(`${file}.part`, { highWaterMark: 1 << 20 });
  let at = Date.UTC(2026, 0, 1);
  const next = (): number => (at += random() * 2 * STEP_MS);
  let written = 0;
  for (let round = 0; written < bytes; round += 1) {
    const ids = new Map<string, string>();
    const text = `${(round % ROUNDS_A_START === 0 ? lines : running).map((line) => later(line, next(), ids, random)).join('\n')}\n`;
    written += text.length;
    if (!out.write(text)) await new Promise((resolve) => out.once('drain', resolve));
  }
  out.end();
  await finished(out);
  renameSync(`${file}.part`, file);
}

/** The line at another time, with other ids of pods and containers, the same ones within a round. */
function later(line: string, at: number, ids: Map<string, string>, random: () => number): string {
  return line
    .replace(/^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d{6}/, (_, level: string) => `${level}${klogTime(at, random)}`)
    .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{12,64}/g, (id) => {
      const known = ids.get(id) ?? id.replace(/[0-9a-f]/g, () => Math.floor(random() * 16).toString(16));
      ids.set(id, known);
      return known;
    });
}

function klogTime(at: number, random: () => number): string {
  const iso = new Date(at).toISOString();
  const micros = Math.floor(random() * 1000);
  return `${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 23)}${String(micros).padStart(3, '0')}`;
}

/** The same numbers in each run (mulberry32), from 0 to 1. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

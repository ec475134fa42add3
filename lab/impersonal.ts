import { readFileSync } from 'node:fs';
import { homedir, hostname, release } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseFile } from '../src/evidence/case-file.ts';
import { entityId } from '../src/evidence/entity.ts';
import { LAB_PREFIX } from './folder.ts';
import { readMounts } from './mounts.ts';
import { readOr } from './processes.ts';

const CHECKOUT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/**
 * A case file without what belongs to the machine it was recorded on: names, paths, the command line of PID 1. What
 * the lab made stays, under `/lab`.
 */
export function makeImpersonal(caseFile: CaseFile, labFolder: string): CaseFile {
  return hideOthers(impersonalJson(caseFile, labFolder), hostname());
}

/** The same for any JSON, as far as text can be replaced. */
export function impersonalJson<T>(value: T, labFolder: string): T {
  const text = swapsOf(labFolder).reduce((json, [from, to]) => replaceAll(json, from, to), JSON.stringify(value));
  return JSON.parse(text.replaceAll(OTHER_LABS, LAB_PREFIX)) as T;
}

/** A kubelet sees the cgroups of every lab. */
const OTHER_LABS = new RegExp(`${LAB_PREFIX}[A-Za-z0-9]{6}`, 'g');

/** What stands for what, in this order. */
function swapsOf(labFolder: string): readonly (readonly [string, string])[] {
  const init = commOf(1);
  const kernel = release();
  return [
    [process.env.PATH ?? '', '/usr/sbin:/usr/bin'],
    [labFolder, '/lab'],
    [labFolder.slice(labFolder.lastIndexOf('/') + 1), 'lab'],
    [dirname(labFolder), '/tmp'],
    // The filesystem that labs live on.
    [mountHolding(dirname(labFolder)), '/tmp'],
    [CHECKOUT, '/opt/notready'],
    [init, 'init'],
    [homedir(), '/home/operator'],
    // Of `6.18.44-vendor-12` the number says all that a diagnosis asks.
    [kernel, kernel.replace(/^(\d+\.\d+\.\d+).*/, '$1')],
    ...IDS.map((file) => [readOr(file, '').trim(), 'lab-machine'] as const),
  ];
}

/** By what a machine is known to others; a kubelet logs them when it starts. */
const IDS = ['/etc/machine-id', '/sys/class/dmi/id/product_uuid', '/proc/sys/kernel/random/boot_id'];

/** Mount point of the filesystem that a path lives on; '' for the root. */
function mountHolding(path: string): string {
  const all = readMounts().map((m) => (m.mountPoint === '/' ? '' : m.mountPoint));
  return all.filter((m) => path === m || path.startsWith(`${m}/`)).toSorted((a, b) => b.length - a.length)[0] ?? '';
}

/** A path is replaced where it stands as a whole: `/root`, not the end of `/lab/kubelet/root`. */
function replaceAll(json: string, from: string, to: string): string {
  if (from.length < 4) return json;
  const text = inJson(from).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const whole = from.startsWith('/') ? `(?<![\\w.-])${text}(?![\\w.-])` : text;
  return json.replaceAll(new RegExp(whole, 'g'), () => inJson(to));
}

/** As it stands inside a JSON string. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * What cannot be replaced as text: a host may be called `vm`, and of the programs that are neither the lab's nor a
 * container's nobody needs the arguments.
 */
function hideOthers(caseFile: CaseFile, host: string): CaseFile {
  const contained = new Set(caseFile.links.filter((l) => l.rel === 'in-container').map((l) => l.from));
  for (const entity of caseFile.entities) if (entity.kind === 'node' && entity.name === host) entity.name = 'lab-node';
  for (const { fact } of caseFile.observations) {
    if (fact.type === 'host') fact.hostname = 'lab-node';
    if (fact.type !== 'process' || contained.has(entityId.process(fact.pid))) continue;
    if (fact.cmdline !== null && !OF_LAB.test(fact.cmdline)) fact.cmdline = fact.comm;
  }
  return caseFile;
}

/** Names a path below the lab's folder; `/opt/notready/lab/` is none. */
const OF_LAB = /(?<![\w.-])\/lab\//;

function commOf(pid: number): string {
  return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
}

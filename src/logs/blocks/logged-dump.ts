import type { LineClock } from '../formats/dates.ts';
import type { ReadBlock } from './block.ts';
import { readGoroutines } from './goroutines.ts';

const PACKED = /goroutine \d{1,12} \[[^\]]{1,80}\]:\\n.*$/;
const HEAD = /goroutine \d{1,12} (?:gp=\S{1,40} m=\S{1,40}(?: mp=\S{1,40})? )?\[[^\]]{1,80}\]:$/;
/** What a logger puts before each line: `Oct 27 15:20:24 n dockerd[1748]: `. */
const PREFIX = /^.{0,160}?\[\d{1,8}\]: ?/;
const MAX_LINES = 200_000;

/**
 * A dump of Go stacks as logs hold it: each line behind the header of syslog or journald, or all of it packed into one
 * message with escaped line ends. Sources: moby pkg/signal/trap.go (daemon/stack since), containerd
 * cmd/containerd/command/main_unix.go dumpStacks: `=== BEGIN goroutine stack dump ===\n%s\n=== END goroutine stack dump ===`.
 */
export function readLoggedDump(lines: readonly string[], start: number, clock: LineClock): ReadBlock | null {
  const line = lines[start] ?? '';
  // journald and syslog cut a long message: each piece is read by itself.
  const packed = PACKED.exec(line)?.[0];
  if (packed !== undefined) return { ...readFirst(packed.split(/\\n/).map(untabbed), clock), taken: 1 };
  if (!HEAD.test(line)) return null;
  const prefix = PREFIX.exec(line)?.[0] ?? '';
  // Without a header it is a plain block, which has a reader of its own.
  if (prefix === '' || !line.slice(prefix.length).startsWith('goroutine ')) return null;
  const bare = bareLines(lines.slice(start, start + MAX_LINES), writerOf(prefix));
  const block = readFirst(bare, clock);
  return { ...block, taken: Math.max(1, Math.min(block.taken, bare.length)) };
}

/** `dockerd[1748]: ` of its header: the time before it differs from line to line. */
function writerOf(prefix: string): string {
  return /\S{1,64}\[\d{1,8}\]: ?$/.exec(prefix)?.[0].trimEnd() ?? prefix.trimEnd();
}

function bareLines(lines: readonly string[], writer: string): readonly string[] {
  const bare: string[] = [];
  for (const line of lines) {
    const at = line.indexOf(writer);
    if (at === -1) break;
    const rest = line.slice(at + writer.length);
    // One blank is the header's; more are the dump's own indent.
    bare.push(untabbed(rest.startsWith(' ') ? rest.slice(1) : rest));
  }
  return bare;
}

function untabbed(line: string): string {
  return line.replaceAll('\\t', '\t').replace(/\s*(?:=== END goroutine stack dump ===)?"?$/, '');
}

function readFirst(lines: readonly string[], clock: LineClock): ReadBlock {
  const first = lines.findIndex((line) => line.startsWith('goroutine '));
  const block = first === -1 ? null : readGoroutines(lines, first, clock);
  return block === null
    ? { kind: 'goroutine-dump', taken: 1, statements: [] }
    : { ...block, taken: first + block.taken };
}

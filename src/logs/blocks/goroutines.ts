import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { type BlockReader, state } from './block.ts';

const HEAD =
  /^goroutine (\d{1,12})(?: gp=\S{1,40} m=\S{1,40}(?: mp=\S{1,40})?)? \[([^\],]{1,60})(?:, (\d{1,9}) minutes)?(?:, locked to thread)?\]:$/;
// `github.com/docker/docker/daemon.(*Daemon).ContainerInspect(0xc420, 0x1)`; `created by x` ends a stack
const CALL = /^([\w./~%*()[\]{}-]{3,300}?)\((?:0x|\.\.\.|\{|\)|nil|\d)/;
const MAX_GOROUTINES = 50_000;
const MAX_FRAMES = 100;
/** Kept of a dump: what waits longest. */
const KEPT = 20;

interface Goroutine {
  readonly wait: string;
  readonly minutes: number;
  readonly stack: readonly string[];
}

/**
 * A dump of Go stacks: SIGUSR1 of dockerd and containerd, SIGQUIT of any, `/debug/pprof/goroutine?debug=2`. What waits for
 * a minute or more is kept, alike ones together. Source: Go runtime/traceback.go goroutineheader @ 1.8 to 1.25.
 */
export const readGoroutines: BlockReader = (lines, start) => {
  if (!HEAD.test(lines[start] ?? '')) return null;
  const found: Goroutine[] = [];
  let end = start;
  while (end < lines.length && found.length < MAX_GOROUTINES) {
    const head = HEAD.exec(lines[end] ?? '');
    if (head === null) break;
    const frames = framesBelow(lines, end + 1);
    found.push({ wait: head[2] ?? '', minutes: Number(head[3] ?? 0), stack: frames.stack });
    end = frames.end;
    while (end < lines.length && (lines[end] ?? '').trim() === '') end += 1;
  }
  const about = [ownerOf(found)];
  return {
    kind: 'goroutine-dump',
    taken: end - start,
    statements: grouped(found).map((fact) => state(fact, about)),
  };
};

function framesBelow(lines: readonly string[], start: number): { stack: string[]; end: number } {
  const stack: string[] = [];
  let end = start;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    if (line.trim() === '' || HEAD.test(line)) break;
    const name = /^\s/.test(line) ? undefined : CALL.exec(line)?.[1];
    const isFrame = name !== undefined || /^\s|^created by |^\.\.\./.test(line);
    if (!isFrame) break;
    if (name !== undefined && stack.length < MAX_FRAMES) stack.push(name);
  }
  return { stack, end };
}

/** Go's own and what everything stands on say nothing of the daemon. */
const OF_GO = /^(?:runtime|sync|internal|syscall|net|net\/http|io|os|bufio|context|reflect|time)\b[./(]/;
const LOCK = /^(?:semacquire|sync\.(?:Mutex|RWMutex)\.R?Lock|sync\.WaitGroup\.Wait|sync\.Cond\.Wait)/;

function grouped(found: readonly Goroutine[]): readonly FactOf<'goroutines'>[] {
  const groups = new Map<string, FactOf<'goroutines'>>();
  for (const { wait, minutes, stack } of found) {
    const own = stack.filter((name) => !OF_GO.test(name)).slice(0, 8);
    if (minutes === 0 || own.length === 0) continue;
    const key = `${wait} ${own.slice(0, 3).join(' ')}`;
    const known = groups.get(key);
    const waitsForLock = LOCK.test(wait) && !/WaitGroup|Cond/.test(wait);
    if (known === undefined) groups.set(key, { type: 'goroutines', wait, minutes, count: 1, stack: own, waitsForLock });
    else groups.set(key, { ...known, count: known.count + 1, minutes: Math.max(known.minutes, minutes) });
  }
  const byWeight = (a: FactOf<'goroutines'>, b: FactOf<'goroutines'>): number =>
    Number(b.waitsForLock) - Number(a.waitsForLock) || b.minutes - a.minutes || b.count - a.count;
  return [...groups.values()].toSorted(byWeight).slice(0, KEPT);
}

const OWNERS: readonly (readonly [string, RegExp])[] = [
  ['dockerd', /github\.com\/(?:docker|moby)\/(?:docker|moby)\//],
  ['kubelet', /k8s\.io\/kubernetes\//],
  ['crio', /github\.com\/cri-o\/cri-o\//],
  ['containerd', /github\.com\/containerd\/containerd\//],
];

function ownerOf(found: readonly Goroutine[]): EntityId {
  const name = OWNERS.find(([, pattern]) => found.some((g) => g.stack.some((frame) => pattern.test(frame))))?.[0];
  return entityId.component(name ?? 'daemon', null);
}

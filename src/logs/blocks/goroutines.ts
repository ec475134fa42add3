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
  /** Address of the lock that it waits for; null where it waits for none, or none is told. */
  readonly lock: number | null;
  /** What its functions work on: the pointers that they were called with. */
  readonly objects: readonly number[];
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
    const wait = head[2] ?? '';
    const lock = waitsForLock(wait, frames.stack) ? frames.lock : null;
    found.push({ wait, minutes: Number(head[3] ?? 0), stack: frames.stack, lock, objects: frames.objects });
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

interface Frames {
  readonly stack: readonly string[];
  /** First pointer that a function of Go's own sync package got. */
  readonly lock: number | null;
  readonly objects: readonly number[];
  readonly end: number;
}

const MAX_OBJECTS = 64;

function framesBelow(lines: readonly string[], start: number): Frames {
  const calls: string[] = [];
  let end = start;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    if (line.trim() === '' || HEAD.test(line)) break;
    // Pastes lose the indent of the places: `runtime/sema.go:82 +0x25`.
    const name = /^\s/.test(line) ? undefined : CALL.exec(line)?.[1];
    const isFrame = name !== undefined || /^\s|^created by |^\.\.\.|^\S{1,400}\.(?:go|s):\d/.test(line);
    if (!isFrame) break;
    if (name !== undefined && calls.length < MAX_FRAMES) calls.push(line);
  }
  return { ...readCalls(calls), end };
}

/** @param calls lines of functions with their arguments, the innermost first */
function readCalls(calls: readonly string[]): Omit<Frames, 'end'> {
  const told = calls.map((line) => {
    const name = CALL.exec(line)?.[1] ?? '';
    return { name, pointers: pointersIn(line.slice(name.length)) };
  });
  const inSync = told.filter(({ name }) => /^(?:internal\/)?sync\./.test(name));
  return {
    stack: told.map(({ name }) => name),
    lock: inSync.findLast(({ pointers }) => pointers.length > 0)?.pointers[0] ?? null,
    objects: told
      .filter(({ name }) => !OF_GO.test(name))
      .flatMap(({ pointers }) => pointers)
      .slice(0, MAX_OBJECTS),
  };
}

/** Addresses of the heap among the arguments. Go's start at 0xc000000000 (0xc420000000 before 1.11, 0xc800000000 before 1.7). */
function pointersIn(text: string): readonly number[] {
  return [...text.matchAll(/0x([0-9a-f]{9,12})\b/g)].map((m) => Number.parseInt(m[1] ?? '', 16));
}

/** Go's own and what everything stands on say nothing of the daemon. */
const OF_GO = /^(?:runtime|sync|internal|syscall|net|net\/http|io|os|bufio|context|reflect|time)\b[./(]/;

/** `semacquire` is what a mutex, a WaitGroup and a condition alike wait in; since 1.20 Go says which (runtime2.go waitReason). */
function waitsForLock(wait: string, stack: readonly string[]): boolean {
  if (/^sync\.(?:RW)?Mutex\./.test(wait)) return true;
  return (
    wait === 'semacquire' && !stack.some((name) => /^sync\.(?:\(\*(?:WaitGroup|Cond)\)|runtime_notifyList)/.test(name))
  );
}

function grouped(found: readonly Goroutine[]): readonly FactOf<'goroutines'>[] {
  const groups = new Map<string, FactOf<'goroutines'>>();
  const holders = holdersAmong(found);
  for (const goroutine of found) {
    const { wait, minutes, stack } = goroutine;
    const own = stack.filter((name) => !OF_GO.test(name)).slice(0, 8);
    if (minutes === 0 || own.length === 0) continue;
    const holdsLock = holders.has(goroutine);
    const key = `${wait} ${holdsLock} ${own.slice(0, 3).join(' ')}`;
    const known = groups.get(key);
    const fact = { type: 'goroutines', wait, stack: own, waitsForLock: waitsForLock(wait, stack), holdsLock } as const;
    groups.set(key, {
      ...fact,
      count: (known?.count ?? 0) + 1,
      minutes: Math.max(known?.minutes ?? 0, minutes),
    });
  }
  const byWeight = (a: FactOf<'goroutines'>, b: FactOf<'goroutines'>): number =>
    Number(b.holdsLock) - Number(a.holdsLock) ||
    Number(b.waitsForLock) - Number(a.waitsForLock) ||
    b.minutes - a.minutes ||
    b.count - a.count;
  return [...groups.values()].toSorted(byWeight).slice(0, KEPT);
}

/** A mutex lies within the object that it guards, most often near its beginning. */
const OBJECT_BYTES = 1024;
/** Of locks that are waited for; a dump of a daemon in trouble has few. */
const MAX_LOCKS = 200;

/**
 * Who may hold a lock that others wait for: Go does not say. It must work on the object that has the lock, wait itself
 * for at least as long as the others, and for something else.
 */
function holdersAmong(found: readonly Goroutine[]): ReadonlySet<Goroutine> {
  const longest = new Map<number, number>();
  for (const { lock, minutes } of found) {
    if (lock !== null && minutes > 0) longest.set(lock, Math.max(longest.get(lock) ?? 0, minutes));
  }
  const locks = [...longest].slice(0, MAX_LOCKS);
  const holds = (goroutine: Goroutine): boolean =>
    locks.some(
      ([lock, minutes]) =>
        goroutine.lock !== lock &&
        goroutine.minutes >= minutes &&
        goroutine.objects.some((object) => object <= lock && lock - object < OBJECT_BYTES),
    );
  return new Set(found.filter(holds));
}

const OWNERS: readonly (readonly [string, RegExp])[] = [
  [
    'containerd-shim',
    /github\.com\/containerd\/containerd\/(?:v\d\/)?(?:cmd\/containerd-shim|runtime\/v1\/shim\.|linux\/shim\.)/,
  ],
  ['dockerd', /github\.com\/(?:docker|moby)\/(?:docker|moby|libnetwork)[/.]/],
  ['kubelet', /k8s\.io\/kubernetes\//],
  ['crio', /github\.com\/cri-o\/cri-o\//],
  ['containerd', /github\.com\/containerd\/containerd\//],
];

function ownerOf(found: readonly Goroutine[]): EntityId {
  const name = OWNERS.find(([, pattern]) => found.some((g) => g.stack.some((frame) => pattern.test(frame))))?.[0];
  return entityId.component(name ?? 'daemon', null);
}

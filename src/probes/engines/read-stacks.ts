import type { EntityId } from '../../evidence/entity.ts';
import type { SourceRecorder } from '../../evidence/recorder.ts';
import type { Host } from '../../host/host.ts';
import { readGoroutines } from '../../logs/blocks/goroutines.ts';
import type { Daemon } from '../daemons/identify.ts';
import { flagValue } from '../kubelet/flag-value.ts';

/** A daemon of thousands of goroutines writes some megabytes, in well under a second. */
const MAX_BYTES = 16 << 20;
const LOOK_EVERY_MS = 200;
const LOOKS = 8;

/**
 * Where a daemon writes its stacks as a file. Sources: moby daemon/stack (goroutine-stacks-TIME.log in the exec root),
 * containerd cmd/containerd/command/main_unix.go (containerd.PID.stacks.log in the temporary folder, since 1.3).
 */
interface Place {
  readonly folder: string;
  readonly file: RegExp;
}

function placeOf({ name, process }: Daemon): Place | null {
  if (name === 'containerd')
    return { folder: '/tmp', file: new RegExp(`^containerd\\.${process.pid}\\.stacks\\.log$`) };
  if (name !== 'dockerd') return null;
  return {
    folder: flagValue(process.args ?? [], 'exec-root') ?? '/var/run/docker',
    file: /^goroutine-stacks-.*\.log$/,
  };
}

/**
 * Waits for the file that a daemon writes when it is asked for its stacks, and writes down which goroutines wait.
 * @param since Unix ms at which it was asked: what is older is of another time
 * @returns the file; null where none came
 */
export async function readStacks(
  host: Host,
  daemon: Daemon,
  component: EntityId,
  source: SourceRecorder,
  since: number,
): Promise<string | null> {
  const place = placeOf(daemon);
  if (place === null) return null;
  for (let look = 0; look < LOOKS; look += 1) {
    await host.sleep(LOOK_EVERY_MS);
    const file = await newest(host, place, since);
    const text = file === null ? '' : await whole(host, file);
    if (text === '') continue;
    for (const fact of stacksIn(text)) source.observe(fact, [component]);
    return file;
  }
  return null;
}

/** A file's time is told in whole seconds by some filesystems. */
const COARSE_MS = 1000;

async function newest(host: Host, { folder, file }: Place, since: number): Promise<string | null> {
  const listed = await host.files.list(host.path(folder));
  const [last] = listed.ok
    ? listed.value
        .filter((name) => file.test(name))
        .toSorted()
        .reverse()
    : [];
  if (last === undefined) return null;
  const path = host.path(`${folder}/${last}`);
  const stat = await host.files.stat(path);
  return stat.ok && stat.value.kind === 'file' && stat.value.modifiedAt >= since - COARSE_MS ? path : null;
}

/** Its text once it does not grow any more; '' until then. */
async function whole(host: Host, path: string): Promise<string> {
  const before = await host.files.stat(path);
  await host.sleep(LOOK_EVERY_MS);
  const after = await host.files.stat(path);
  if (!before.ok || !after.ok || after.value.size === 0 || before.value.size !== after.value.size) return '';
  const read = await host.files.readText(path, { maxBytes: MAX_BYTES });
  return read.ok ? read.value : '';
}

function stacksIn(text: string) {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.startsWith('goroutine '));
  const block = first === -1 ? null : readGoroutines(lines, first, { now: 0, years: 'past', zone: 0 });
  return block === null ? [] : block.statements.map((s) => s.fact(0, 0));
}

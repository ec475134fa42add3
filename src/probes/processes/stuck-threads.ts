import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import type { ProbeRecorder, SourceRecorder } from '../../evidence/recorder.ts';
import { gapReason, observeGap } from '../gaps.ts';
import { mountFact } from '../mounts/entities.ts';
import type { MountTree } from '../mounts/tree.ts';
import type { ProbeContext } from '../probe.ts';
import type { MountInfo } from '../procfs/mountinfo.ts';
import { DeviceNames } from './device-names.ts';
import type { Membership } from './membership.ts';
import { nameContainer, nameThread } from './names.ts';
import { type OpenFile, readOpenFiles } from './open-files.ts';
import { readThreadDetail, type ThreadDetail } from './thread-detail.ts';
import type { ThreadPair } from './thread-sample.ts';
import { mountWaitedOn, sameOnHost } from './waits-on.ts';

const MAX_OPEN_FILES = 16;

export interface StuckThreadsInput {
  readonly members: Membership;
  /** Ids of containers whose tasks are frozen: they wait for the thaw, wherever they happen to be. */
  readonly frozen: ReadonlySet<string>;
  readonly hostMounts: MountTree | null;
  readonly architecture: string;
  readonly windowMs: number;
}

/** Writes what blocked threads wait for: call, kernel function, file, mount and device. */
export class StuckThreads {
  readonly #context: ProbeContext;
  readonly #input: StuckThreadsInput;
  readonly #devices: DeviceNames;
  readonly #openFilesNoted = new Set<number>();
  readonly #mountsNoted = new Set<EntityId>();
  /** Reads that failed, by topic, for the gaps. */
  readonly failed = { 'kernel-stacks': new Map<string, number>(), 'open-files': new Map<string, number>() };
  #read = 0;

  constructor(context: ProbeContext, input: StuckThreadsInput) {
    this.#context = context;
    this.#input = input;
    this.#devices = new DeviceNames(context.host);
  }

  async note(pair: ThreadPair): Promise<void> {
    const { host, record } = this.#context;
    const { pid, tid } = pair.after;
    const base = host.proc(`${pid}/task/${tid}`);
    const source = record.source(
      `${base}/{stat,status,wchan,stack,syscall,mountinfo,fd}`,
      `grep -H . ${base}/wchan ${base}/syscall ${base}/stack`,
    );
    const detail = await readThreadDetail(host, pair.after, this.#input.architecture);
    const openFiles = detail.mounts ? await readOpenFiles(host, pair.after, detail.mounts) : null;
    this.#countFailures(detail, openFiles?.ok === false ? openFiles.error : null);
    const files = openFiles?.ok ? openFiles.value : [];
    const thread = nameThread(record, pair.after);
    const about = [thread, entityId.process(pid), ...this.#containerOf(pid)];
    source.observe(threadFact(pair, detail, this.#input.windowMs), about);
    const waitedOn = this.#isFrozen(pid) ? null : (mountWaitedOn(detail, files) ?? this.#journalledBy(pair));
    if (waitedOn) {
      const mount = await this.#noteMount(source, waitedOn, detail);
      record.link(thread, 'waits-on', mount);
    }
    await this.#noteOpenFiles(source, pid, files, waitedOn, detail);
    source.end(detail.errors[0] ? { status: 'partial', error: detail.errors[0].error } : { status: 'ok' });
  }

  /** Says what of these threads could not be seen. */
  noteGaps(source: SourceRecorder): void {
    for (const topic of ['kernel-stacks', 'open-files'] as const) {
      for (const [error, count] of this.failed[topic]) {
        const detail = `${count} of ${this.#read} blocked threads: ${error}`;
        observeGap(source, topic, gapReason(error), detail, { partial: count < this.#read });
      }
    }
  }

  #countFailures(detail: ThreadDetail, openFiles: string | null): void {
    // All gone: so is the thread.
    if (detail.errors.length === 3 && detail.errors.every(({ error }) => error === 'ENOENT' || error === 'ESRCH'))
      return;
    this.#read += 1;
    const stack = detail.errors.find((e) => e.file === 'stack');
    if (stack) increment(this.failed['kernel-stacks'], stack.error);
    const files = detail.errors.find((e) => e.file === 'mountinfo')?.error ?? openFiles;
    if (files !== null) increment(this.failed['open-files'], files);
  }

  #isFrozen(pid: number): boolean {
    return this.#input.frozen.has(this.#input.members.get(pid)?.containerId ?? '');
  }

  #containerOf(pid: number): EntityId[] {
    const member = this.#input.members.get(pid);
    return member ? [nameContainer(this.#context.record, member)] : [];
  }

  /** The mount whose journal or log a kernel thread writes: it is named after the device (`jbd2/sda1-8`, `xfsaild/dm-0`). */
  #journalledBy({ after }: ThreadPair): MountInfo | null {
    const device = /^(?:jbd2|xfsaild|xfs-\w+)\/(.+?)(?:-\d+)?$/.exec(after.comm)?.[1];
    if (device === undefined) return null;
    return this.#input.hostMounts?.mounts.find((m) => m.source === `/dev/${device}` && m.root === '/') ?? null;
  }

  async #noteMount(source: SourceRecorder, mount: MountInfo, detail: ThreadDetail): Promise<EntityId> {
    const { record } = this.#context;
    const { hostMounts } = this.#input;
    const onHost = detail.inHostNamespace || (hostMounts?.mounts.includes(mount) ?? false);
    const namespace = onHost ? 'host' : 'container';
    const id = nameMount(record, namespace, mount);
    if (this.#mountsNoted.has(id)) return id;
    this.#mountsNoted.add(id);
    const device = record.entity(
      entityId.device(mount.majorMinor),
      (await this.#devices.nameOf(mount.majorMinor)) ?? mount.source,
      { majorMinor: mount.majorMinor },
    );
    record.link(id, 'on-device', device);
    source.observe({ ...mountFact(mount), namespace }, [id, device]);
    const twin = onHost ? null : sameOnHost(mount, hostMounts?.mounts ?? []);
    if (twin) record.link(nameMount(record, 'host', twin), 'on-device', device);
    return id;
  }

  /** Threads share their table of files: once for a process is enough. Those on the mount in question come first. */
  async #noteOpenFiles(
    source: SourceRecorder,
    pid: number,
    files: readonly OpenFile[],
    waitedOn: MountInfo | null,
    detail: ThreadDetail,
  ): Promise<void> {
    if (this.#openFilesNoted.has(pid) || files.length === 0) return;
    this.#openFilesNoted.add(pid);
    const { record } = this.#context;
    const process = entityId.process(pid);
    const onMount = (file: OpenFile): boolean => file.mount.majorMinor === waitedOn?.majorMinor;
    const ordered = [...files.filter(onMount), ...files.filter((file) => !onMount(file))];
    for (const { fd, path, mount } of ordered.slice(0, MAX_OPEN_FILES)) {
      const id = await this.#noteMount(source, mount, detail);
      record.link(process, 'uses', id);
      source.observe({ type: 'open-file', fd, path }, [process, id]);
    }
  }
}

function threadFact({ after, stuck }: ThreadPair, detail: ThreadDetail, sampledMs: number): FactOf<'thread'> {
  const { pid, tid, comm, state, wchan } = after;
  const { syscall } = detail;
  const stack = detail.stack === null ? null : [...detail.stack];
  return { type: 'thread', pid, tid, comm, state, wchan, stack, syscall, stuck, sampledMs };
}

function nameMount(record: ProbeRecorder, namespace: 'host' | 'container', mount: MountInfo): EntityId {
  const { mountPoint, majorMinor, fsType, source } = mount;
  const id = entityId.mount(namespace, majorMinor, mountPoint);
  return record.entity(id, mountPoint, { path: mountPoint, device: source, majorMinor, fsType });
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

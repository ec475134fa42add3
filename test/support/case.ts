import type { CaseFile } from '../../src/evidence/case-file.ts';
import { type EntityId, entityId, type Relation } from '../../src/evidence/entity.ts';
import type { Fact, FactOf } from '../../src/evidence/observation.ts';
import { CaseRecorder, type ProbeRecorder, type SourceRecorder } from '../../src/evidence/recorder.ts';
import type { Topic } from '../../src/evidence/vocabulary/limits.ts';

type Changes<T extends Fact['type']> = Partial<Omit<FactOf<T>, 'type'>>;
type CallName = FactOf<'call'>['call'];

/** "Now" of every case built here. */
export const NOW = Date.UTC(2026, 10, 24, 6, 31, 0);
export const FREEZE_STACK = [
  'percpu_rwsem_wait',
  '__percpu_down_read',
  'mnt_want_write',
  'path_openat',
  'do_filp_open',
];
export const DOCKER = 'unix:///run/docker.sock';
export const CONTAINERD = 'unix:///run/containerd/containerd.sock';

/** The full id of a container named by one letter or word in a test. */
export function idOf(name: string): string {
  return Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64);
}

export interface ContainerSketch {
  pid?: number;
  state?: FactOf<'container'>['state'];
  pod?: string;
  crashLooping?: boolean;
  /** How its status call went; `ok` where not given. */
  status?: 'ok' | 'timeout';
}

/** A case told step by step, so that a test reads: given this, the verdict is that. */
export class CaseBuilder {
  readonly #recorder = new CaseRecorder(() => NOW);
  readonly #probe: ProbeRecorder;
  readonly #source: SourceRecorder;
  #engine: EntityId = entityId.engine('docker', DOCKER);

  constructor() {
    this.#probe = this.#recorder.probe('test');
    this.#source = this.#probe.source('test', 'true');
    this.#source.end({ status: 'ok' });
    this.#probe.entity(entityId.node(), 'node-7');
  }

  fact(fact: Fact, about: readonly EntityId[], at = NOW): this {
    this.#source.observe(fact, about, at);
    return this;
  }

  link(from: EntityId, rel: Relation, to: EntityId): this {
    this.#probe.link(from, rel, to);
    return this;
  }

  entity(id: EntityId, name: string): this {
    this.#probe.entity(id, name);
    return this;
  }

  /** A whole process table, looked at twice. */
  processTable(changes: Changes<'process-counts'> = {}): this {
    const counts = { processes: 200, threads: 900, byState: { S: 880, R: 20 }, lastingZombies: 0, lingering: {} };
    return this.fact({ type: 'process-counts', ...counts, ...changes }, [entityId.node()]);
  }

  /** An engine; later containers and calls belong to it. */
  engine(kind: 'docker' | 'cri' | 'containerd' = 'docker', endpoint = kind === 'docker' ? DOCKER : CONTAINERD): this {
    this.#engine = entityId.engine(kind, endpoint);
    this.#probe.entity(this.#engine, endpoint);
    const unknown = {
      name: null,
      version: null,
      apiVersion: null,
      rootDir: null,
      cgroupDriver: null,
      liveRestore: null,
    };
    return this.fact({ type: 'engine', kind, endpoint, foundBy: 'listening', ...unknown }, [this.#engine]);
  }

  call(
    call: CallName,
    outcome: 'ok' | 'timeout' | 'error',
    changes: Changes<'call'> = {},
    about: EntityId[] = [],
  ): this {
    const took = outcome === 'timeout' ? 3000 : 4;
    const base = { tookMs: took, deadlineMs: 3000, errorCode: null, error: null };
    return this.fact({ type: 'call', call, outcome, ...base, ...changes }, [this.#engine, ...about]);
  }

  /** The engine answers version and list. */
  answers(): this {
    return this.call('version', 'ok').call('list', 'ok');
  }

  /** The engine answers nothing. */
  hangs(): this {
    return this.call('version', 'timeout').call('list', 'timeout');
  }

  container(name: string, sketch: ContainerSketch = {}): this {
    const { pid = null, state = 'running', pod, crashLooping = false, status = 'ok' } = sketch;
    const id = entityId.container(idOf(name));
    this.#probe.entity(id, name);
    this.link(id, 'served-by', this.#engine);
    if (pid !== null) this.link(id, 'runs', entityId.process(pid)).link(entityId.process(pid), 'in-container', id);
    const kubernetes =
      pod === undefined ? null : { namespace: 'prod', pod, podUid: `uid-${pod}`, container: name, attempt: 0 };
    const times = {
      createdAt: null,
      startedAt: null,
      finishedAt: null,
      exitCode: null,
      restarts: null,
      oomKilled: null,
    };
    const base = { image: 'bb:1', isSandbox: false, sandboxId: null, sandboxGone: false };
    this.fact({ type: 'container', id: idOf(name), name, state, pid, crashLooping, kubernetes, ...times, ...base }, [
      id,
    ]);
    return this.call('status', status, {}, [id]);
  }

  process(pid: number, changes: Changes<'process'> = {}): this {
    const base = { ppid: 1, startTicks: pid, startedAt: null, comm: 'app', cmdline: null, exe: null, state: 'S' };
    const rest = { lasting: true, threads: 1, uid: 0, adopted: false };
    this.#probe.entity(entityId.process(pid), changes.comm ?? 'app');
    if (changes.ppid !== undefined) this.link(entityId.process(pid), 'child-of', entityId.process(changes.ppid));
    return this.fact({ type: 'process', pid, ...base, ...rest, ...changes }, [entityId.process(pid)]);
  }

  /** A thread in D that did not run between two looks. @param mount given, the one it waits on */
  stuckThread(pid: number, tid: number, changes: Changes<'thread'> = {}, mount: EntityId | null = null): this {
    const id = entityId.thread(pid, tid);
    const base = { comm: 'app', state: 'D', wchan: changes.stack?.[0] ?? null, stack: null, syscall: null };
    this.link(id, 'of-process', entityId.process(pid));
    if (mount !== null) this.link(id, 'waits-on', mount);
    return this.fact({ type: 'thread', pid, tid, ...base, stuck: true, sampledMs: 1000, ...changes }, [id]);
  }

  mount(id: EntityId, changes: Changes<'mount'> = {}): this {
    const namespace = id.startsWith('mount:host:') ? 'host' : 'container';
    const [, , major = '0', minor = '0', path = '/'] = id.split(':');
    const majorMinor = `${major}:${minor}`;
    const base = { root: '/', fsType: 'ext4', source: '/dev/loop0', readOnly: false, remountedReadOnly: false };
    this.entity(id, path).entity(entityId.device(majorMinor), changes.source ?? '/dev/loop0');
    this.link(id, 'on-device', entityId.device(majorMinor));
    return this.fact({ type: 'mount', namespace, mountPoint: path, majorMinor, ...base, ...changes }, [id]);
  }

  statfs(mount: EntityId, changes: Changes<'statfs'> = {}): this {
    const room = { totalBytes: 1e9, availableBytes: 5e8, inodes: 1e6, inodesFree: 9e5 };
    return this.fact({ type: 'statfs', outcome: 'ok', tookMs: 1, error: null, ...room, roles: [], ...changes }, [
      mount,
    ]);
  }

  disk(name: string, majorMinor: string, changes: Changes<'disk-activity'> = {}): this {
    const idle = {
      windowMs: 1000,
      completed: 0,
      readBytes: 0,
      writtenBytes: 0,
      utilisation: 0,
      awaitMs: null,
      inFlight: 0,
    };
    return this.fact({ type: 'disk-activity', name, majorMinor, ...idle, ...changes }, [entityId.device(majorMinor)]);
  }

  /** A running daemon. @param endpoints it listens on, as `kind url` */
  component(name: FactOf<'component'>['name'], pid: number, changes: Changes<'component'> = {}): this {
    const id = entityId.component(name, pid);
    const base = { state: 'S', lasting: true, threadStates: {}, startedAt: NOW - 3_600_000, exe: null, version: null };
    this.entity(id, name).link(id, 'is-process', entityId.process(pid));
    const rest = { args: [], listensOn: [], startedBy: null };
    return this.fact({ type: 'component', name, pid, ...base, ...rest, ...changes }, [id]);
  }

  shim(pid: number, container: string, changes: Changes<'shim'> = {}): this {
    const id = entityId.shim(pid);
    const base = { state: 'S', lasting: true, namespace: 'moby', startedAt: null, containerId: idOf(container) };
    this.entity(id, 'containerd-shim').link(id, 'is-process', entityId.process(pid));
    this.link(id, 'supervises', entityId.container(idOf(container)));
    return this.fact({ type: 'shim', pid, ...base, ...changes }, [id]);
  }

  gap(topic: Topic, why: FactOf<'gap'>['why'] = 'no-permission', partial = false): this {
    return this.fact({ type: 'gap', topic, why, partial, detail: `${topic} ${why}` }, [entityId.node()]);
  }

  /** A kubelet's version and how long ago it last saw a relist. */
  kubelet(version: string, lastSeenAgeMs: number | null = null, changes: Changes<'kubelet-facts'> = {}): this {
    const id = entityId.component('kubelet', 900);
    this.component('kubelet', 900, { version });
    const facts = { version, runtimeEndpoint: null, runtimeRequestTimeoutMs: null, rootDir: null };
    this.fact({ type: 'kubelet-facts', ...facts, ...changes }, [id]);
    const pleg = { relistCount: null, relistMeanMs: null, relistsOver10s: null, discardedEvents: null };
    return lastSeenAgeMs === null ? this : this.fact({ type: 'kubelet-pleg', lastSeenAgeMs, ...pleg }, [id]);
  }

  /** A log line that means something. @param agoMs how long before now */
  logged(signal: FactOf<'log-signal'>['signal'], agoMs: number, changes: Changes<'log-signal'> = {}): this {
    const base = { log: 'kubelet' as const, line: signal, containerId: null, ageMs: null };
    return this.fact({ type: 'log-signal', signal, ...base, ...changes }, [entityId.node()], NOW - agoMs);
  }

  kernel(signal: FactOf<'kernel-signal'>['signal'], agoMs: number, changes: Changes<'kernel-signal'> = {}): this {
    const base = { line: signal, task: null, pid: null, device: null, seconds: null };
    return this.fact({ type: 'kernel-signal', signal, ...base, ...changes }, [entityId.node()], NOW - agoMs);
  }

  ready(status: FactOf<'node-ready'>['status'], agoMs: number, changes: Changes<'node-ready'> = {}): this {
    const base = { reason: 'Kubelet', message: '', since: null };
    return this.fact({ type: 'node-ready', status, ...base, ...changes }, [entityId.node()], NOW - agoMs);
  }

  build(): CaseFile {
    return this.#recorder.finish('0.0.0');
  }
}

export function aCase(): CaseBuilder {
  return new CaseBuilder();
}

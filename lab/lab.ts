import { type FuseMount, mountFuse } from './faults/fuse.ts';
import { type LoopDisk, makeLoopDisk } from './loop-disk.ts';
import { allProcesses } from './processes.ts';
import { type Containerd, startContainerd } from './runtimes/containerd.ts';
import { type Dockerd, type DockerdOptions, startDockerd, stopDockerd } from './runtimes/dockerd.ts';
import type { UndoFailure } from './undo.ts';
import { sleep } from './wait.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** A place where things may be broken: runtimes of its own, disks of its own, all of it taken back at the end. */
export class Lab {
  readonly workspace: Workspace;
  #dockerd: Promise<Dockerd> | null = null;
  #containerd: Promise<Containerd> | null = null;
  #mounts = 0;
  #ended = false;

  constructor() {
    this.workspace = openWorkspace();
  }

  get folder(): string {
    return this.workspace.folder;
  }

  /** The lab's dockerd; started at the first call, which alone may say how. */
  dockerd(options?: DockerdOptions): Promise<Dockerd> {
    this.#dockerd ??= startDockerd(this.workspace, options);
    return this.#dockerd;
  }

  /** Stops dockerd, does something meanwhile, starts it again. */
  async restartDockerd(meanwhile: () => void): Promise<void> {
    await stopDockerd(await this.dockerd());
    meanwhile();
    this.#dockerd = null;
    await this.dockerd();
  }

  /** The lab's containerd with CRI; started at the first call. */
  containerd(): Promise<Containerd> {
    this.#containerd ??= startContainerd(this.workspace);
    return this.#containerd;
  }

  /** A new filesystem on a loop device. */
  disk(sizeMiB?: number): Promise<LoopDisk> {
    this.#mounts += 1;
    return makeLoopDisk(this.workspace, `disk${this.#mounts}`, sizeMiB);
  }

  /** A new FUSE filesystem, empty and well. */
  fuse(): Promise<FuseMount> {
    this.#mounts += 1;
    return mountFuse(this.workspace, `fuse${this.#mounts}`);
  }

  /** Takes back what was done since a mark of the journal, so that the next scenario finds the runtimes healthy. Blocks. */
  undoSince(mark: number): UndoFailure[] {
    return this.workspace.journal.undoSince(mark);
  }

  /** Takes everything back. Blocks, also fit for a signal handler. May be called twice. */
  end(): UndoFailure[] {
    if (this.#ended) return [];
    this.#ended = true;
    const failures = this.workspace.journal.undoSince();
    this.workspace.release();
    return failures;
  }

  /** As {@link end}, and waits until our own children among what was ended are reaped: no zombie misleads whoever looks next. */
  async close(): Promise<UndoFailure[]> {
    const failures = this.end();
    const dead = (): boolean => allProcesses().some((p) => p.ppid === process.pid && p.state === 'Z');
    for (let waited = 0; waited < 3000 && dead(); waited += 50) await sleep(50);
    return failures;
  }
}

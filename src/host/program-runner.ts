import { errorCode } from './error-code.ts';
import type { RunResult } from './host.ts';
import { refusalOf } from './programs.ts';
import { ReaderLane } from './reader-lane.ts';
import type { ReaderReply, RunOperation } from './reader-protocol.ts';

const NOTHING: RunResult = { code: null, stdout: '', stderr: '', timedOut: false, error: null };
const BOOT_MS = 4000;
/** For the child to kill the program and hand its output over. */
const GRACE_MS = 300;
const MAX_AT_ONCE = 3;

/**
 * Runs allow-listed programs, each from a disposable child: starting a program waits in the kernel for its file to be
 * loaded, and on a dead filesystem that never ends.
 */
export class ProgramRunner {
  readonly #entry: string;
  readonly #lanes = new Set<ReaderLane>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(entry: string) {
    this.#entry = entry;
  }

  async run(operation: RunOperation): Promise<RunResult> {
    const refusal = refusalOf(operation.argv);
    if (refusal !== null) return { ...NOTHING, error: refusal };
    if (this.#running >= MAX_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running += 1;
    try {
      return await this.#inChild(operation);
    } catch (error) {
      return { ...NOTHING, error: errorCode(error) };
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  close(): void {
    for (const lane of this.#lanes) lane.kill();
    this.#lanes.clear();
  }

  async #inChild(operation: RunOperation): Promise<RunResult> {
    const { promise, resolve } = Promise.withResolvers<RunResult>();
    let timer = setTimeout(() => resolve({ ...NOTHING, error: 'SKIPPED' }), BOOT_MS);
    const lane = new ReaderLane(this.#entry, {
      onReady: () => {
        clearTimeout(timer);
        timer = setTimeout(() => resolve({ ...NOTHING, timedOut: true }), operation.timeoutMs + GRACE_MS);
      },
      onReplies: ([reply]) => reply && resolve(resultOf(reply)),
      onEnd: (reason) => resolve({ ...NOTHING, error: reason }),
    });
    this.#lanes.add(lane);
    lane.send([{ ...operation, id: 1 }]);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      lane.kill();
      this.#lanes.delete(lane);
    }
  }
}

function resultOf(reply: ReaderReply): RunResult {
  return 'error' in reply ? { ...NOTHING, error: reply.error } : (reply.value as RunResult);
}

import type { Clock } from './clock.ts';
import type { Answer, CallFailure, CallLimits, Reply } from './runtime.ts';
import type { Task } from './task.ts';

/** Makes a call and waits for what comes, at most until its deadline, whatever the runtime does. */
export function* ask<T>(
  clock: Clock,
  deadlineMs: number,
  call: (limits: CallLimits) => Reply<Answer<T>>,
): Task<Answer<T>> {
  const slot = new Slot<T>();
  whenSettled(call({ deadlineMs }), (answer) => slot.fill(answer));
  if (slot.answer !== null) return slot.answer;
  yield (resume) => {
    const timer = clock.after(deadlineMs, () => {
      slot.fill(deadlineExceeded(deadlineMs));
    });
    slot.whenFilled = () => {
      timer.cancel();
      resume(undefined);
    };
    return () => timer.cancel();
  };
  return slot.answer ?? deadlineExceeded(deadlineMs);
}

/** Holds the first answer; what comes after the deadline is too late. */
class Slot<T> {
  answer: Answer<T> | null = null;
  whenFilled: (() => void) | null = null;

  fill(answer: Answer<T>): void {
    if (this.answer !== null) return;
    this.answer = answer;
    this.whenFilled?.();
  }
}

/** Calls `act` with what came; a promise that rejects, against the contract, is an error that came. */
export function whenSettled<T>(reply: Reply<Answer<T>>, act: (answer: Answer<T>) => void): void {
  if ('whenSettled' in reply) {
    reply.whenSettled(act);
    return;
  }
  const failed = (error: unknown) => act({ outcome: 'error', code: 'ERROR', message: String(error) });
  reply.then(act, failed);
}

function deadlineExceeded(ms: number): CallFailure {
  return { outcome: 'timeout', code: 'DEADLINE_EXCEEDED', message: `no answer within ${ms / 1000} s` };
}

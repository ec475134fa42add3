import type { Channel } from '../channel.ts';
import type { Clock } from '../clock.ts';
import type { Era } from '../era.ts';
import type { PodEvent } from '../pod-event.ts';
import { sleep, type Task } from '../task.ts';
import { skipLine } from './errors.ts';
import type { RuntimeState } from './runtime-state.ts';

/** How long the loop pauses while the runtime is not well: doubled each time. Source: syncLoop @ v1.20.2. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

/** It is woken at least this often, by its ticker. */
const TICK_MS = 1000;

export interface SyncLoopOptions {
  readonly clock: Clock;
  readonly era: Era;
  readonly state: RuntimeState;
  readonly events: Channel<PodEvent>;
  readonly onEvent: (event: PodEvent) => void;
  /** Told each line that the kubelet would log for a round it skips. */
  readonly onSkip?: ((line: string, at: number) => void) | undefined;
}

/**
 * Takes one event a round, and none while the runtime state has an error, however full the channel is.
 * Source: syncLoop, syncLoopIteration in pkg/kubelet/kubelet.go @ v1.20.2.
 */
export function* syncLoop({ clock, era, state, events, onEvent, onSkip }: SyncLoopOptions): Task<never> {
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    const errors = state.runtimeErrors(clock.now());
    if (errors.length > 0) {
      onSkip?.(skipLine(errors, era), clock.now());
      yield* sleep(clock, pauseMs);
      pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
      continue;
    }
    pauseMs = FIRST_PAUSE_MS;
    const event = yield* events.receiveWithin(TICK_MS);
    if (event !== null) onEvent(event);
  }
}

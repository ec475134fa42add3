import type { Clock } from '../../pleg/clock.ts';
import type { Era } from '../../pleg/era.ts';
import { CURRENT_ERA } from '../../pleg/eras.ts';
import { HangProofPleg } from '../../pleg/hang-proof/hang-proof-pleg.ts';
import { checkRuntime } from '../../pleg/node/node-status.ts';
import { type ReadyCondition, readyCondition } from '../../pleg/node/ready-condition.ts';
import { RuntimeState } from '../../pleg/node/runtime-state.ts';
import { PodCache } from '../../pleg/pod-cache.ts';
import type { PodEvent, PodEventType } from '../../pleg/pod-event.ts';
import type { Runtime } from '../../pleg/runtime.ts';
import { start } from '../../pleg/task.ts';
import type { RecordState } from '../../pleg/transitions.ts';
import type { OwnLook } from '../model/news.ts';
import { ListedPods } from './listed-pods.ts';
import type { RunningSource, Tell } from './source.ts';

/** Deadline of a look at the runtime's own state, ms. */
const CONDITIONS_MS = 10_000;

export interface OwnPlegOptions {
  readonly clock: Clock;
  readonly runtime: Runtime;
  readonly periodMs: number;
  readonly tell: Tell;
}

export interface OwnPleg extends RunningSource {
  /** Looked at once a period by whoever passes the time. */
  look(): void;
  /** What the lists tell. */
  readonly listed: ListedPods;
}

/**
 * Our own generator and our own Ready over the node's runtime, told as news. Containers that were there when it began
 * are no events.
 */
export function startOwnPleg({ clock, runtime, periodMs, tell }: OwnPlegOptions): OwnPleg {
  const listed = new ListedPods(runtime);
  const pleg = new HangProofPleg({
    clock,
    runtime: listed,
    cache: new PodCache(clock),
    limits: { periodMs },
    onEvent: (event, at) => tellEvent(event, at, listed, tell),
    onRelist: (record) => {
      const { failure } = record.list;
      tell({ type: 'relist', at: clock.now(), record, nameOf: (id) => listed.nameOf(id) });
      tell({
        type: 'source',
        at: clock.now(),
        source: 'runtime',
        missing: failure && `${failure.code}: ${failure.message}`,
      });
    },
  });
  const state = new RuntimeState(CURRENT_ERA, [{ name: 'PLEG', problem: () => pleg.problem() }]);
  const checking = start(clock, checkRuntime(clock, listed, state, CONDITIONS_MS));
  let ready: ReadyCondition | null = null;
  pleg.start();
  return {
    listed,
    look: () => {
      // Before the first list there is nothing to say, unless there never is one.
      if (pleg.relistAt === null && pleg.records().length === 0) return;
      ready = readyNow(state, CURRENT_ERA, clock.now(), ready);
      tell({ type: 'ours', at: clock.now(), look: lookAt(pleg, listed, ready) });
    },
    stop: () => {
      checking.stop();
      pleg.stop();
    },
  };
}

function readyNow(state: RuntimeState, era: Era, now: number, before: ReadyCondition | null): ReadyCondition {
  const errors = { runtime: state.runtimeErrors(now), network: state.networkErrors() };
  return readyCondition(errors, era.messages.joins, now, before);
}

function lookAt(pleg: HangProofPleg, listed: ListedPods, ready: ReadyCondition): OwnLook {
  const lists = pleg.latencies('list');
  const median = lists?.quantile(0.5) ?? null;
  const p99 = lists?.quantile(0.99) ?? null;
  return {
    relistAt: pleg.relistAt,
    problem: pleg.problem(),
    ready,
    hung: pleg.hung(),
    listed: listed.size,
    listMs: median === null || p99 === null ? null : { median, p99 },
  };
}

/** The event by which a container of the first list is told, where nothing happened to it since. */
const FIRST_EVENTS: Readonly<Record<RecordState, PodEventType | null>> = {
  running: 'ContainerStarted',
  exited: 'ContainerDied',
  unknown: null,
  'non-existent': null,
};

function tellEvent({ type, containerId }: PodEvent, at: number, listed: ListedPods, tell: Tell): void {
  if (containerId === null) return;
  const first = listed.takeFirst(containerId);
  if (first !== null && FIRST_EVENTS[first] === type) return;
  const container = listed.nameOf(containerId);
  if (container !== null) tell({ type: 'event', at, event: type, container });
}

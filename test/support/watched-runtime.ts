import type { TestContext } from 'node:test';
import { until } from '../../lab/wait.ts';
import {
  HangProofPleg,
  openRuntime,
  PodCache,
  type RelistRecord,
  type RuntimeKind,
  systemClock,
} from '../../src/pleg/index.ts';

/** A generator at work on a real runtime until the end of the test. */
export interface WatchedRuntime {
  readonly pleg: HangProofPleg;
  /** `ContainerStarted ID` of one pod, in order. */
  eventsOf(podUid: string): readonly string[];
  /** Waits for an event. @returns ms since the epoch at which it came */
  untilEvent(podUid: string, event: string): Promise<number>;
  readonly records: readonly RelistRecord[];
}

export async function watchRuntime(t: TestContext, kind: RuntimeKind, endpoint: string): Promise<WatchedRuntime> {
  const runtime = await openRuntime(kind, endpoint);
  const events: { podUid: string; event: string; at: number }[] = [];
  const records: RelistRecord[] = [];
  const pleg = new HangProofPleg({
    clock: systemClock,
    runtime,
    cache: new PodCache(systemClock),
    onEvent: ({ podUid, type, containerId }, at) => events.push({ podUid, event: `${type} ${containerId}`, at }),
    onRelist: (record) => records.push(record),
  });
  pleg.start();
  t.after(() => {
    pleg.stop();
    runtime.close();
  });
  return {
    pleg,
    records,
    eventsOf: (podUid) => events.filter((e) => e.podUid === podUid).map((e) => e.event),
    untilEvent: async (podUid, event) => {
      const told = await until(
        { en: event, zh: event },
        () => events.find((e) => e.podUid === podUid && e.event === event) ?? null,
      );
      return told.at;
    },
  };
}

import {
  Channel,
  eraOf,
  GenericPleg,
  HangProofPleg,
  openRuntime,
  PodCache,
  type PodEvent,
  systemClock,
} from '../../../src/pleg/index.ts';
import type { KubeletRuntime } from '../kubelet.ts';
import type { ToldEvent } from './told-event.ts';

/** Minor version of the lab's Kubernetes. */
const LAB_MINOR = 20;
const LOOK_MS = 100;

/** Our generators at work beside the kubelet's: one for the events, one in the kubelet's own form for its health. */
export interface Watchers {
  /** Of containers that came after the watchers. */
  readonly events: readonly ToldEvent[];
  /** The first time at which the kubelet's form was unhealthy. */
  unhealthy(): { readonly at: number; readonly message: string } | null;
  /** Ids of what hangs. */
  hung(): readonly string[];
  stop(): void;
}

/** Returns once the first relist is through. */
export async function startWatchers(runtime: KubeletRuntime, requestTimeoutMs: number): Promise<Watchers> {
  const clock = systemClock;
  const opened = await openRuntime(runtime.kind, runtime.endpoint);
  const events: ToldEvent[] = [];
  const before = new Set<string>();
  const first = Promise.withResolvers<void>();
  let isFirst = true;
  const onEvent = ({ podUid, containerId, type }: PodEvent, at: number) => {
    if (containerId === null) return;
    if (isFirst) before.add(containerId);
    if (!before.has(containerId)) events.push({ at, podUid, containerId, type });
  };
  const onRelist = () => {
    isFirst = false;
    first.resolve();
  };
  const pleg = new HangProofPleg({ clock, runtime: opened, cache: new PodCache(clock), onEvent, onRelist });
  const kubelets = new GenericPleg({
    clock,
    runtime: opened,
    era: eraOf(LAB_MINOR),
    requestTimeoutMs,
    cache: new PodCache(clock),
    // Nobody takes its events: what does not fit is dropped, as in this era.
    events: new Channel<PodEvent>(clock, 1),
  });
  pleg.start();
  kubelets.start();
  let unhealthy: { at: number; message: string } | null = null;
  const look = setInterval(() => {
    const message = kubelets.relistAt === null ? null : kubelets.problem();
    if (message !== null) unhealthy ??= { at: clock.now(), message: `PLEG is not healthy: ${message}` };
  }, LOOK_MS);
  await first.promise;
  return {
    events,
    unhealthy: () => unhealthy,
    hung: () => pleg.hung().map((h) => h.id),
    stop: () => {
      clearInterval(look);
      pleg.stop();
      kubelets.stop();
      opened.close();
    },
  };
}

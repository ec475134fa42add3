import { createLinuxHost } from '../../host/linux-host.ts';
import type { HungContainer } from '../../pleg/hang-proof/tracked-container.ts';
import { openRuntime } from '../../pleg/runtimes/open-runtime.ts';
import { systemClock } from '../../pleg/runtimes/system-clock.ts';
import type { ClusterAccess } from '../../probes/cluster/access.ts';
import { httpGet } from '../../probes/kubelet/http-get.ts';
import { metricsPlaces } from '../../probes/kubelet/metrics-places.ts';
import type { KubeletSettings } from '../../probes/kubelet/settings.ts';
import type { SourceName } from '../model/news.ts';
import type { Subject } from '../model/subject.ts';
import { type NodeAccess, watchApiServer } from './api-server.ts';
import { type FindPlaces, watchKubeletMetrics } from './kubelet-metrics.ts';
import { type OwnPleg, startOwnPleg } from './own-pleg.ts';
import { watchShims } from './shims.ts';
import type { RunningSource, Tell } from './source.ts';

/** What is to be watched and the ways there; a way is null where there is none, `missing` says why. */
export interface Ways {
  readonly subject: Subject;
  readonly apiServer: NodeAccess | null;
  readonly metrics: { readonly settings: KubeletSettings; readonly cluster: ClusterAccess | null } | null;
  readonly missing: ReadonlyMap<SourceName, string>;
}

/** Starts all sources; each tells its news by itself, and none waits for another. */
export async function startSources(ways: Ways, tell: Tell): Promise<RunningSource> {
  const { subject, apiServer, metrics, missing } = ways;
  const { runtime, periodMs } = subject;
  const opened = await openRuntime(runtime.kind, runtime.endpoint);
  const hung: { now: readonly HungContainer[] } = { now: [] };
  const tellAll: Tell = (news) => {
    if (news.type === 'ours') hung.now = news.look.hung;
    tell(news);
  };
  for (const [source, why] of missing) tell({ type: 'source', at: systemClock.now(), source, missing: why });
  const pleg = startOwnPleg({ clock: systemClock, runtime: opened, periodMs, tell: tellAll });
  const ticking = setInterval(() => pleg.look(), periodMs);
  const running: RunningSource[] = [
    pleg,
    watchShims(() => hung.now.map((c) => shimOf(c, pleg)), tell),
    ...(apiServer === null ? [] : [watchApiServer(apiServer, tell)]),
    ...(metrics === null ? [] : [watchKubeletMetrics(placesOf(metrics), tell)]),
  ];
  return {
    stop: () => {
      clearInterval(ticking);
      for (const source of running) source.stop();
      opened.close();
    },
  };
}

function shimOf({ id, pod }: HungContainer, { listed }: OwnPleg): { id: string; sandboxes: readonly string[] } {
  return { id, sandboxes: listed.sandboxesOf(pod.uid) };
}

/** Certificates are looked for anew each time: they are renewed. */
function placesOf({ settings, cluster }: NonNullable<Ways['metrics']>): FindPlaces {
  return async function* places(hung) {
    const host = createLinuxHost();
    try {
      yield* metricsPlaces({ host, options: cluster === null ? {} : { cluster } }, settings, httpGet, hung);
    } finally {
      host.files.close();
    }
  };
}

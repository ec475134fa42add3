import { harmlessLine } from '../../text/untrusted.ts';
import type { Change } from '../model/change.ts';
import type { Forecast } from '../model/forecast.ts';
import type { ContainerRef } from '../model/news.ts';
import { kubeletAge } from '../model/stamp.ts';
import type { WatchState } from '../model/state.ts';
import type { Subject } from '../model/subject.ts';
import type { WatchLine } from './schema.ts';

/** Which program writes. */
export interface Tool {
  readonly name: string;
  readonly version: string;
}

/** The first line. @param at Unix ms */
export function watchingLine(subject: Subject, tool: Tool, at: number): WatchLine {
  const { node, runtime, kubelet, periodMs } = subject;
  return {
    type: 'watching',
    at: iso(at),
    schemaVersion: 1,
    tool: { name: tool.name, version: tool.version },
    node,
    runtime: { kind: runtime.kind, endpoint: harmlessLine(runtime.endpoint) },
    kubelet: kubelet && {
      pid: kubelet.pid,
      requestTimeoutSeconds: seconds(kubelet.requestTimeoutMs),
      statusEverySeconds: seconds(kubelet.statusEveryMs),
    },
    periodSeconds: seconds(periodMs),
  };
}

/** How all is now; null before the first look. */
export function statusLine(state: WatchState, now: number): WatchLine | null {
  const { ours, kubelet, apiServer } = state;
  if (ours === null) return null;
  const relist = state.relists.at(-1);
  return {
    type: 'status',
    at: iso(now),
    pods: ours.listed.pods,
    containers: ours.listed.containers,
    hung: ours.hung.length,
    ours: {
      relistAgeSeconds: ours.relistAt === null ? null : seconds(now - ours.relistAt),
      relistSeconds: relist === undefined ? null : seconds(relist.tookMs),
      listSeconds: relist === undefined ? null : seconds(relist.listMs),
      inspected: relist?.inspected ?? 0,
      ready: ours.ready.status,
    },
    kubelet: kubelet && {
      version: kubelet.version === null ? null : harmlessLine(kubelet.version),
      relistAgeSeconds: secondsOrNull(kubeletAge(state, now)),
      relistMeanSeconds: secondsOrNull(kubelet.meanMs),
    },
    apiServer: apiServer && {
      ready: apiServer.status,
      reason: harmlessLine(apiServer.reason),
      since: isoOrNull(apiServer.since),
      heartbeatAt: isoOrNull(apiServer.heartbeatAt),
    },
  };
}

export function changeLine(change: Change): WatchLine {
  const at = iso(change.at);
  switch (change.type) {
    case 'event':
      return { type: 'event', at, event: change.event, container: containerOf(change.container) };
    case 'hung': {
      const { since, from, to } = change;
      return { type: 'hung', at, container: containerOf(change.container), since: iso(since), from, to };
    }
    case 'answers':
      return { type: 'answers', at, container: containerOf(change.container), hungSeconds: seconds(change.hungMs) };
    case 'shim':
      return { type: 'shim', at, container: containerOf(change.container), shim: change.shim };
    case 'pleg':
      return { type: 'pleg', at, of: change.of, healthy: change.problem === null, problem: change.problem };
    case 'ready': {
      const { of, status, reason, message } = change;
      return { type: 'ready', at, of, status, reason: harmlessLine(reason), message: harmlessLine(message) };
    }
    case 'forecast':
      return { type: 'forecast', at, forecast: change.forecast && forecastOf(change.forecast) };
    case 'source': {
      const why = change.missing === null ? null : harmlessLine(change.missing);
      return { type: 'source', at, source: change.source, answers: why === null, why };
    }
  }
}

function containerOf({ id, name, kind, pod }: ContainerRef) {
  const { uid, name: podName, namespace } = pod;
  return {
    id: harmlessLine(id),
    name: harmlessLine(name),
    kind,
    pod: { uid: harmlessLine(uid), name: harmlessLine(podName), namespace: harmlessLine(namespace) },
  };
}

function forecastOf({ by, runningSince, loss, endsAt, readyAgainAt }: Forecast) {
  return {
    by,
    runningSince: iso(runningSince),
    notReadyAt: isoOrNull(loss?.at ?? null),
    withinSeconds: loss?.withinSeconds ?? null,
    relistEndsAt: isoOrNull(endsAt),
    readyAgainAt: isoOrNull(readyAgainAt),
  };
}

function iso(unixMs: number): string {
  return new Date(unixMs).toISOString();
}

function isoOrNull(unixMs: number | null): string | null {
  return unixMs === null ? null : iso(unixMs);
}

function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}

function secondsOrNull(ms: number | null): number | null {
  return ms === null ? null : seconds(ms);
}

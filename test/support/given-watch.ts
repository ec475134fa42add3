import type { HungContainer } from '../../src/pleg/hang-proof/tracked-container.ts';
import type { PodEventType } from '../../src/pleg/pod-event.ts';
import type { RelistRecord, TimedCall } from '../../src/pleg/relist-record.ts';
import type { Change } from '../../src/watch/model/change.ts';
import type { ApiLook, ContainerRef, KubeletLook, OwnLook, ShimLook, SourceName } from '../../src/watch/model/news.ts';
import { reduce } from '../../src/watch/model/reduce.ts';
import { initialState, type WatchState } from '../../src/watch/model/state.ts';
import type { Subject } from '../../src/watch/model/subject.ts';

/** 2026-03-01 12:00:00 UTC. */
export const NOON = Date.UTC(2026, 2, 1, 12);

export const SUBJECT: Subject = {
  node: 'worker-1',
  runtime: { kind: 'docker', endpoint: 'unix:///run/docker.sock' },
  kubelet: { pid: 812, requestTimeoutMs: 120_000, statusEveryMs: 10_000 },
  periodMs: 1000,
};

/** A container of the pod `prod/NAME`. */
export function container(pod: string, name = 'main'): ContainerRef {
  const kind = name === 'POD' ? 'sandbox' : 'container';
  return { id: `${pod}-${name}`, name, kind, pod: { uid: `uid-${pod}`, name: pod, namespace: 'prod' } };
}

/** A watch that news are given to, by the second. */
export class GivenWatch {
  #state: WatchState;
  readonly changes: Change[] = [];

  constructor(subject: Partial<Subject> = {}) {
    this.#state = initialState({ ...SUBJECT, ...subject });
  }

  get state(): WatchState {
    return this.#state;
  }

  /** What was said, as `type` and what tells it apart. */
  get said(): readonly string[] {
    return this.changes.map((c) => `${(c.at - NOON) / 1000}s ${c.type}`);
  }

  event(second: number, event: PodEventType, of: ContainerRef): this {
    return this.#take({ type: 'event', at: at(second), event, container: of });
  }

  /** @param hung container and the second since when it is asked in vain */
  ours(second: number, hung: readonly (readonly [ContainerRef, number])[] = [], look: Partial<OwnLook> = {}): this {
    return this.#take({ type: 'ours', at: at(second), look: { ...own(second), hung: hung.map(hungOf), ...look } });
  }

  relist(second: number, tookMs: number, slowest: readonly [ContainerRef, number] | null = null): this {
    const named = slowest?.[0] ?? null;
    const record = relistRecord(second, tookMs, slowest);
    return this.#take({ type: 'relist', at: at(second), record, nameOf: (id) => (named?.id === id ? named : null) });
  }

  /** @param seen second of the stamp */
  kubelet(second: number, seen: number | null, look: Partial<KubeletLook> = {}): this {
    const lastSeenAt = seen === null ? null : at(seen);
    return this.#take({
      type: 'kubelet',
      at: at(second),
      look: { version: 'v1.20.2', lastSeenAt, relists: null, ...look },
    });
  }

  apiServer(second: number, look: Partial<ApiLook> = {}): this {
    return this.#take({ type: 'api-server', at: at(second), look: { ...API_READY, ...look } });
  }

  shims(second: number, shims: readonly (readonly [ContainerRef, ShimLook | null])[]): this {
    return this.#take({ type: 'shims', at: at(second), shims: new Map(shims.map(([c, s]) => [c.id, s])) });
  }

  source(second: number, source: SourceName, missing: string | null): this {
    return this.#take({ type: 'source', at: at(second), source, missing });
  }

  #take(news: Parameters<typeof reduce>[1]): this {
    const { state, changes } = reduce(this.#state, news);
    this.#state = state;
    this.changes.push(...changes);
    return this;
  }
}

/** Unix ms of a second after noon. */
export function at(second: number): number {
  return NOON + second * 1000;
}

const READY = { status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' } as const;

const API_READY: ApiLook = { ...READY, since: NOON - 3_600_000, heartbeatAt: NOON - 2000 };

function own(second: number): OwnLook {
  return {
    relistAt: at(second) - 400,
    problem: null,
    ready: { ...READY, heartbeatAt: at(second), transitionAt: NOON },
    hung: [],
    listed: { pods: 110, containers: 220 },
    listMs: { median: 9, p99: 14 },
  };
}

function hungOf([ref, since]: readonly [ContainerRef, number]): HungContainer {
  return { ...ref, since: at(since), from: 'running', to: 'exited', failure: null };
}

function relistRecord(second: number, tookMs: number, slowest: readonly [ContainerRef, number] | null): RelistRecord {
  const call = { podUid: null, containerId: null, startedAt: at(second), tookMs: tookMs / 2, failure: null } as const;
  const slow: TimedCall | null =
    slowest === null ? null : { ...call, call: 'container-status', containerId: slowest[0].id, tookMs: slowest[1] };
  return {
    number: second,
    startedAt: at(second) - tookMs,
    tookMs,
    list: { ...call, call: 'list' },
    listed: { pods: 110, containers: 220 },
    inspected: { pods: 1, calls: slow === null ? 0 : 1 },
    slowest: slow,
    failures: [],
    failed: 0,
    events: { sent: 0, discarded: 0 },
    waiting: [],
  };
}

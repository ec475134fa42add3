import type { KubeClient } from '../../../src/kube/kube-client.ts';
import { kubePath } from '../../../src/kube/paths.ts';
import { readKubeletMetrics } from '../../../src/logs/metrics/kubelet-metrics.ts';
import { readEvent, type SeenEvent } from '../../../src/logs/objects/event.ts';
import { readNodeObject } from '../../../src/logs/objects/node-object.ts';
import { readLease } from '../../../src/probes/cluster/lease.ts';
import { httpGet } from '../../../src/probes/kubelet/http-get.ts';
import { sleep } from '../../wait.ts';
import { apiClient } from '../api-client.ts';
import type { Cluster } from '../cluster.ts';
import type { ConditionSeen, Course, EventSeen, RelistSeen } from './format.ts';
import { type Answer, changesOf, silencesOf, thinRelists, thinRenewals } from './thin.ts';

/** As long as one question takes at most, and as often as they are asked. */
const DEADLINE_MS = 2000;
const EVERY_MS = 1000;
/** The newest; an hour of a crash loop makes no more. */
const MOST_EVENTS = 100;

/** What a watch has seen; the rest of a course is known by other means. */
export type Watched = Pick<Course, 'conditions' | 'leaseRenewals' | 'relists' | 'silences' | 'events'>;

/** Asks API server and kubelet about a node every second, from its start until its end. */
export class Watch {
  readonly startedAt = Date.now();
  readonly #cluster: Cluster;
  readonly #api: KubeClient;
  readonly #ended = new AbortController();
  readonly #conditions: ConditionSeen[] = [];
  readonly #renewals: number[] = [];
  readonly #relists: RelistSeen[] = [];
  readonly #answers: Answer[] = [];
  #kubelet = '';
  readonly #loop: Promise<void>;

  private constructor(cluster: Cluster, api: KubeClient) {
    this.#cluster = cluster;
    this.#api = api;
    this.#loop = this.#ask();
  }

  static async start(cluster: Cluster): Promise<Watch> {
    return new Watch(cluster, await apiClient(cluster.controlPlane.kubeconfig));
  }

  /** Of the node's kubelet, once the node was seen. */
  get kubeletVersion(): string {
    return this.#kubelet;
  }

  /** Seconds since the start, to a tenth. */
  since(ms: number): number {
    return Math.round((ms - this.startedAt) / 100) / 10;
  }

  /** Ends it; what it has seen, thinned. */
  async end(): Promise<Watched> {
    this.#ended.abort();
    await this.#loop;
    const events = await this.#readEvents();
    this.#api.close();
    return {
      conditions: changesOf(this.#conditions),
      leaseRenewals: thinRenewals(this.#renewals),
      relists: thinRelists(this.#relists),
      silences: silencesOf(this.#answers),
      events,
    };
  }

  async #ask(): Promise<void> {
    for (let turn = 0; !this.#ended.signal.aborted; turn += 1) {
      const start = Date.now();
      const seldom = turn % 2 === 0 ? [this.#askLease(), this.#askKubelet()] : [];
      await Promise.all([this.#askNode(), ...seldom]);
      await sleep(Math.max(0, start + EVERY_MS - Date.now()));
    }
  }

  async #askNode(): Promise<void> {
    const node = readNodeObject(await this.#get(kubePath.node(this.#cluster.node)));
    if (node === null) return;
    this.#kubelet = node.object.kubeletVersion;
    const at = this.since(Date.now());
    const { ready } = node;
    const all = [...(ready === null ? [] : [{ condition: 'Ready', ...ready }]), ...node.conditions];
    for (const { condition, status, reason, message } of all) {
      this.#conditions.push({ at, type: condition, status, reason, message });
    }
  }

  async #askLease(): Promise<void> {
    const renewed = readLease(await this.#get(kubePath.lease(this.#cluster.node)))?.renewedAt ?? null;
    if (renewed !== null) this.#renewals.push(this.since(renewed));
  }

  async #askKubelet(): Promise<void> {
    const url = `http://127.0.0.1:${this.#cluster.kubelet.ports.readOnly}/metrics`;
    const answer = await httpGet(url, { deadlineMs: DEADLINE_MS });
    this.#answers.push({ of: 'kubelet', at: this.since(Date.now()), answered: answer.outcome === 'ok' });
    if (answer.outcome !== 'ok') return;
    const now = Date.now();
    const { pleg } = readKubeletMetrics(answer.value.body, now);
    if (pleg === null) return;
    const { lastSeenAgeMs, relistCount: count, relistMeanMs } = pleg;
    this.#relists.push({
      at: this.since(now),
      lastSeen: lastSeenAgeMs === null ? null : this.since(now - lastSeenAgeMs),
      count,
      sum: count === null || relistMeanMs === null ? null : Math.round(count * relistMeanMs) / 1000,
    });
  }

  async #readEvents(): Promise<EventSeen[]> {
    const list = (await this.#get(kubePath.list('events'))) as { items?: unknown[] } | null;
    const seen = (list?.items ?? []).map(readEvent).filter((e) => e !== null);
    return seen
      .filter((e) => e.at >= this.startedAt - EVERY_MS)
      .map((e) => this.#asSeen(e))
      .toSorted((a, b) => a.at - b.at)
      .slice(-MOST_EVENTS);
  }

  #asSeen({ fact, at, about }: SeenEvent): EventSeen {
    const { severity, reason, message, count, firstAt } = fact;
    const name = [about.kind, about.namespace, about.name].filter((part) => part !== '').join('/');
    return { at: this.since(at), first: this.since(firstAt), count, about: name, severity, reason, message };
  }

  /** An object of the API server; null where it gives none. */
  async #get(path: string): Promise<unknown> {
    const answer = await this.#api.get(path, { deadlineMs: DEADLINE_MS });
    this.#answers.push({ of: 'api-server', at: this.since(Date.now()), answered: answer.outcome === 'ok' });
    if (answer.outcome !== 'ok' || answer.value.status !== 200) return null;
    return JSON.parse(answer.value.body) as unknown;
  }
}

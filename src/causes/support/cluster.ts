import type { EntityId } from '../../evidence/entity.ts';
import { entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { formatDuration } from '../../text/units.ts';
import type { Evidence } from '../cause.ts';
import { cite, isFresh } from './assessment.ts';
import { kubeletComponent } from './kubelet.ts';
import { freshReady } from './kubelet-word.ts';
import { say } from './say.ts';

/** leaseDurationSeconds of a node's lease where it was not told (pkg/kubelet/apis/config/v1beta1/defaults.go). */
const LEASE_MS = 40_000;

export interface LeaseSight {
  readonly observation: Observation<'node-lease'>;
  /** How long before it was looked at it was last renewed; null where there is no lease. */
  readonly ageMs: number | null;
  /** Not renewed for longer than it holds: a kubelet renews every quarter of that. */
  readonly stale: boolean;
}

/** The node's lease as last seen. */
export function nodeLease(view: CaseView): LeaseSight | null {
  const observation = view.all('node-lease').at(-1);
  if (observation === undefined) return null;
  const { renewedAt, durationMs } = observation.fact;
  const ageMs = renewedAt === null ? null : Math.max(observation.at - renewedAt, 0);
  return { observation, ageMs, stale: ageMs === null || ageMs > (durationMs ?? LEASE_MS) };
}

export function leaseEvidence({ observation, ageMs }: LeaseSight): Evidence {
  const age = ageMs === null ? null : formatDuration(ageMs);
  return cite(
    observation,
    age === null
      ? say('The node has no lease.', '节点没有 Lease。')
      : say(`The kubelet last renewed its lease ${age} ago.`, `kubelet 上次续租 Lease 是在 ${age} 之前。`),
  );
}

/** Ready as the control plane itself set it, since it heard nothing; null where it did not. */
export function unknownReady(view: CaseView): Observation<'node-ready'> | null {
  const ready = freshReady(view);
  return ready?.fact.status === 'Unknown' ? ready : null;
}

/** The newest attempt to reach the API server by each way. */
export function apiServerAnswers(view: CaseView): readonly Observation<'api-server'>[] {
  const all = view.all('api-server').filter((o) => isFresh(view, o));
  return [...new Map(all.map((o) => [o.fact.askedWith, worse(all, o)])).values()];
}

// Asked twice by one way: what went wrong counts, for the way that fails now and then fails.
function worse(all: readonly Observation<'api-server'>[], one: Observation<'api-server'>): Observation<'api-server'> {
  const same = all.filter((o) => o.fact.askedWith === one.fact.askedWith);
  return same.find((o) => o.fact.outcome !== 'ok') ?? one;
}

const OUTCOME = {
  ok: say('answers', '有应答'),
  rejected: say('answers, but does not accept these credentials', '有应答，但不接受该凭据'),
  unhealthy: say('answers that it is not well', '应答称自身不健康'),
  refused: say('refuses the connection', '拒绝连接'),
  unreachable: say('cannot be reached', '不可达'),
  timeout: say('does not answer', '没有应答'),
  'tls-failed': say('cannot be trusted: the TLS handshake failed', '无法建立信任：TLS 握手失败'),
} as const;

export function apiServerEvidence(o: Observation<'api-server'>): Evidence {
  const { server, askedWith, outcome, detail } = o.fact;
  const who =
    askedWith === 'kubelet-kubeconfig'
      ? say('asked as the kubelet does', '按 kubelet 的方式访问')
      : say('asked with the given kubeconfig', '使用指定的 kubeconfig 访问');
  const text = OUTCOME[outcome];
  const more = outcome === 'ok' || detail === '' ? '' : `: ${detail}`;
  return cite(o, say(`${server} ${text.en} (${who.en})${more}.`, `${server} ${text.zh}（${who.zh}）${more}。`));
}

/** The API server as one to blame. */
export const API_SERVER: EntityId = entityId.component('kube-apiserver', null);

/** Whether anything of the host itself was seen, and not only what the cluster says of it. */
export function hostSeen(view: CaseView): boolean {
  return view.all('host').length > 0 || view.all('process-counts').length > 0 || view.all('component').length > 0;
}

/** Events of the last minutes with one of these reasons, the newest first. */
export function recentEvents(view: CaseView, reasons: RegExp): readonly Observation<'cluster-event'>[] {
  return view
    .all('cluster-event')
    .filter((o) => reasons.test(o.fact.reason) && isFresh(view, o))
    .toSorted((a, b) => b.at - a.at);
}

export function quoteEvent(o: Observation<'cluster-event'>): Evidence {
  const { reason, message, component, count } = o.fact;
  const times = count > 1 ? ` × ${count}` : '';
  return cite(
    o,
    say(`Event ${reason}${times} (${component}): ${message}`, `事件 ${reason}${times}（${component}）：${message}`),
  );
}

/** Nodes of the cluster that were lost together with this one: more than this node's own fault can do. */
export function fleetLoss(view: CaseView): Observation<'peer-nodes'> | null {
  const peers = view.all('peer-nodes').at(-1);
  if (peers === undefined) return null;
  const { total, lostTogether } = peers.fact;
  return lostTogether >= 2 && lostTogether * 3 >= total ? peers : null;
}

/** A kubelet that nobody expects here: then no cause of its own applies. */
export function noKubeletHere(view: CaseView): readonly Evidence[] {
  const text = say(
    'No kubelet runs on this host, and nothing says that one should.',
    '本机没有运行 kubelet，也没有迹象表明应当运行。',
  );
  if (kubeletComponent(view) !== null) return [];
  return view
    .gaps('kubelet')
    .filter((g) => g.fact.why === 'absent' && !g.fact.partial)
    .slice(0, 1)
    .map((g) => cite(g, text));
}

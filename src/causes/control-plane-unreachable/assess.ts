import type { EntityId } from '../../evidence/entity.ts';
import { entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { held, notSeen, weigh } from '../support/assessment.ts';
import {
  API_SERVER,
  apiServerAnswers,
  apiServerEvidence,
  leaseEvidence,
  nodeLease,
  noKubeletHere,
  unknownReady,
} from '../support/cluster.ts';
import { kubeletComponent } from '../support/kubelet.ts';
import { freshSignals, quoteHealth, quoteLine, quoteReady } from '../support/kubelet-word.ts';
import { lacking } from '../support/lacking.ts';
import { say } from '../support/say.ts';

type Answer = Observation<'api-server'>;

/** No way there at all. What answers with an error or is not trusted was reached. */
const NO_WAY: ReadonlySet<string> = new Set(['refused', 'unreachable', 'timeout']);
/** A try shorter than this that got no answer says little. */
const PATIENT_MS = 900;

/** Holds the way to the API server against the case. */
export function assessReach(view: CaseView): Assessment {
  const answers = apiServerAnswers(view);
  const own = answers.find((o) => o.fact.askedWith === 'kubelet-kubeconfig') ?? null;
  const user = answers.find((o) => o.fact.askedWith === 'user-kubeconfig') ?? null;
  const logged = freshSignals(view, 'api-server-unreachable').slice(-2);
  if (own !== null && isCut(own)) return byKubelet(view, own, user, logged);
  if (own?.fact.outcome === 'unhealthy')
    return unwell(
      own,
      logged.map((o) => quoteLine(view, o)),
    );
  const against = inOrder(view, own);
  if (user !== null && isCut(user)) return byUser(view, user, against);
  if (against.length === 0 && logged.length > 0) return byLog(view, logged);
  const silent = against.length === 0 ? silentThoughWell(view) : null;
  if (silent !== null) return silent;
  const missing = lacking(view, { 'api-server': ['api-server'] });
  return notSeen(against.length > 0 ? against : noKubeletHere(view), missing, 'api-server');
}

function isCut({ fact }: Answer): boolean {
  return NO_WAY.has(fact.outcome) && (fact.outcome !== 'timeout' || fact.tookMs >= PATIENT_MS);
}

function kubeletOf(view: CaseView, answer: Answer): readonly EntityId[] {
  const named = answer.about.filter((id) => id.startsWith('component:kubelet'));
  return named.length > 0 ? named : (kubeletComponent(view)?.about.slice(0, 1) ?? []);
}

function byKubelet(
  view: CaseView,
  own: Answer,
  user: Answer | null,
  logged: readonly Observation<'log-signal'>[],
): Assessment {
  const nobody = user !== null && isCut(user);
  const others = user !== null && user.fact.outcome === 'ok';
  return held({
    status: 'confirmed',
    ...weigh('statedByComponent'),
    subjects: nobody ? [API_SERVER, ...kubeletOf(view, own)] : [...kubeletOf(view, own), API_SERVER],
    evidence: [
      apiServerEvidence(own),
      ...(user === null ? [] : [apiServerEvidence(user)]),
      ...logged.map((o) => quoteLine(view, o)),
      ...controlPlaneSide(view),
    ],
    summary: summaryOf(own, nobody, others),
  });
}

function summaryOf({ fact: { server } }: Answer, nobody: boolean, others: boolean): Text {
  if (nobody) {
    return say(`The API server at ${server} answers nobody.`, `API server（${server}）对任何人都没有应答。`);
  }
  if (others) {
    return say(
      `The kubelet cannot reach the API server at ${server}, which answers others: the way from this node is broken.`,
      `kubelet 访问不到 API server（${server}），而别处可以访问：问题在本节点到它的网络。`,
    );
  }
  return say(
    `The kubelet cannot reach the API server at ${server}; the node itself is not at fault.`,
    `kubelet 访问不到 API server（${server}）；问题不在节点本身。`,
  );
}

function unwell(own: Answer, logged: readonly Evidence[]): Assessment {
  const { server } = own.fact;
  return held({
    status: 'likely',
    ...weigh('circumstantial'),
    subjects: [API_SERVER],
    evidence: [apiServerEvidence(own), ...logged],
    summary: say(
      `The API server at ${server} can be reached and is not well: look at it and at etcd.`,
      `API server（${server}）可以连上，但自身不健康：请检查它和 etcd。`,
    ),
  });
}

/** Asked from here by the user alone: it may as well be the user's own network. */
function byUser(view: CaseView, user: Answer, against: readonly Evidence[]): Assessment {
  const { server } = user.fact;
  const status = against.length > 0 ? 'possible' : 'likely';
  return held({
    status,
    ...weigh(status === 'likely' ? 'recentLog' : 'hint'),
    subjects: [API_SERVER],
    evidence: [apiServerEvidence(user), ...controlPlaneSide(view)],
    against,
    summary: say(
      `The API server at ${server} does not answer from here either; what it says of the node is not to be had.`,
      `从这里也访问不到 API server（${server}），因此无法得知它对节点的记录。`,
    ),
  });
}

function byLog(view: CaseView, logged: readonly Observation<'log-signal'>[]): Assessment {
  return held({
    status: 'likely',
    ...weigh('recentLog'),
    subjects: [...(kubeletComponent(view)?.about.slice(0, 1) ?? []), API_SERVER],
    evidence: [...logged.toReversed().map((o) => quoteLine(view, o)), ...controlPlaneSide(view)],
    missing: lacking(view, { 'api-server': ['api-server'] }),
    summary: say(
      'By its log the kubelet could not reach the API server within the last 10 minutes.',
      '日志显示 kubelet 在最近 10 分钟内访问不到 API server。',
    ),
  });
}

/** Lost to the control plane, while the kubelet on the host is in good health and nobody asked from there. */
function silentThoughWell(view: CaseView): Assessment | null {
  const unknown = unknownReady(view);
  const healthy = view.all('kubelet-healthz').find((o) => o.fact.outcome === 'ok');
  const lease = nodeLease(view);
  if (unknown === null || healthy === undefined || (lease !== null && !lease.stale)) return null;
  return held({
    status: 'likely',
    ...weigh('circumstantial'),
    subjects: [...(kubeletComponent(view)?.about.slice(0, 1) ?? [entityId.node()]), API_SERVER],
    evidence: [...controlPlaneSide(view), quoteHealth(healthy)],
    summary: say(
      'The control plane hears nothing of a kubelet that is healthy on its node.',
      'kubelet 在节点上健康，控制面却收不到它的消息。',
    ),
  });
}

/** What the control plane itself says: not heard of, and since when. */
function controlPlaneSide(view: CaseView): readonly Evidence[] {
  const unknown = unknownReady(view);
  const lease = nodeLease(view);
  return [...(unknown === null ? [] : [quoteReady(unknown)]), ...(lease?.stale ? [leaseEvidence(lease)] : [])];
}

function inOrder(view: CaseView, own: Answer | null): readonly Evidence[] {
  const lease = nodeLease(view);
  return [
    ...(own !== null && (own.fact.outcome === 'ok' || own.fact.outcome === 'rejected') ? [apiServerEvidence(own)] : []),
    ...(lease !== null && !lease.stale ? [leaseEvidence(lease)] : []),
  ];
}

import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import { formatDuration } from '../../text/units.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { apiServerAnswers, apiServerEvidence, leaseEvidence, nodeLease, noKubeletHere } from '../support/cluster.ts';
import { kubeletComponent } from '../support/kubelet.ts';
import { freshSignals, quoteLine } from '../support/kubelet-word.ts';
import { lacking } from '../support/lacking.ts';
import { listNames, say } from '../support/say.ts';

type Certificate = Observation<'certificate'>;

const ROLE = {
  'kubelet-client': say('client certificate of the kubelet', 'kubelet 客户端证书'),
  'kubelet-serving': say('serving certificate of the kubelet', 'kubelet 服务端证书'),
  'cluster-ca': say('cluster CA', '集群 CA 证书'),
  'api-server-serving': say('certificate of the API server', 'API server 证书'),
} as const;

/** Holds the dates of the kubelet's certificates against the case. */
export function assessCertificates(view: CaseView): Assessment {
  const expired = decisive(view).filter((o) => isExpired(o));
  const refused = refusals(view);
  const lease = nodeLease(view);
  const alive: readonly Evidence[] = lease !== null && !lease.stale ? [leaseEvidence(lease)] : [];
  if (expired.length > 0) return byDate(view, expired, refused, alive);
  const logged = freshSignals(view, 'certificate-expired').slice(-2);
  if (logged.length > 0 && alive.length === 0) return byLog(view, logged, refused);
  const rejected = freshSignals(view, 'api-server-unauthorized');
  if (rejected.length >= AGAIN && alive.length === 0 && view.all('certificate').length === 0)
    return byRefusal(view, rejected);
  const spare = view.all('certificate').filter((o) => isExpired(o));
  if (spare.length > 0) return beside(view, spare, alive);
  const valid = inOrder(view);
  return notSeen(
    valid.length > 0 ? valid : noKubeletHere(view),
    lacking(view, { certificates: ['certificate'] }),
    'certificates',
  );
}

function isExpired({ at, fact: { notBefore, notAfter } }: Certificate): boolean {
  return at > notAfter || at < notBefore;
}

/**
 * Certificates on which the way to the API server hangs: a client certificate where no other of the kubelet is valid, a
 * CA file in which none is, and the API server's own.
 */
function decisive(view: CaseView): readonly Certificate[] {
  const all = view.all('certificate');
  const clients = all.filter((o) => o.fact.role === 'kubelet-client');
  const served = all.filter((o) => o.fact.role === 'api-server-serving');
  const cas = all.filter((o) => o.fact.role === 'cluster-ca');
  const dead = cas.filter((o) => cas.every((other) => other.fact.where !== o.fact.where || isExpired(other)));
  return [...(clients.every((o) => isExpired(o)) ? clients : []), ...dead, ...served];
}

/** What the API server, or the handshake with it, made of them. */
function refusals(view: CaseView): readonly Evidence[] {
  const own = apiServerAnswers(view).filter((o) => o.fact.askedWith === 'kubelet-kubeconfig');
  const refused = own.filter(
    (o) =>
      o.fact.outcome === 'rejected' ||
      (o.fact.outcome === 'tls-failed' && /expired|EXPIRED|not yet valid/.test(o.fact.detail)),
  );
  const lines = freshSignals(view, 'certificate-expired', 'api-server-unauthorized').slice(-2);
  return [...refused.map(apiServerEvidence), ...lines.map((o) => quoteLine(view, o))];
}

function byDate(
  view: CaseView,
  expired: readonly Certificate[],
  refused: readonly Evidence[],
  alive: readonly Evidence[],
): Assessment {
  // A lease that is renewed all the same was renewed with another.
  const status = alive.length > 0 ? 'possible' : 'confirmed';
  return held({
    status,
    ...weigh(status === 'possible' ? 'hint' : refused.length > 0 ? 'hangWithCulprit' : 'waitChannel'),
    subjects: subjects(view, expired),
    evidence: [...expired.map(dates), ...refused],
    against: alive,
    summary: summaryOf(expired),
  });
}

function byLog(view: CaseView, logged: readonly Observation<'log-signal'>[], refused: readonly Evidence[]): Assessment {
  return held({
    status: 'likely',
    ...weigh('logNamesCause'),
    subjects: subjects(view, []),
    evidence: refused.length > 0 ? refused : logged.map((o) => quoteLine(view, o)),
    missing: lacking(view, { certificates: ['certificate'] }),
    summary: say('The kubelet’s log complains of an expired certificate.', 'kubelet 日志报告证书已过期。'),
  });
}

/** So often: an API server that starts may refuse once. */
const AGAIN = 3;

/** Nobody saw the certificates; the API server refuses them, and does not say why. */
function byRefusal(view: CaseView, rejected: readonly Observation<'log-signal'>[]): Assessment {
  return held({
    status: 'likely',
    ...weigh('circumstantial'),
    subjects: subjects(view, []),
    evidence: rejected.slice(-2).map((o) => quoteLine(view, o)),
    missing: lacking(view, { certificates: ['certificate'] }),
    summary: say(
      'The API server refuses the kubelet’s credentials: most often its client certificate has expired, or the CA was changed.',
      'API server 拒绝 kubelet 的凭据：通常是客户端证书已过期，或 CA 被更换。',
    ),
  });
}

/** Expired, and the node does without: a serving certificate hinders logs and exec, not Ready. */
function beside(view: CaseView, spare: readonly Certificate[], alive: readonly Evidence[]): Assessment {
  return held({
    status: 'possible',
    ...weigh('hint'),
    subjects: subjects(view, spare),
    evidence: spare.map(dates),
    against: [...inOrder(view), ...alive],
    summary: say(
      `${summaryOf(spare).en} That one alone does not take Ready away.`,
      `${summaryOf(spare).zh}但仅此不会导致失去 Ready。`,
    ),
  });
}

function subjects(view: CaseView, certificates: readonly Certificate[]): Assessment['subjects'] {
  const named = certificates.flatMap((o) => o.about.slice(0, 1));
  return named.length > 0 ? named : (kubeletComponent(view)?.about.slice(0, 1) ?? ['component:kubelet@absent']);
}

function summaryOf(certificates: readonly Certificate[]): Text {
  const kinds = [...new Set(certificates.map((o) => o.fact.role))];
  const en = listNames(kinds.map((k) => ROLE[k].en)).en;
  const zh = listNames(kinds.map((k) => ROLE[k].zh)).zh;
  const [first] = certificates;
  if (first !== undefined && first.at < first.fact.notBefore) {
    return say(`The ${en} is not yet valid: is the clock right?`, `${zh}尚未生效：请检查时钟。`);
  }
  const ago = formatDuration(Math.max(...certificates.map((o) => o.at - o.fact.notAfter), 0));
  return say(`The ${en} expired ${ago} ago.`, `${zh}已过期 ${ago}。`);
}

function dates(o: Certificate): Evidence {
  const { where, subject, notAfter, notBefore, role } = o.fact;
  const [from, to] = [day(notBefore), day(notAfter)];
  return cite(
    o,
    say(
      `${where}: ${ROLE[role].en} (${subject}), valid from ${from} to ${to}.`,
      `${where}：${ROLE[role].zh}（${subject}），有效期 ${from} 至 ${to}。`,
    ),
  );
}

function day(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The certificate that ends first tells for all that they are valid. */
function inOrder(view: CaseView): readonly Evidence[] {
  const valid = view.all('certificate').filter((o) => !isExpired(o));
  const first = valid.toSorted((a, b) => a.fact.notAfter - b.fact.notAfter)[0];
  return first === undefined ? [] : [dates(first)];
}

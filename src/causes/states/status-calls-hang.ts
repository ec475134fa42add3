import type { CaseView } from '../../evidence/view.ts';
import { formatDuration } from '../../text/units.ts';
import type { Assessment, State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { engines, isPatient } from '../support/engines.ts';
import { quoteLine } from '../support/kubelet-word.ts';
import { missingOf } from '../support/missing.ts';
import { nameOf } from '../support/names.ts';
import { presentSignals } from '../support/past-flaps.ts';
import { REFERENCES } from '../support/references.ts';
import { count, listNames, say } from '../support/say.ts';
import { hungStatuses } from '../support/status-calls.ts';

/** Status calls for single containers that do not return. */
export const statusCallsHang: State<SymptomState> = {
  id: 'status-calls-hang',
  title: say('Status calls hang', '状态查询卡住'),
  assess,
  leadsTo: [
    {
      state: 'relist-slow',
      mechanism: say(
        'As soon as anything in its pod changes, relist asks for the status of every container of that pod, one after another, and waits the request timeout (2 min by default) for the hung one.',
        '只要该 Pod 有任何变化，relist 就会逐个查询该 Pod 所有容器的状态，并为卡住的那个等满请求超时（默认 2 分钟）。',
      ),
      reference: REFERENCES.requestTimeout,
      inevitable: true,
    },
  ],
};

function assess(view: CaseView): Assessment {
  const known = hungStatuses(view).map((h) => h.call);
  const late = engines(view).flatMap((e) => e.statuses.filter((o) => o.fact.outcome === 'timeout' && isPatient(o)));
  const hung = [...new Set([...known, ...late])];
  const logged = presentSignals(view, 'runtime-call-timeout').filter((o) => o.fact.containerId !== null);
  if (hung.length === 0 && logged.length === 0) {
    const ok = engines(view).flatMap((e) => e.statuses.filter((o) => o.fact.outcome === 'ok').slice(0, 1));
    return notSeen(
      ok.map((o) => cite(o, say('Status calls come back.', '状态查询都能返回。'))),
      missingOf(view, ['docker', 'cri']),
      'docker',
    );
  }
  const containers = [
    ...hung.flatMap((o) => o.about.filter((id) => id.startsWith('container:'))),
    ...logged.map((o) => `container:${o.fact.containerId}` as const),
  ];
  const unique = [...new Set(containers)];
  const names = listNames(unique.map((c) => nameOf(view, c)));
  return held({
    status: hung.length > 0 ? 'confirmed' : 'likely',
    ...weigh(hung.length > 0 ? 'statedByComponent' : 'recentLog'),
    subjects: unique,
    evidence: [
      ...hung
        .slice(0, 3)
        .map((o) =>
          cite(
            o,
            say(
              `The status call for ${nameOf(view, o.about.find((id) => id.startsWith('container:')) ?? 'node:this')} was given up after ${formatDuration(o.fact.deadlineMs)}.`,
              `对 ${nameOf(view, o.about.find((id) => id.startsWith('container:')) ?? 'node:this')} 的状态查询在 ${formatDuration(o.fact.deadlineMs)} 后放弃。`,
            ),
          ),
        ),
      ...logged.slice(-2).map((o) => quoteLine(view, o)),
    ],
    summary: say(
      `The status of ${count(unique.length, 'container')} does not come: ${names.en}.`,
      `${unique.length} 个容器的状态查询没有返回：${names.zh}。`,
    ),
  });
}

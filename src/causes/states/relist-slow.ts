import { entityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import { formatDuration } from '../../text/units.ts';
import type { Assessment, Evidence, State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { cite, held, holds, notSeen, weigh } from '../support/assessment.ts';
import { engines, listAnswer } from '../support/engines.ts';
import { callsPerStuckPod, kubeletVersion, RELIST_THRESHOLD_MS, requestTimeoutMs } from '../support/kubelet.ts';
import { quoteLine } from '../support/kubelet-word.ts';
import { missing } from '../support/missing.ts';
import { presentSignals } from '../support/past-flaps.ts';
import { REFERENCES } from '../support/references.ts';
import { say } from '../support/say.ts';
import { stuckPods } from '../support/status-calls.ts';
import { THRESHOLDS } from '../support/thresholds.ts';

/** The kubelet's relist takes long or never completes. */
export const relistSlow: State<SymptomState> = {
  id: 'relist-slow',
  title: say('The kubelet’s relist is slow or never completes', 'kubelet 的 relist 缓慢或永远完不成'),
  assess,
  leadsTo: [
    {
      state: 'pleg-unhealthy',
      mechanism: say(
        'PLEG is unhealthy whenever no relist was seen for 3 minutes. Two timed-out calls in one relist (4 minutes) are enough; kubelets before 1.33 ask for a stuck pod twice, so there one pod is enough.',
        '超过 3 分钟没有 relist 活动，PLEG 即为不健康。一次 relist 中有两个调用超时（4 分钟）就足够；1.33 之前的 kubelet 会对卡住的 Pod 查询两次，因此一个 Pod 就足够。',
      ),
      reference: REFERENCES.relistThreshold,
      inevitable: true,
      links: (_from, to, view) => holds(to) || passesThreshold(view),
    },
  ],
};

/** Whether what is seen to hang makes a relist longer than the threshold: an unanswered list does, one status call need not. */
function passesThreshold(view: CaseView): boolean {
  const listStalled = engines(view).some((e) => listAnswer(e) === null && (e.hung.length > 0 || e.refused.length > 0));
  if (listStalled || stuckPods(view) === 0) return true;
  // The version not known, it is said in the mechanism on what it depends.
  if (kubeletVersion(view) === null) return true;
  return stuckPods(view) * callsPerStuckPod(view) * requestTimeoutMs(view) > RELIST_THRESHOLD_MS;
}

function assess(view: CaseView): Assessment {
  const slow = slowMetrics(view);
  const logged = presentSignals(view, 'relist-failed', 'runtime-call-timeout', 'pleg-unhealthy');
  if (slow.length === 0 && logged.length === 0) {
    const fine = view.all('kubelet-pleg').filter((o) => o.fact.lastSeenAgeMs !== null);
    return notSeen(
      fine.map((o) =>
        cite(
          o,
          say(
            `The last relist began ${formatDuration(o.fact.lastSeenAgeMs ?? 0)} ago.`,
            `上一次 relist 开始于 ${formatDuration(o.fact.lastSeenAgeMs ?? 0)} 前。`,
          ),
        ),
      ),
      fine.length > 0 ? [] : [missing('kubelet', view)],
    );
  }
  // Below the threshold a late relist is a warning: it may well pass.
  const over = view.all('kubelet-pleg').some((o) => (o.fact.lastSeenAgeMs ?? 0) > RELIST_THRESHOLD_MS);
  const sure = over || logged.some((o) => o.fact.signal === 'pleg-unhealthy');
  return held({
    status: sure ? 'confirmed' : 'likely',
    ...weigh(sure ? 'statedByComponent' : 'recentLog'),
    subjects: [entityId.node()],
    evidence: [...slow, ...logged.slice(-3).map((o) => quoteLine(view, o))],
    summary: say('The kubelet’s relist does not complete in time.', 'kubelet 的 relist 不能按时完成。'),
  });
}

function slowMetrics(view: CaseView): Evidence[] {
  return view.all('kubelet-pleg').flatMap((o) => {
    const age = o.fact.lastSeenAgeMs ?? 0;
    if (age < THRESHOLDS.lateRelist.value) return [];
    return [
      cite(
        o,
        say(
          `The last relist began ${formatDuration(age)} ago, and no other since.`,
          `上一次 relist 开始于 ${formatDuration(age)} 前，此后没有新的 relist。`,
        ),
      ),
    ];
  });
}

import type { EntityId } from '../../evidence/entity.ts';
import { entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { formatDuration } from '../../text/units.ts';
import type { Assessment, Evidence, State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { freshSignals, quoteLine } from '../support/kubelet-word.ts';
import { missing } from '../support/missing.ts';
import { nameOf } from '../support/names.ts';
import { listNames, say } from '../support/say.ts';

/** A pod that was deleted or has ended and does not go away. By itself it takes no node's Ready. */
export const podStuckTerminating: State<SymptomState> = {
  id: 'pod-stuck-terminating',
  title: say('A pod or container that cannot be cleared away', '无法清理的 Pod 或容器'),
  assess,
  leadsTo: [],
};

/** Beyond its grace period by so much a pod no longer merely takes its time. */
const OVERDUE_MS = 2 * 60_000;
/** terminationGracePeriodSeconds where a pod does not set it (pkg/apis/core/v1/defaults.go). */
const GRACE_S = 30;

function assess(view: CaseView): Assessment {
  const overdue = view.all('pod-object').filter((o) => overdueMs(o) > OVERDUE_MS);
  const told = freshSignals(view, 'pod-not-cleaned-up', 'container-remove-failed', 'removal-blocked');
  if (overdue.length === 0 && told.length === 0) {
    const pods = view.all('pod-object').slice(-1);
    const against = pods.map((o) => cite(o, say('No pod overstays its deletion.', '没有 Pod 超期未删除。')));
    return notSeen(against, against.length > 0 ? [] : [missing('node-pods', view)]);
  }
  const containers = told.flatMap((o) => o.about.filter((id) => id.startsWith('container:')));
  const who: readonly EntityId[] = [...new Set([...overdue.flatMap((o) => o.about.slice(0, 1)), ...containers])];
  const names = listNames(who.map((id) => nameOf(view, id)));
  return held({
    // Never more: a pod that lingers is no trouble of its node.
    status: 'likely',
    ...weigh('circumstantial'),
    subjects: who.length > 0 ? who : [entityId.node()],
    evidence: [...overdue.slice(0, 3).map(overdueEvidence), ...told.slice(-2).map((o) => quoteLine(view, o))],
    summary: say(
      `${names.en === '' ? 'Something that ended' : names.en} cannot be cleared away.`,
      `${names.zh === '' ? '有已结束的对象' : names.zh} 无法清理。`,
    ),
  });
}

function overdueMs({ at, fact }: Observation<'pod-object'>): number {
  if (fact.deletionRequestedAt === null) return 0;
  return at - fact.deletionRequestedAt - (fact.gracePeriodSeconds ?? GRACE_S) * 1000;
}

function overdueEvidence(o: Observation<'pod-object'>): Evidence {
  const { namespace, name } = o.fact;
  const late = formatDuration(overdueMs(o));
  return cite(
    o,
    say(
      `Pod ${namespace}/${name} is ${late} past its grace period and still there.`,
      `Pod ${namespace}/${name} 已超过宽限期 ${late}，仍未消失。`,
    ),
  );
}

import { say } from '../../causes/support/say.ts';
import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import type { ClusterFacts } from '../guards/cluster-facts.ts';
import { nodeOf } from '../guards/cluster-facts.ts';
import type { Refusal } from '../guards/guard.ts';
import { refusals } from '../guards/index.ts';
import type { Entry } from '../journal/entry.ts';
import { earlierActs } from '../journal/history.ts';
import type { Capacity, Plan } from '../plan/plan.ts';
import type { Step } from '../step.ts';
import type { RunDeps } from './deps.ts';

export interface Moment {
  readonly plan: Plan;
  /** Null where it was not looked at. */
  readonly capacity: Capacity | null;
  readonly diagnosis: Diagnosis;
  readonly cluster: ClusterFacts | null;
  readonly entries: readonly Entry[];
}

/** Every reason not to take the step now: the guards', and preconditions that this run has to see to. */
export function objections(deps: RunDeps, step: Step, moment: Moment): readonly Refusal[] {
  const { plan, diagnosis, cluster, entries } = moment;
  const guards = refusals({
    now: deps.now(),
    node: deps.node,
    step,
    plannedFor: plan.cause,
    diagnosis,
    cluster,
    earlier: earlierActs(entries, deps.node, deps.run),
    limits: deps.limits,
    unattended: deps.unattended,
  });
  return [
    ...guards,
    ...notFitting(deps, step, moment.capacity),
    ...notCordoned(deps, step, cluster),
    ...notDrained(deps, step, entries),
  ];
}

/** Whether a step ends every pod of the node. */
function endsAll({ act, phase }: Step): boolean {
  return act.kind === 'reboot' || (act.kind === 'restart-service' && phase === 'free');
}

function notCordoned({ node }: RunDeps, step: Step, cluster: ClusterFacts | null): readonly Refusal[] {
  if (cluster === null || !endsAll(step) || nodeOf(cluster, node)?.unschedulable !== false) return [];
  return [
    {
      guard: 'cordoned',
      why: say(
        `${node} is not cordoned: new pods would land on it as it goes.`,
        `${node} 没有 cordon：新 Pod 仍会调度上来。`,
      ),
      lift: say(
        `kubectl cordon ${node}, or let the plan's own step do it.`,
        `kubectl cordon ${node}，或由计划中的步骤完成。`,
      ),
    },
  ];
}

/** Refusals after which the run goes on without the step; what ends every pod is then refused, too. */
export const LEAVES_OUT: ReadonlySet<string> = new Set(['pods-fit']);

function notFitting({ unattended }: RunDeps, step: Step, capacity: Capacity | null): readonly Refusal[] {
  if (!unattended || step.act.kind !== 'drain' || capacity === null || capacity.fits) return [];
  const names = capacity.misfits.slice(0, 3).map((m) => m.pod);
  return [
    {
      guard: 'pods-fit',
      why: say(
        `${capacity.misfits.length} of its pods fit on no other node (${names.join(', ')}): drained, they would stay Pending.`,
        `有 ${capacity.misfits.length} 个 Pod 在其他节点放不下（${names.join('、')}）：驱逐后会一直 Pending。`,
      ),
      lift: say(
        'Room on other nodes, takeCapacity in the policy, or --apply with a person who consents.',
        '其他节点有足够容量、策略中设置 takeCapacity，或用 --apply 由人确认。',
      ),
    },
  ];
}

/** Unattended, pods that a drain could not move are not ended by force: a disruption budget may protect them. */
function notDrained({ unattended, run }: RunDeps, step: Step, entries: readonly Entry[]): readonly Refusal[] {
  if (!unattended || !endsAll(step)) return [];
  const last = entries.findLast(
    (e) => (e.type === 'end' || e.type === 'refused') && e.run === run && e.step === 'drain',
  );
  if (last === undefined || (last.type === 'end' && last.status === 'done')) return [];
  const why = last.type === 'end' ? last.text : last.type === 'refused' ? last.why : '';
  return [
    {
      guard: 'drained',
      why: say(`The drain did not end: ${why}`, `驱逐没有完成：${why}`),
      lift: say(
        'A drain that goes through, or --apply with a person who consents.',
        '驱逐完成，或用 --apply 由人确认。',
      ),
    },
  ];
}

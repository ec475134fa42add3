import type { Text } from '../../../text/text.ts';
import type { PodRef } from '../../act.ts';
import { type Budget, budgetsOf } from '../objects/budget.ts';
import type { ClusterPod } from '../objects/pod.ts';
import { refOf } from './weigh.ts';

/** What a PodDisruptionBudget says to a drain. */
export interface HeldByBudget {
  readonly budget: Pick<
    Budget,
    'namespace' | 'name' | 'disruptionsAllowed' | 'currentHealthy' | 'desiredHealthy' | 'expectedPods'
  >;
  /** Of the node's pods, those it counts and that are not on their way out. */
  readonly pods: readonly PodRef[];
  /**
   * `blocked`: none may go now. `never`: none ever, with as many pods as there are. `in-turns`: some, the next when those
   * are Ready elsewhere. `free`: all at once.
   */
  readonly verdict: 'blocked' | 'never' | 'in-turns' | 'free';
  readonly text: Text;
}

export function heldByBudgets(leaving: readonly ClusterPod[], budgets: readonly Budget[]): readonly HeldByBudget[] {
  return budgets.flatMap((budget): HeldByBudget[] => {
    const pods = leaving.filter((pod) => asksBudget(pod) && budgetsOf(pod, [budget]).length > 0);
    if (pods.length === 0) return [];
    const verdict = judge(budget, pods.length);
    const { namespace, name, disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods } = budget;
    const numbers = { namespace, name, disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods };
    return [{ budget: numbers, pods: pods.map(refOf), verdict, text: say(budget, pods.length, verdict) }];
  });
}

/** The eviction API lets finished, pending and dying pods go without asking. Source: eviction.go @ v1.20.2, canIgnorePDB. */
function asksBudget({ phase, deletionRequestedAt }: ClusterPod): boolean {
  return deletionRequestedAt === null && phase !== 'Pending';
}

function judge({ disruptionsAllowed, desiredHealthy, expectedPods }: Budget, pods: number): HeldByBudget['verdict'] {
  if (disruptionsAllowed >= pods) return 'free';
  if (disruptionsAllowed > 0) return 'in-turns';
  return desiredHealthy >= expectedPods ? 'never' : 'blocked';
}

function say(budget: Budget, pods: number, verdict: HeldByBudget['verdict']): Text {
  const {
    namespace,
    name,
    disruptionsAllowed: may,
    currentHealthy: has,
    desiredHealthy: needs,
    expectedPods: of,
  } = budget;
  const head = `${namespace}/${name}`;
  const numbers = {
    en: `${has} of ${of} healthy, ${needs} needed`,
    zh: `共 ${of} 个，健康 ${has} 个，至少需要 ${needs} 个`,
  };
  switch (verdict) {
    case 'free':
      return { en: `budget ${head} lets all ${pods} go`, zh: `PDB ${head} 允许驱逐全部 ${pods} 个` };
    case 'in-turns':
      return {
        en: `budget ${head} lets ${may} of ${pods} go at a time, the next once those are Ready elsewhere (${numbers.en})`,
        zh: `PDB ${head} 每次只允许驱逐 ${pods} 个中的 ${may} 个，须等它们在别处 Ready 后再继续（${numbers.zh}）`,
      };
    case 'blocked':
      return {
        en: `budget ${head} lets none of ${pods} go now (${numbers.en})`,
        zh: `PDB ${head} 当前不允许驱逐这 ${pods} 个 Pod（${numbers.zh}）`,
      };
    case 'never':
      return {
        en: `budget ${head} never lets any of ${pods} go with as many pods as there are (${numbers.en})`,
        zh: `按现有副本数，PDB ${head} 永远不会允许驱逐这 ${pods} 个 Pod（${numbers.zh}）`,
      };
  }
}

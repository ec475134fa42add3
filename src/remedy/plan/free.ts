import type { Remedy } from '../../causes/cause.ts';
import { say } from '../../causes/support/say.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { HostAct } from '../act.ts';
import type { Prediction } from '../step.ts';
import { actsOf } from './act-of.ts';
import { stopsContainers } from './case-facts.ts';
import type { ByHand } from './plan.ts';
import { type Draft, hostStep } from './step-of.ts';

/** What frees the node: the steps, the gentlest first, and what is left to people. */
export interface Freeing {
  readonly steps: readonly Draft[];
  readonly byHand: readonly ByHand[];
}

const MAY_HANG = say(
  'An orderly shutdown syncs and unmounts, and may hang on the very fault; the forced one comes next then.',
  '正常关机要同步并卸载文件系统，可能卡在同一故障上；那时再强制重启。',
);

/** @param remedies of the diagnosis, in its order: cheapest and safest first */
export function freeing(view: CaseView, remedies: readonly Remedy[]): Freeing {
  const working = remedies.filter((r) => r.works);
  const steps: Draft[] = [];
  const byHand: ByHand[] = [];
  for (const remedy of working) {
    const mapped = actsOf(view, remedy);
    if ('acts' in mapped) steps.push(...mapped.acts.map((act) => stepFor(view, act, remedy)));
    else byHand.push(leftToPeople(remedy, mapped.leftBecause));
  }
  return { steps: sorted(steps), byHand };
}

const RANK = { nobody: 0, daemon: 1, container: 2, node: 3 } as const;

/** By whom they disturb; within that in the causes' order, but a reboot after all else. */
function sorted(steps: readonly Draft[]): readonly Draft[] {
  const rank = (s: Draft): number => (s.act.kind === 'reboot' ? 4 : RANK[s.reach]);
  return steps.toSorted((a, b) => rank(a) - rank(b));
}

function stepFor(view: CaseView, act: HostAct, remedy: Remedy): Draft {
  const stops = act.kind === 'restart-service' && stopsContainers(view, act.service);
  return hostStep(act, predictionOf(act, remedy), stops);
}

function predictionOf(act: HostAct, { why }: Remedy): Prediction {
  if (act.kind === 'reboot' && act.how === 'orderly') {
    return { outcome: 'may-work', why: say(`${why.en} ${MAY_HANG.en}`, `${why.zh}${MAY_HANG.zh}`) };
  }
  // A detached mount frees nobody who waits in it already, unless the requests fail with it.
  return { outcome: act.kind === 'lazy-unmount' ? 'may-work' : 'works', why };
}

function leftToPeople({ action, title, command, why, risk }: Remedy, leftBecause: ByHand['leftBecause']): ByHand {
  return { action, title, command, why, risk, leftBecause };
}

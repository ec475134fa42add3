import { say } from '../../causes/support/say.ts';
import type { Act } from '../act.ts';
import { owedActs } from '../journal/history.ts';
import { clusterStep, numbered } from '../plan/step-of.ts';
import type { Step } from '../step.ts';
import type { RunDeps, RunResult } from './deps.ts';
import { common, sideMissing, takeStep } from './take-step.ts';

/** Proves that the node is back and puts back what was changed for a time. */
export async function giveBack(deps: RunDeps): Promise<RunResult | 'not-proven'> {
  const proof = await deps.prover.prove(deps.proof, deps.signal, (text) => deps.tell({ type: 'progress', text }));
  await deps.journal.write({ ...common(deps), type: 'proof', ok: proof.ok, text: proof.text.en });
  deps.tell({ type: 'proof', proof });
  if (deps.signal.aborted) return 'interrupted';
  if (!proof.ok) return 'not-proven';
  const owed = owedActs(await deps.journal.read(), deps.node);
  const returned = await putBack(deps, returnSteps(owed));
  const look = await deps.prover.look(deps.signal);
  const file = await deps.keep(look.caseFile, 'after');
  deps.tell({ type: 'evidence', file });
  return returned ? 'back' : 'owes';
}

/** @returns whether all of it is back as it was */
async function putBack(deps: RunDeps, steps: readonly Step[]): Promise<boolean> {
  let all = true;
  for (const step of steps) {
    if (deps.signal.aborted) return false;
    all = (await putOneBack(deps, step)) && all;
  }
  return all;
}

async function putOneBack(deps: RunDeps, step: Step): Promise<boolean> {
  const missing = sideMissing(deps, step);
  if (missing !== null) {
    deps.tell({ type: 'stopped', text: missing });
    return false;
  }
  if ((await deps.consent(step)) !== 'yes') {
    await deps.journal.write({ ...common(deps), type: 'declined', step: step.id, why: 'skip' });
    return false;
  }
  return (await takeStep(deps, step, null)).status === 'done';
}

/** Takes back what earlier runs of this node changed for a time, without proof: a person asked for it. */
export async function undoAll(deps: RunDeps): Promise<RunResult> {
  const owed = owedActs(await deps.journal.read(), deps.node);
  if (owed.length === 0) {
    const text = say('Nothing is left to put back.', '没有需要撤销的改动。');
    deps.tell({ type: 'stopped', text });
    return 'nothing';
  }
  const { who, version } = deps;
  await deps.journal.write({ ...common(deps), type: 'run', who, mode: 'undo', cause: null, version });
  const returned = await putBack(deps, returnSteps(owed));
  const result = returned ? 'undone' : 'owes';
  await deps.journal.write({ ...common(deps), type: 'close', result });
  return result;
}

/** The node itself is given back last. */
function returnSteps(owed: readonly Act[]): readonly Step[] {
  const ordered = owed.toSorted((a, b) => Number(a.kind === 'uncordon') - Number(b.kind === 'uncordon'));
  return numbered(
    ordered.flatMap((act) => {
      switch (act.kind) {
        case 'cordon':
        case 'uncordon':
        case 'add-taint':
        case 'remove-taint':
          return [clusterStep(act, 'return')];
        default:
          return [];
      }
    }),
  );
}

import { differences } from '../../compare.ts';
import type { Diagnosed } from '../../notready-cli.ts';
import type { ExpectedSubject, Truth } from '../../scenario.ts';
import { NOTHING_WRONG } from '../../scenarios/healthy.ts';
import type { ClusterScenario } from '../scenario.ts';

/** Looks at which the fault is not there (yet, any more). */
const CALM = ['before', 'after'];

/** What is so at one look of a scenario's course. */
export function truthAt(scenario: ClusterScenario, look: string): Truth {
  return CALM.includes(look) ? { ...NOTHING_WRONG, notes: { en: '', zh: '' } } : scenario.truth;
}

/** In what the diagnosis of one look differs from what was so then. */
export function differencesAt(
  scenario: ClusterScenario,
  look: { readonly name: string; readonly subjects: readonly ExpectedSubject[] },
  diagnosed: Pick<Diagnosed, 'exitCode' | 'json'>,
): string[] {
  const found = differences(truthAt(scenario, look.name), look, diagnosed);
  return CALM.includes(look.name) ? found : [...found, ...ofTrigger(scenario, diagnosed)];
}

function ofTrigger({ truth: { trigger } }: ClusterScenario, { json }: Pick<Diagnosed, 'json'>): string[] {
  const named = json.verdict?.trigger?.kind;
  return trigger === undefined || named === trigger ? [] : [`trigger ${named ?? 'none'}, not ${trigger}`];
}

import type { Diagnosed } from '../../notready-cli.ts';
import type { ExpectedSubject } from '../../scenario.ts';
import { NOTHING_WRONG } from '../../scenarios/healthy.ts';
import { clusterDifferences } from '../differences.ts';
import type { ClusterScenario, ClusterTruth } from '../scenario.ts';

const CALM: ClusterTruth = { ...NOTHING_WRONG, ready: 'True', shortened: [], notes: { en: '', zh: '' } };

/** What is so at one look of a scenario's course: before and after the fault, nothing is wrong. */
export function truthAt(scenario: ClusterScenario, look: string): ClusterTruth {
  return look === 'before' || look === 'after' ? CALM : scenario.truth;
}

/** In what the diagnosis of one look differs from what was so then. */
export function differencesAt(
  scenario: ClusterScenario,
  look: { readonly name: string; readonly subjects: readonly ExpectedSubject[] },
  diagnosed: Pick<Diagnosed, 'exitCode' | 'json'>,
): string[] {
  return clusterDifferences(truthAt(scenario, look.name), look, diagnosed);
}

import { UserError } from '../src/text/user-error.ts';
import { CLUSTER_SCENARIOS } from './cluster/scenarios/index.ts';
import type { Listed } from './listed.ts';
import { SCENARIOS } from './scenarios/index.ts';
import * as say from './texts.ts';

/** All of them: those on a runtime alone, then those on a cluster. */
export const CATALOGUE: readonly Listed[] = [
  ...SCENARIOS.map((scenario) => ({ kind: 'host', scenario }) as const),
  ...CLUSTER_SCENARIOS.map((scenario) => ({ kind: 'cluster', scenario }) as const),
];

/** What a scenario is called by: its name, with its kind before it where both kinds have that name. */
export function nameOf(listed: Listed): string {
  return namesakes(listed.scenario.name).length === 1 ? listed.scenario.name : qualified(listed);
}

/**
 * The scenario that is called `name`: by its own name, or `host/NAME`, `cluster/NAME`.
 * @throws UserError where there is none, or where both kinds have that name
 */
export function findScenario(name: string): Listed {
  const found = [...CATALOGUE.filter((l) => qualified(l) === name), ...namesakes(name)];
  const [first] = found;
  if (first === undefined) throw new UserError(say.unknownScenario(name));
  if (found.length > 1) throw new UserError(say.ambiguousScenario(name, found.map(qualified)));
  return first;
}

function namesakes(name: string): readonly Listed[] {
  return CATALOGUE.filter((l) => l.scenario.name === name);
}

/** `host/NAME`, `cluster/NAME` */
export function qualified({ kind, scenario }: Listed): string {
  return `${kind}/${scenario.name}`;
}

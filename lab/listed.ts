import type { ClusterScenario } from './cluster/scenario.ts';
import type { Scenario } from './scenario.ts';

/** A scenario of either kind. */
export type Listed =
  | { readonly kind: 'host'; readonly scenario: Scenario }
  | { readonly kind: 'cluster'; readonly scenario: ClusterScenario };

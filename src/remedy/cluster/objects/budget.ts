import { z } from 'zod';
import { numberField, textField } from '../../../logs/objects/fields.ts';
import { type Labels, type Selector, selectorField, selects } from './selector.ts';

/** A PodDisruptionBudget with the numbers of its controller. */
export interface Budget {
  readonly namespace: string;
  readonly name: string;
  readonly selector: Selector | null;
  readonly disruptionsAllowed: number;
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
  readonly expectedPods: number;
  /** Its controller has not seen its last change yet: the numbers are of before, and evictions wait. */
  readonly isStale: boolean;
  /** `AlwaysAllow`: a pod that is not ready may go whatever the numbers (since 1.26). */
  readonly unhealthyPolicy: string;
}

const count = numberField.transform((n) => n ?? 0);
const schema = z.object({
  apiVersion: textField,
  metadata: z.object({ namespace: z.string(), name: z.string(), generation: count }),
  spec: z
    .object({ selector: selectorField, unhealthyPodEvictionPolicy: textField })
    .catch({ selector: null, unhealthyPodEvictionPolicy: '' }),
  status: z
    .object({
      observedGeneration: count,
      disruptionsAllowed: count,
      currentHealthy: count,
      desiredHealthy: count,
      expectedPods: count,
    })
    .catch({ observedGeneration: 0, disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 }),
});

/**
 * Reads a PodDisruptionBudget; null where the object is none. An empty selector selects all pods of the namespace in
 * policy/v1 and none in policy/v1beta1. Source: kubernetes.io, deprecation guide, PodDisruptionBudget.
 */
export function readBudget(json: unknown, version: 'v1' | 'v1beta1'): Budget | null {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return null;
  const { metadata, spec, status } = parsed.data;
  const isEmpty = spec.selector?.length === 0;
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    selector: isEmpty && version === 'v1beta1' ? null : spec.selector,
    disruptionsAllowed: status.disruptionsAllowed,
    currentHealthy: status.currentHealthy,
    desiredHealthy: status.desiredHealthy,
    expectedPods: status.expectedPods,
    isStale: status.observedGeneration < metadata.generation,
    unhealthyPolicy: spec.unhealthyPodEvictionPolicy,
  };
}

/** The budgets that a pod counts for; the eviction API refuses where there are two. */
export function budgetsOf(
  pod: { readonly namespace: string; readonly labels: Labels },
  budgets: readonly Budget[],
): readonly Budget[] {
  return budgets.filter((b) => b.namespace === pod.namespace && selects(b.selector, pod.labels));
}

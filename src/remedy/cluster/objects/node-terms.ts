import { z } from 'zod';
import { listField } from '../../../logs/objects/fields.ts';
import { holds, type Labels, type Requirement, requirementsField } from './selector.ts';

/** What a node must be: all of its labels and fields. One that asks for nothing is met by no node. */
export interface NodeSelectorTerm {
  readonly labels: readonly Requirement[];
  readonly fields: readonly Requirement[];
}

export const nodeTermsField = listField(
  z
    .object({ matchExpressions: requirementsField, matchFields: requirementsField })
    .transform((t): NodeSelectorTerm => ({ labels: t.matchExpressions, fields: t.matchFields })),
);

/**
 * Whether a node meets one of the terms. The one field there is is `metadata.name`.
 * Source: component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go @ v1.20.2, NodeSelector.Match.
 */
export function meetsTerms(
  terms: readonly NodeSelectorTerm[],
  node: { readonly name: string; readonly labels: Labels },
): boolean {
  const fields = { 'metadata.name': node.name };
  return terms.some(
    (term) =>
      term.labels.length + term.fields.length > 0 &&
      term.labels.every((r) => holds(r, node.labels)) &&
      term.fields.every((r) => holds(r, fields)),
  );
}

import type { Era } from '../era.ts';

/**
 * Several things that are wrong, as the kubelet of an era writes them into the Ready condition.
 * Source: Aggregate.Error in k8s.io/apimachinery/pkg/util/errors @ v1.20.2; before 1.14 strings.Join in
 * pkg/kubelet/kubelet_node_status.go.
 */
export function joinErrors(errors: readonly string[], joins: Era['messages']['joins']): string {
  if (joins === 'comma') return errors.join(',');
  const distinct = [...new Set(errors)];
  return distinct.length === 1 ? (distinct[0] ?? '') : `[${distinct.join(', ')}]`;
}

/** The line of the sync loop that skips. Source: docs/pleg.md, for each era. */
export function skipLine(errors: readonly string[], { messages }: Era): string {
  if (messages.skipLine === 'list') return `skipping pod synchronization - [${errors.join(' ')}]`;
  const joined = joinErrors(errors, messages.joins);
  if (messages.skipLine === 'text') return `skipping pod synchronization - ${joined}`;
  return `"Skipping pod synchronization" err=${JSON.stringify(joined)}`;
}

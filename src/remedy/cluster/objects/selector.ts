import { z } from 'zod';
import { listField, textField } from '../../../logs/objects/fields.ts';

export type Labels = Readonly<Record<string, string>>;

/** One condition on labels, of a label selector or of a node selector, which alone has `Gt` and `Lt`. */
export interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** All must hold; none are no condition. */
export type Selector = readonly Requirement[];

export const labelsField = z.record(z.string(), z.string()).catch({});
export const requirementsField = listField(
  z.object({ key: textField, operator: textField, values: listField(z.string()) }),
);

/** Null: selects nothing, as a selector that is missing does; `{}` selects all. Source: LabelSelectorAsSelector. */
export const selectorField = z
  .object({ matchLabels: labelsField, matchExpressions: requirementsField })
  .transform(
    ({ matchLabels, matchExpressions }): Selector => [
      ...Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
      ...matchExpressions,
    ],
  )
  .nullable()
  .catch(null);

export function selects(selector: Selector | null, labels: Labels): boolean {
  return selector?.every((requirement) => holds(requirement, labels)) ?? false;
}

/**
 * What cannot be understood holds for nothing.
 * Source: apimachinery/pkg/labels/selector.go @ v1.20.2, Requirement.Matches: NotIn holds where the label is missing.
 */
export function holds({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
    case 'Lt':
      return compares(operator, value, values[0]);
    default:
      return false;
  }
}

function compares(operator: 'Gt' | 'Lt', value: string | undefined, bound: string | undefined): boolean {
  if (!isInteger(value) || !isInteger(bound)) return false;
  return operator === 'Gt' ? BigInt(value) > BigInt(bound) : BigInt(value) < BigInt(bound);
}

function isInteger(text: string | undefined): text is string {
  return text !== undefined && /^[+-]?\d{1,19}$/.test(text);
}

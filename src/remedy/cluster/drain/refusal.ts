import { z } from 'zod';
import type { KubeAnswer } from '../../../kube/kube-client.ts';
import { listField, textField } from '../../../logs/objects/fields.ts';
import { parseJson } from '../../../runtimes/json.ts';
import { harmlessLine } from '../../../text/untrusted.ts';
import type { StuckReason } from '../../outcome.ts';

/** Why an eviction was not granted, in the API server's words. */
export interface Refusal {
  readonly reason: Extract<
    StuckReason,
    | 'budget-exhausted'
    | 'budget-not-counted'
    | 'several-budgets'
    | 'webhook-failed'
    | 'webhook-denied'
    | 'namespace-terminating'
    | 'no-permission'
    | 'api-server'
  >;
  readonly said: string;
  /** Of the webhook, where one is to blame. */
  readonly webhook: string | null;
}

const schema = z.object({
  message: textField,
  details: z.object({ causes: listField(z.object({ reason: textField, message: textField })) }).catch({ causes: [] }),
});

/**
 * Source: pkg/registry/core/pod/storage/eviction.go @ v1.20.2 and master; apiserver/pkg/admission/plugin/webhook/errors/
 * statuserror.go (`admission webhook "x" denied the request`), apiserver/pkg/util/webhook/error.go
 * (`failed calling webhook "x"`).
 */
export function readRefusal({ status, body }: KubeAnswer): Refusal {
  const parsed = schema.safeParse(parseJson(body));
  const { message, details } = parsed.success ? parsed.data : { message: body, details: { causes: [] } };
  const cause = (name: string) => details.causes.find((c) => c.reason === name)?.message ?? null;
  const webhook = /(?:admission|failed calling) webhook "([^"]{1,253})"/.exec(message)?.[1] ?? null;
  const make = (reason: Refusal['reason'], said = message): Refusal => ({
    reason,
    said: harmlessLine(said.trim(), 400),
    webhook: webhook === null ? null : harmlessLine(webhook, 253),
  });
  if (webhook !== null) return make(/denied the request/.test(message) ? 'webhook-denied' : 'webhook-failed');
  const budget = cause('DisruptionBudget');
  if (budget !== null)
    return make(/still being processed/.test(budget) ? 'budget-not-counted' : 'budget-exhausted', budget);
  if (status === 429 && /disruption budget/.test(message)) return make('budget-exhausted');
  if (/more than one PodDisruptionBudget/.test(message)) return make('several-budgets');
  if (cause('NamespaceTerminating') !== null) return make('namespace-terminating');
  return make(status === 401 || status === 403 ? 'no-permission' : 'api-server', `HTTP ${status}: ${message}`);
}

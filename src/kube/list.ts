import { z } from 'zod';
import { type Asked, jsonAnswer, type Refused } from './asked.ts';
import type { KubeClient, KubeGetOptions } from './kube-client.ts';

export interface ListRequest {
  /** From `kubePath.list`. */
  readonly path: string;
  /** As in `kubectl auth can-i list pods`. */
  readonly right: string;
  readonly pageSize: number;
  readonly maxItems: number;
}

export interface Listed<T> {
  readonly items: readonly T[];
  /** Why it is not all of them; null where it is. */
  readonly rest: Refused | null;
}

const pageSchema = z.object({
  metadata: z.object({ continue: z.string().nullish() }).nullish(),
  items: z.array(z.unknown()).nullish(),
});

/**
 * Lists page by page and keeps of each object only what `read` makes of it: pages of a large cluster are never all in
 * memory. Fails only where the first page does.
 * @param limits of the next call
 */
export async function listPages<T>(
  client: KubeClient,
  { path, right, pageSize, maxItems }: ListRequest,
  limits: () => KubeGetOptions,
  read: (item: unknown) => T | null,
): Promise<Asked<Listed<T>>> {
  const items: T[] = [];
  const url = `${path}${path.includes('?') ? '&' : '?'}limit=${pageSize}`;
  let seen = 0;
  let token = '';
  do {
    const next = token === '' ? url : `${url}&continue=${encodeURIComponent(token)}`;
    const page = pageOf(jsonAnswer(await client.get(next, limits()), right));
    if (!page.ok) return seen === 0 ? page : { ok: true, value: { items, rest: page } };
    items.push(...page.value.items.map(read).filter((item) => item !== null));
    seen += page.value.items.length;
    token = page.value.next;
  } while (token !== '' && seen < maxItems);
  const rest = token === '' ? null : ({ ok: false, why: 'budget', detail: `more than ${maxItems}` } as const);
  return { ok: true, value: { items, rest } };
}

function pageOf(asked: Asked<unknown>): Asked<{ items: readonly unknown[]; next: string }> {
  if (!asked.ok) return asked;
  const page = pageSchema.safeParse(asked.value);
  if (!page.success) return { ok: false, why: 'failed', detail: 'the answer is no list' };
  const items = page.data.items ?? [];
  // An empty page that goes on would go on for ever.
  const next = items.length === 0 ? '' : (page.data.metadata?.continue ?? '');
  return { ok: true, value: { items, next } };
}

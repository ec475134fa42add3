import { z } from 'zod';
import type { KubeClient } from '../../kube/kube-client.ts';
import type { ProbeContext } from '../probe.ts';
import { type Asked, askJson } from './ask.ts';

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
  readonly rest: Extract<Asked<never>, { ok: false }> | null;
}

const pageSchema = z.object({
  metadata: z.object({ continue: z.string().nullish() }).nullish(),
  items: z.array(z.unknown()).nullish(),
});

/**
 * Lists page by page and keeps of each object only what `read` makes of it: pages of a large cluster are never all in
 * memory. Fails only where the first page does.
 */
export async function listAll<T>(
  context: ProbeContext,
  client: KubeClient,
  { path, right, pageSize, maxItems }: ListRequest,
  read: (item: unknown) => T | null,
): Promise<Asked<Listed<T>>> {
  const items: T[] = [];
  const url = `${path}${path.includes('?') ? '&' : '?'}limit=${pageSize}`;
  let seen = 0;
  let token = '';
  do {
    const page = await askPage(context, client, url, right, token);
    if (!page.ok) return seen === 0 ? page : { ok: true, value: { items, rest: page } };
    items.push(...page.value.items.map(read).filter((item) => item !== null));
    seen += page.value.items.length;
    token = page.value.next;
  } while (token !== '' && seen < maxItems);
  const rest = token === '' ? null : ({ ok: false, why: 'budget', detail: `more than ${maxItems}` } as const);
  return { ok: true, value: { items, rest } };
}

async function askPage(
  context: ProbeContext,
  client: KubeClient,
  path: string,
  right: string,
  token: string,
): Promise<Asked<{ items: readonly unknown[]; next: string }>> {
  const url = token === '' ? path : `${path}&continue=${encodeURIComponent(token)}`;
  const asked = await askJson(context, client, url, right);
  if (!asked.ok) return asked;
  const page = pageSchema.safeParse(asked.value);
  if (!page.success) return { ok: false, why: 'failed', detail: 'the answer is no list' };
  const items = page.data.items ?? [];
  // An empty page that goes on would go on for ever.
  const next = items.length === 0 ? '' : (page.data.metadata?.continue ?? '');
  return { ok: true, value: { items, next } };
}

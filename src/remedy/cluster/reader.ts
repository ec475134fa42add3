import { jsonAnswer, type Refused } from '../../kube/asked.ts';
import type { KubeClient, KubeGetOptions } from '../../kube/kube-client.ts';
import { type ListRequest, listPages } from '../../kube/list.ts';
import type { CallLimits } from '../../runtimes/call-result.ts';
import type { ContextPart, Missing } from './context.ts';

export interface ReadOptions extends CallLimits {
  /** Of one call, ms; `deadlineMs` is that of all together. */
  readonly callTimeoutMs: number;
}

/** Reads part after part and notes what it could not. */
export interface Reader {
  readonly client: KubeClient;
  readonly limits: () => KubeGetOptions;
  list<T>(part: ContextPart, request: ListRequest, read: (item: unknown) => T | null): Promise<readonly T[]>;
  /** Null where there is none, or where it was not had, which is noted. */
  get<T>(part: ContextPart, path: string, right: string, read: (object: unknown) => T | null): Promise<T | null>;
  missing(): readonly Missing[];
}

export function createReader(client: KubeClient, { callTimeoutMs, deadlineMs, signal }: ReadOptions): Reader {
  const started = performance.now();
  const missing: Missing[] = [];
  const limits = () => {
    const left = Math.max(0, deadlineMs - (performance.now() - started));
    return { deadlineMs: Math.min(callTimeoutMs, left), ...(signal === undefined ? {} : { signal }) };
  };
  const note = (part: ContextPart, right: string, { why, detail }: Refused) =>
    missing.push({ part, right, why, detail });
  return {
    client,
    limits,
    list: async (part, request, read) => {
      const listed = await listPages(client, request, limits, read);
      if (!listed.ok) note(part, request.right, listed);
      else if (listed.value.rest !== null) note(part, request.right, listed.value.rest);
      return listed.ok ? listed.value.items : [];
    },
    get: async (part, path, right, read) => {
      const result = await client.get(path, limits());
      if (result.outcome === 'ok' && result.value.status === 404) return null;
      const asked = jsonAnswer(result, right);
      if (!asked.ok) note(part, right, asked);
      return asked.ok ? read(asked.value) : null;
    },
    missing: () => missing,
  };
}

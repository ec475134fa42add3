import { z } from 'zod';
import { jsonAnswer } from '../../kube/asked.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import type { CallLimits } from '../../runtimes/call-result.ts';

export type PolicyVersion = 'v1' | 'v1beta1';

const schema = z.object({ versions: z.array(z.object({ version: z.string() })) });

/**
 * Of the group `policy`, what the server has: policy/v1 since 1.21, policy/v1beta1 until 1.24. The eviction of
 * policy/v1 is taken since 1.22 (pkg/registry/core/pod/storage/eviction.go, AcceptsGroupVersion), so a server of both
 * is given v1beta1, which both take. Null where it does not say.
 */
export async function policyVersions({
  client,
  limits,
}: {
  readonly client: KubeClient;
  readonly limits: () => CallLimits;
}): Promise<{ readonly budgets: PolicyVersion; readonly eviction: PolicyVersion } | null> {
  const asked = jsonAnswer(await client.get('/apis/policy', limits()), 'get /apis/policy');
  const parsed = asked.ok ? schema.safeParse(asked.value) : null;
  if (!parsed?.success) return null;
  const has = (version: PolicyVersion) => parsed.data.versions.some((v) => v.version === version);
  return { budgets: has('v1') ? 'v1' : 'v1beta1', eviction: has('v1beta1') ? 'v1beta1' : 'v1' };
}

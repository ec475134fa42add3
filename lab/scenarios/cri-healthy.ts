import type { Lab } from '../lab.ts';
import type { Pod } from '../runtimes/cri-pods.ts';
import type { Scenario } from '../scenario.ts';
import { NOTHING_WRONG } from './healthy.ts';

export const criHealthy: Scenario = {
  name: 'cri-healthy',
  title: { en: 'containerd with two pods, nothing wrong', zh: 'containerd 与两个 Pod，一切正常' },
  needs: ['containerd', 'cgroups'],
  truth: { ...NOTHING_WRONG, notes: { en: 'Exit code 0, no verdict.', zh: '退出码 0，没有结论。' } },
  run: async (lab) => ({ ...(await runPods(lab, ['calm-1', 'calm-2'])), subjects: [] }),
};

/** Pods of two idle containers each. Their processes go with the lab's cgroup. */
export async function runPods(
  lab: Lab,
  names: readonly string[],
): Promise<{ endpoints: string[]; look: string[]; pods: Pod[] }> {
  const { endpoint, socket, pods } = await lab.containerd();
  const made: Pod[] = [];
  for (const name of names) made.push(await pods.run(name, [{ name: 'app' }, { name: 'sidecar' }]));
  return { endpoints: [endpoint], look: [`ctr -a ${socket} -n k8s.io containers list`], pods: made };
}

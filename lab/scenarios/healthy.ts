import type { Lab } from '../lab.ts';
import type { Scenario, Truth } from '../scenario.ts';

/** Of every scenario in which nothing is wrong. */
export const NOTHING_WRONG: Omit<Truth, 'notes'> = { cause: null, subjects: [], exitCode: 0 };

export const healthy: Scenario = {
  name: 'healthy',
  title: { en: 'dockerd with a few containers, nothing wrong', zh: 'dockerd 与几个容器，一切正常' },
  needs: ['docker', 'cgroups'],
  truth: { ...NOTHING_WRONG, notes: { en: 'Exit code 0, no verdict.', zh: '退出码 0，没有结论。' } },
  run: async (lab) => ({ ...(await runIdle(lab, 3)), subjects: [] }),
};

/** Starts idle containers on the lab's dockerd, a few at a time. */
export async function runIdle(
  lab: Lab,
  count: number,
): Promise<{ endpoints: string[]; look: string[]; ids: string[] }> {
  const { api, endpoint } = await lab.dockerd();
  const ids: string[] = [];
  const names = Array.from({ length: count }, (_, i) => `idle-${i + 1}`);
  const startNext = async (): Promise<void> => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      lab.workspace.journal.register({ kind: 'remove-container', socket: api.socket, container: name });
      ids.push(await api.run({ name }));
    }
  };
  await Promise.all(Array.from({ length: 4 }, startNext));
  return { endpoints: [endpoint], look: [`docker -H ${endpoint} ps`], ids };
}

import type { Lab } from '../lab.ts';
import { shimOf } from '../shims.ts';
import { until } from '../wait.ts';
import { stopProcess } from './stop-process.ts';

/**
 * Stops a container's shim with a kill in flight, and waits until the container's status call hangs: dockerd holds its
 * lock until the shim answers.
 * @returns lets the shim run on
 */
export async function hangStatus(lab: Lab, id: string): Promise<() => void> {
  const { api } = await lab.dockerd();
  const resume = await stopProcess(lab.workspace, shimOf((await api.inspect(id)).State.Pid));
  api.stopInBackground(id, 'kill');
  await until({ en: 'its status call to hang', zh: '其状态调用卡住' }, () =>
    api.inspect(id, 700).then(
      () => false,
      () => true,
    ),
  );
  return resume;
}

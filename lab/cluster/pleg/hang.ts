import { stopProcess } from '../../faults/stop-process.ts';
import type { Lab } from '../../lab.ts';
import { shimOf } from '../../shims.ts';
import { until } from '../../wait.ts';
import type { Cluster } from '../cluster.ts';
import { CRASHING, createPod, untilContainer, untilRunning } from '../pods.ts';

/** A container that hangs beside one that crashes, for which the kubelet asks for both. @returns its id */
export async function hangOne(cluster: Cluster, lab: Lab): Promise<string> {
  const { api } = await lab.dockerd();
  await createPod(cluster, 'hung', [{ name: 'hung' }, CRASHING]);
  const id = await untilRunning(cluster, 'hung', 'hung');
  await untilContainer(cluster, 'hung', CRASHING.name, (c) => c.restartCount >= 1);
  await stopProcess(lab.workspace, shimOf((await api.inspect(id)).State.Pid));
  api.stopInBackground(id, 'kill');
  await until({ en: 'its status call to hang', zh: '其状态调用卡住' }, () =>
    api.inspect(id, 700).then(
      () => false,
      () => true,
    ),
  );
  return id;
}

import { squeezePids } from '../../faults/squeeze.ts';
import { createPod, untilEvent, untilRunning } from '../pods.ts';
import { BRISKLY, type ClusterScenario } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = BRISKLY;

/** Started together before the squeeze: so the daemons have the threads that they will need. */
const WARMING = ['warm-1', 'warm-2', 'warm-3', 'warm-4'];
/** Enough for a daemon that wants one more thread, too few for a shim and its runc. */
const SPARE = 8;

export const pidSqueeze: ClusterScenario = {
  name: 'pid-squeeze',
  title: {
    en: 'the cgroup of dockerd and containerd has no room for another shim, and a pod is to start',
    zh: 'dockerd 与 containerd 所在 cgroup 容不下新的 shim，此时要启动一个 Pod',
  },
  runtime: 'docker',
  timing,
  truth: {
    cause: 'pid-exhaustion',
    subjects: ['cgroup'],
    exitCode: 1,
    // List and status calls start no process.
    ready: 'True',
    shortened,
    notes: { en: 'What runs goes on; nothing can be started.', zh: '已在运行的继续运行；新的都无法启动。' },
  },
  inject: async (cluster, lab) => {
    const calm = await runCalmPod(cluster);
    await Promise.all(WARMING.map((name) => createPod(cluster, name, [{ name }])));
    await Promise.all(WARMING.map((name) => untilRunning(cluster, name, name)));
    await squeezePids(lab.workspace, { spare: SPARE });
    await createPod(cluster, 'unstartable', [{ name: 'app' }]);
    await untilEvent(cluster, 'unstartable', /resource temporarily unavailable/i);
    return { ...calm, subjects: [{ kind: 'cgroup', anyOf: [`/${lab.workspace.name}/daemons`] }] };
  },
};

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../scenario.ts';
import { runIdle } from './healthy.ts';

// In a mount namespace of its own, which ends with the program that it runs: the machine's /var/lib stays as it is.
const SCRIPT = `#!/bin/sh
set -e
mount -t tmpfs tmpfs /var/lib
mkdir -p /var/lib/kubelet/pods/8d2c3a52-0d26-4d0c-8b5f-0b9a0f1f2f11
echo 'kind: KubeletConfiguration' > /var/lib/kubelet/config.yaml
exec "$@"
`;

export const kubeletGone: Scenario = {
  name: 'kubelet-gone',
  title: {
    en: 'a host with the settings and pods of a kubelet, and no kubelet',
    zh: '主机上有 kubelet 的配置与 Pod，却没有 kubelet 进程',
  },
  needs: ['docker', 'cgroups'],
  truth: {
    cause: 'kubelet-down',
    subjects: ['component'],
    exitCode: 1,
    notes: { en: 'The runtime is fine; nobody reports the node.', zh: '运行时正常；没有人上报节点状态。' },
  },
  run: async (lab) => {
    const idle = await runIdle(lab, 2);
    const script = join(lab.folder, 'with-kubelet-settings');
    writeFileSync(script, SCRIPT, { mode: 0o755 });
    return {
      endpoints: idle.endpoints,
      subjects: [{ kind: 'component', anyOf: ['kubelet'] }],
      look: idle.look,
      under: ['unshare', '--mount', '--propagation', 'private', script],
    };
  },
};

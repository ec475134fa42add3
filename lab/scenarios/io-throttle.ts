import { relistInBackground } from '../faults/background.ts';
import { squeezeIo } from '../faults/squeeze.ts';
import type { Scenario } from '../scenario.ts';
import { sleep } from '../wait.ts';

export const ioThrottle: Scenario = {
  name: 'io-throttle',
  title: {
    en: 'dockerd may write next to nothing to its disk, and crash loops make it write',
    zh: 'dockerd 对其磁盘的写入被严重限速，而崩溃循环迫使它不断写入',
  },
  needs: ['docker', 'loop', 'cgroups'],
  truth: {
    cause: 'io-saturation',
    subjects: ['component'],
    exitCode: 1,
    notes: {
      en: 'The disk answers, but each write waits for its turn under the ceiling.',
      zh: '磁盘有应答，但每次写入都要在限速下排队。',
    },
  },
  run: async (lab) => {
    const disk = await lab.disk(256);
    const { api, endpoint, daemon } = await lab.dockerd({ dataRoot: disk.mountPoint });
    relistInBackground(lab.workspace, api.socket);
    for (let i = 1; i <= 4; i += 1) {
      await api.run({ name: `crasher-${i}`, cmd: ['/bin/busybox', 'sh', '-c', 'exit 1'], restart: 'always' });
    }
    const path = squeezeIo(lab.workspace, disk, 48 * 1024);
    await sleep(4000);
    return {
      endpoints: [endpoint],
      subjects: [{ kind: 'component', anyOf: [daemon.id.pid] }],
      look: [
        `time docker -H ${endpoint} inspect crasher-1 crasher-2 crasher-3 crasher-4 >/dev/null`,
        `cat ${path}/blkio.throttle.write_bps_device ${path}/io.max 2>/dev/null`,
      ],
    };
  },
};

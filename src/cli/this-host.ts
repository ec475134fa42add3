import type { Host } from '../host/host.ts';
import { harmlessLine } from '../text/untrusted.ts';
import { UserError } from '../text/user-error.ts';
import { ExaminationFailed } from './failure.ts';

/** What is not there may have been: the runtime may be down. What is there and no socket is a slip of the pen. */
export async function refuseOtherThanSockets(host: Host, endpoints: readonly string[]): Promise<void> {
  for (const endpoint of endpoints) {
    const path = endpoint.replace(/^unix:\/\//, '');
    const stat = await host.files.stat(path);
    if (!stat.ok || stat.value.kind === 'socket' || stat.value.kind === 'symlink') continue;
    throw new UserError({
      en: `--runtime-endpoint ${harmlessLine(endpoint, 120)}: a ${stat.value.kind}, not a socket`,
      zh: `--runtime-endpoint ${harmlessLine(endpoint, 120)}：类型为 ${stat.value.kind}，不是套接字`,
    });
  }
}

export function notLinux(): ExaminationFailed {
  return new ExaminationFailed(
    {
      en: `this is ${process.platform}; only a Linux host can be examined`,
      zh: `当前系统是 ${process.platform}，只能检查 Linux 主机`,
    },
    {
      en: 'name a node of a cluster, --node NAME, or diagnose a bundle from it: --bundle FILE',
      zh: '请用 --node NAME 指定集群中的节点，或用 --bundle FILE 诊断从节点收集的病例包',
    },
  );
}

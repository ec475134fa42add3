import { createLinuxHost } from '../host/linux-host.ts';
import { shareReads } from '../probes/shared-reads.ts';
import type { Text } from '../text/text.ts';
import { harmlessLine } from '../text/untrusted.ts';
import { UserError } from '../text/user-error.ts';
import { type Discovered, discover } from '../watch/sources/discover.ts';
import type { Ways } from '../watch/sources/sources.ts';
import { findTarget } from './cluster-target.ts';
import type { CliContext } from './context.ts';
import { ExaminationFailed } from './failure.ts';
import { notLinux, refuseOtherThanSockets } from './this-host.ts';
import { DEFAULT_PERIOD_MS, type WatchOptions } from './watch-options.ts';

/** For all that is looked for before the watch begins. */
const BUDGET_MS = 10_000;
const CALL_MS = 4000;

/**
 * Finds what is to be watched.
 * @throws UserError for what the user can put right; ExaminationFailed where no runtime can be asked
 */
export async function findWays(options: WatchOptions, context: CliContext): Promise<Ways> {
  if (process.platform !== 'linux') throw notLinux();
  const host = createLinuxHost();
  try {
    const request = { options, context, host, budgetMs: BUDGET_MS, callTimeoutMs: CALL_MS };
    const target = await findTarget(request);
    if (target !== null && !target.local) throw onlyOnTheNode(target.nodeName);
    const { runtimeEndpoint = null, period = DEFAULT_PERIOD_MS } = options;
    if (runtimeEndpoint !== null) await refuseOtherThanSockets(host, [runtimeEndpoint]);
    const found = await discover(shareReads(host, host.now() + BUDGET_MS), {
      runtimeEndpoint,
      nodeName: target?.nodeName ?? null,
      access: target?.access ?? null,
      periodMs: period,
    });
    if ('why' in found) throw noRuntime(found);
    return found;
  } finally {
    host.files.close();
  }
}

function onlyOnTheNode(name: string): UserError {
  return new UserError(
    {
      en: `watch looks at the runtime itself, and this is not ${name}`,
      zh: `watch 直接查看运行时，而本机不是 ${name}`,
    },
    { en: `run notready watch on ${name}`, zh: `请在 ${name} 上运行 notready watch` },
  );
}

const NAME_ONE: Text = {
  en: 'name one: --runtime-endpoint unix:///run/containerd/containerd.sock',
  zh: '请指定：--runtime-endpoint unix:///run/containerd/containerd.sock',
};

function noRuntime({ why, endpoint }: Extract<Discovered, { why: string }>): ExaminationFailed {
  const shown = harmlessLine(endpoint, 120);
  switch (why) {
    case 'none':
      return new ExaminationFailed(
        { en: 'no container runtime was found on this host', zh: '本机没有找到容器运行时' },
        NAME_ONE,
      );
    case 'no-permission':
      return new ExaminationFailed(
        { en: `${shown} may not be asked by this user`, zh: `当前用户无权访问 ${shown}` },
        { en: 'run as root: sudo notready watch', zh: '请以 root 运行：sudo notready watch' },
      );
    case 'absent':
      return new ExaminationFailed({ en: `${shown} is not there`, zh: `${shown} 不存在` }, NAME_ONE);
  }
}

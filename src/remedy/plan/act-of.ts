import type { Remedy } from '../../causes/cause.ts';
import { say } from '../../causes/support/say.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import type { HostAct } from '../act.ts';
import { containerOfShim, processRef, serviceRef } from './case-facts.ts';

/** What notready can do of a remedy, or why a person must. */
export type Mapped = { readonly acts: readonly HostAct[] } | { readonly leftBecause: Text };

const NO_START = say(
  'The case does not hold the process’s start time, and a pid alone is never acted on.',
  '病例中没有该进程的启动时间；只凭 pid 不会动手。',
);
const NO_TARGET = say('The case does not name the one thing to act on.', '病例没有指明具体的操作对象。');
const OF_THE_SITE = say('It depends on your site; notready does not do it.', '取决于具体环境，notready 不代为执行。');
const NO_SHIM = say('The case does not say whose shim it is.', '病例没有说明它是哪个容器的 shim。');

/** Every word that causes have for an action and that notready can do; all others are left to people. */
const ACTS: Readonly<Record<string, (view: CaseView, remedy: Remedy) => Mapped>> = {
  'thaw-filesystem': (_, { on }) =>
    on?.kind === 'mountpoint' ? one({ kind: 'thaw-filesystem', mountpoint: on.path }) : left(NO_TARGET),
  'resume-device': (_, { on }) =>
    on?.kind === 'device' ? one({ kind: 'resume-device', name: on.name }) : left(NO_TARGET),
  'abort-fuse-connection': (_, { on }) =>
    on?.kind === 'fuse-connection'
      ? one({ kind: 'abort-fuse-connection', connection: on.connection })
      : left(NO_TARGET),
  'force-unmount': (_, { on }) =>
    on?.kind === 'mountpoint' ? one({ kind: 'lazy-unmount', mountpoint: on.path }) : left(NO_TARGET),
  'resume-shim': resume,
  'resume-runtime': resume,
  'resume-kubelet': resume,
  'kill-process': (view, remedy) => end(view, remedy, false),
  'kill-cni-plugin': (view, remedy) => end(view, remedy, true),
  'kill-shim': killShim,
  'restart-runtime': restart,
  'start-runtime': restart,
  'restart-kubelet': restart,
  reboot: () => ({
    acts: [
      { kind: 'reboot', how: 'orderly' },
      { kind: 'reboot', how: 'sysrq' },
    ],
  }),
};

/** @param remedy one that works */
export function actsOf(view: CaseView, remedy: Remedy): Mapped {
  return ACTS[remedy.action]?.(view, remedy) ?? left(OF_THE_SITE);
}

/** The remedies that {@link actsOf} can do something for. */
export const DOABLE: readonly string[] = Object.keys(ACTS);

function one(act: HostAct): Mapped {
  return { acts: [act] };
}

function left(leftBecause: Text): Mapped {
  return { leftBecause };
}

function resume(view: CaseView, { on }: Remedy): Mapped {
  if (on?.kind !== 'process') return left(NO_TARGET);
  const process = processRef(view, on.pid);
  return process === null ? left(NO_START) : one({ kind: 'resume-process', process });
}

function end(view: CaseView, { on }: Remedy, gentle: boolean): Mapped {
  if (on?.kind !== 'process') return left(NO_TARGET);
  const process = processRef(view, on.pid);
  return process === null ? left(NO_START) : one({ kind: 'end-process', process, gentle });
}

function killShim(view: CaseView, { on }: Remedy): Mapped {
  if (on?.kind !== 'process') return left(NO_TARGET);
  const process = processRef(view, on.pid);
  const containerId = containerOfShim(view, on.pid);
  if (process === null) return left(NO_START);
  return containerId === null ? left(NO_SHIM) : one({ kind: 'kill-shim', process, containerId });
}

function restart(view: CaseView, { on }: Remedy): Mapped {
  return on?.kind === 'daemon' ? one({ kind: 'restart-service', service: serviceRef(view, on.name) }) : left(NO_TARGET);
}

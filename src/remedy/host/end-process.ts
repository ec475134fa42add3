import { isDaemonName, isShimName } from '../../host/runtime-names.ts';
import type { ProcessRef } from '../act.ts';
import { endProcess, refusalOfSecondKill } from './ending.ts';
import type { ActHandler, ActOf, UnmetPrecondition } from './handler.ts';
import { lookAt, nameOf, type ProcessLook, refusalToSignal } from './process-look.ts';

/** How long SIGTERM has its chance, at most half of the act's time. */
const GENTLE_MS = 5000;

/** A child of a runtime that hangs: runc, a CNI plugin, an exec. */
export const endProcessAct: ActHandler<ActOf<'end-process'>> = {
  check: async ({ process }, deps) =>
    refusalToEnd(process, await lookAt(deps, process.pid)) ?? (await refusalOfSecondKill(deps, process)),

  perform: ({ process, gentle }, deps, context) =>
    endProcess(deps, process, gentle ? Math.min(GENTLE_MS, context.leftMs() / 2) : 0, context),
};

export function refusalToEnd(process: ProcessRef, look: ProcessLook): UnmetPrecondition | null {
  const refusal = refusalToSignal(process, look);
  if (refusal !== null) return refusal;
  const comm = look.stat === null || 'error' in look.stat ? process.comm : look.stat.comm;
  if (!isDaemonName(comm) && !isShimName(comm)) return null;
  const name = nameOf(process.pid, comm);
  return {
    id: 'not-a-daemon',
    text: {
      en: `${name} is a daemon or a shim: restart the service, or kill the shim as such`,
      zh: `${name} 是守护进程或 shim：请重启服务，或按 shim 处理`,
    },
  };
}

import { harmlessLine } from '../../text/untrusted.ts';
import type { ServiceRef } from '../act.ts';
import type { HostActorDeps } from './deps.ts';
import { type ActHandler, type ActOf, refused, type UnmetPrecondition } from './handler.ts';
import { instancesOf, isAmong } from './instances.ts';
import { lookAt, nameOf } from './process-look.ts';
import { restartBySystemd } from './restart-systemd.ts';
import { restartByScript } from './restart-sysv.ts';
import { hasScript, isSystemdRunning } from './service-manager.ts';
import { commOf } from './service-names.ts';

/** Restarts a daemon through what runs it, and waits for a new process of it that answers. */
export const restartService: ActHandler<ActOf<'restart-service'>> = {
  check: async ({ service }, deps) =>
    (await refusalOfManager(service, deps)) ?? (await refusalOfInstance(service, deps)),

  perform: async ({ service }, deps, context) => {
    const { manager } = service;
    if (manager === null) return refused(withoutManager(service));
    return manager.kind === 'systemd'
      ? restartBySystemd(service, unitName(manager.unit), deps, context)
      : restartByScript(service, manager.unit, deps, context);
  },
};

function unitName(unit: string): string {
  return unit.endsWith('.service') ? unit : `${unit}.service`;
}

async function refusalOfManager(service: ServiceRef, deps: HostActorDeps): Promise<UnmetPrecondition | null> {
  const { manager } = service;
  if (manager === null) return withoutManager(service);
  const unit = harmlessLine(manager.unit, 100);
  const systemd = await isSystemdRunning(deps);
  if (manager.kind === 'systemd' && !systemd) {
    return {
      id: 'has-a-manager',
      text: {
        en: `systemd does not run here: ${unit} cannot be restarted`,
        zh: `此处未运行 systemd：无法重启 ${unit}`,
      },
    };
  }
  if (manager.kind === 'sysv' && !(await hasScript(deps, manager.unit))) {
    const text = { en: `there is no init script ${unit}`, zh: `没有 init 脚本 ${unit}` };
    return { id: 'has-a-manager', text };
  }
  return null;
}

function withoutManager({ name, process }: ServiceRef): UnmetPrecondition {
  const what = harmlessLine(name, 40);
  const who = process === null ? what : nameOf(process.pid, process.comm);
  return {
    id: 'has-a-manager',
    text: {
      en: `no systemd unit and no init script runs ${what}: end ${who} and start it again the way it was started (its command line: /proc/PID/cmdline)`,
      zh: `没有 systemd unit 或 init 脚本管理 ${what}：请结束 ${who}，再以原来的方式启动（其命令行见 /proc/PID/cmdline）`,
    },
  };
}

/** A service that is down may be restarted; one that someone has restarted since the plan was made may not. */
async function refusalOfInstance(service: ServiceRef, deps: HostActorDeps): Promise<UnmetPrecondition | null> {
  const { process } = service;
  if (process === null) return null;
  const { stat, bootId } = await lookAt(deps, process.pid);
  const rebooted = process.bootId !== undefined && bootId !== null && process.bootId !== bootId;
  if (!rebooted && stat !== null && !('error' in stat) && stat.startTicks === process.startTicks) return null;
  const now = await instancesOf(deps, commOf(service));
  const newer = now.find(
    (i) => rebooted || (i.startTicks > process.startTicks && !isAmong(i, [{ ...process, state: '' }])),
  );
  if (newer === undefined) return null;
  const name = nameOf(newer.pid, process.comm);
  return {
    id: 'same-process',
    text: {
      en: `it has been restarted since: ${name} runs now, not PID ${process.pid}; look again before you restart it`,
      zh: `此后它已被重启：现在运行的是 ${name}，而非 PID ${process.pid}；重启前请重新诊断`,
    },
  };
}

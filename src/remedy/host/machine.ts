import type { ActRun, HostActorDeps } from './deps.ts';
import { isSystemdRunning } from './service-manager.ts';

/** Orders of /proc/sysrq-trigger: sync, remount read-only, reboot. */
export type SysrqKey = 's' | 'u' | 'b';

/** What a reboot asks of the machine itself; tests put a recorder in its place. */
export interface Machine {
  /** Why a reboot cannot be asked for in this way; null where it can. Reads only. */
  lacks(how: 'orderly' | 'sysrq'): Promise<string | null>;
  askOrderly(timeoutMs: number): Promise<ActRun>;
  /** @returns null or an errno name, `TIMEOUT` included */
  sysrq(key: SysrqKey, timeoutMs: number): Promise<string | null>;
}

const SHUTDOWN = ['/sbin/shutdown', '/usr/sbin/shutdown'] as const;

/**
 * The machine that notready runs on. kernel.sysrq masks only the keyboard: a write to the trigger is always obeyed, and
 * only root may write it (Documentation/admin-guide/sysrq.rst).
 */
export function linuxMachine({ host, programs }: Pick<HostActorDeps, 'host' | 'programs'>): Machine {
  const trigger = host.proc('sysrq-trigger');
  return {
    lacks: async (how) => {
      if (how === 'sysrq') return (await host.files.stat(trigger)).ok ? null : trigger;
      if (await isSystemdRunning({ host })) return null;
      const found = await Promise.all(SHUTDOWN.map((path) => host.files.stat(host.path(path))));
      return found.some((read) => read.ok) ? null : 'shutdown(8)';
    },
    askOrderly: async (timeoutMs) => {
      const options = { timeoutMs, atDeadline: 'leave' } as const;
      return (await isSystemdRunning({ host }))
        ? programs.run(['systemctl', '--no-ask-password', 'reboot'], options)
        : programs.run(['shutdown', '-r', 'now'], options);
    },
    sysrq: (key, timeoutMs) => programs.write(trigger, key, timeoutMs),
  };
}

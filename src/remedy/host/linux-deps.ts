import type { Host } from '../../host/host.ts';
import { actPrograms } from './act-programs.ts';
import { answers } from './answers.ts';
import type { HostActorDeps } from './deps.ts';
import { openEngine } from './engines.ts';
import { linuxMachine } from './machine.ts';
import { signalSender } from './send-signal.ts';

/** The host that notready runs on. */
export function linuxActorDeps(host: Host): HostActorDeps {
  const programs = actPrograms();
  return {
    host,
    programs,
    sendSignal: signalSender((path) => host.proc(path)),
    openEngine,
    answers,
    machine: linuxMachine({ host, programs }),
    initDirectory: host.path('/etc/init.d'),
    ownPid: process.pid,
  };
}

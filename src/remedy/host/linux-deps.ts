import type { Host } from '../../host/host.ts';
import { actPrograms } from './act-programs.ts';
import type { HostActorDeps } from './deps.ts';
import { openEngine } from './engines.ts';
import { signalSender } from './send-signal.ts';

/** The host that notready runs on. */
export function linuxActorDeps(host: Host): HostActorDeps {
  return {
    host,
    programs: actPrograms(),
    sendSignal: signalSender((path) => host.proc(path)),
    openEngine,
    ownPid: process.pid,
  };
}

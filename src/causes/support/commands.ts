import type { EntityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import { shellCommand } from '../../text/shell.ts';
import { componentNameOf, runningComponents } from './components.ts';
import { unitOf } from './daemons.ts';
import { pathOf } from './engines.ts';
import { runsSystemd } from './host.ts';
import { idRest, nameOf, shortId } from './names.ts';

/** How the operator would remove this container with the runtime that lists it. */
export function removeCommand(view: CaseView, container: EntityId): string {
  const served = view.to(container, 'served-by');
  const engines = served.length > 0 ? served : view.entities('engine').map((e) => e.id);
  const id = shortId(idRest(container));
  const docker = engines.find((e) => e.startsWith('engine:docker:'));
  if (docker !== undefined) return shellCommand(...dockerClient(nameOf(view, docker)), 'rm', '-f', id);
  const cri = engines.find((e) => e.startsWith('engine:cri:'));
  const client = cri === undefined ? ['crictl'] : ['crictl', '-r', nameOf(view, cri)];
  return shellCommand(...client, 'rm', '-f', id);
}

/** The client, told where the daemon listens if that is not where it looks by itself. */
function dockerClient(endpoint: string): readonly string[] {
  return pathOf(endpoint) === '/run/docker.sock' ? ['docker'] : ['docker', '-H', endpoint];
}

const UNITS: Readonly<Record<string, string>> = {
  dockerd: 'docker',
  containerd: 'containerd',
  crio: 'crio',
  'cri-dockerd': 'cri-docker',
  kubelet: 'kubelet',
};

/** The daemon to restart for this one: itself, or the one that started it and alone can do it again. */
export function restartedDaemon(view: CaseView, component: EntityId): string | null {
  const startedBy = view.fact(component, 'component')?.startedBy ?? null;
  const starter = runningComponents(view).find((c) => c.observation.fact.pid === startedBy);
  return starter?.name ?? componentNameOf(component);
}

/** Restarts a daemon seen here, by the unit of {@link restartedDaemon}. */
export function restartCommand(view: CaseView, component: EntityId): string | null {
  const name = restartedDaemon(view, component);
  return name === null ? null : unitCommand(view, 'restart', name);
}

/** `systemctl VERB UNIT` for a daemon, or what the host has instead of systemd; its usual unit where none was seen. */
export function unitCommand(view: CaseView, verb: 'restart' | 'start', name: string): string {
  const unit = unitOf(view, name) ?? UNITS[name] ?? name;
  return runsSystemd(view) ? shellCommand('systemctl', verb, unit) : shellCommand('service', unit, verb);
}

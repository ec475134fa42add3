import type { EntityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import { unitOf } from './daemons.ts';
import { idRest, shortId } from './names.ts';
import { shellCommand } from './shell.ts';

/** How the operator would remove this container with the runtime that lists it. */
export function removeCommand(view: CaseView, container: EntityId): string {
  const engine = view.to(container, 'served-by')[0];
  const docker =
    engine?.startsWith('engine:docker:') ?? view.entities('engine').some((e) => e.id.startsWith('engine:docker:'));
  const id = shortId(idRest(container));
  return docker ? shellCommand('docker', 'rm', '-f', id) : shellCommand('crictl', 'rm', '-f', id);
}

const UNITS: Readonly<Record<string, string>> = {
  dockerd: 'docker',
  containerd: 'containerd',
  crio: 'crio',
  'cri-dockerd': 'cri-docker',
  kubelet: 'kubelet',
};

/** `systemctl VERB UNIT` for a daemon; its usual unit where none was seen. */
export function unitCommand(view: CaseView, verb: 'restart' | 'start' | 'status', name: string): string {
  return shellCommand('systemctl', verb, unitOf(view, name) ?? UNITS[name] ?? name);
}

import { enginesOf, runningComponents } from '../../causes/support/components.ts';
import { unitOf } from '../../causes/support/daemons.ts';
import { runsSystemd } from '../../causes/support/host.ts';
import { nameOf } from '../../causes/support/names.ts';
import { entityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { ProcessRef, ServiceRef } from '../act.ts';

/** A process with its start time; null where the case file does not hold it: a pid alone is never acted on. */
export function processRef(view: CaseView, pid: number): ProcessRef | null {
  const id = entityId.process(pid);
  const fact = view.fact(id, 'process');
  if (fact !== null) return { pid, startTicks: fact.startTicks, comm: fact.comm };
  const plugin = view.fact(id, 'cni-call');
  return plugin?.startTicks === undefined ? null : { pid, startTicks: plugin.startTicks, comm: plugin.plugin };
}

/** The container that a shim was started for; null where the case file does not say. */
export function containerOfShim(view: CaseView, pid: number): string | null {
  return view.fact(entityId.shim(pid), 'shim')?.containerId ?? null;
}

/** Usual names of units and init scripts of the daemons. */
const SERVICES: Readonly<Record<string, string>> = {
  dockerd: 'docker',
  containerd: 'containerd',
  crio: 'crio',
  'cri-dockerd': 'cri-docker',
  kubelet: 'kubelet',
};

/** @param daemon `dockerd`, `containerd`, `crio`, `cri-dockerd`, `kubelet` */
export function serviceRef(view: CaseView, daemon: string): ServiceRef {
  const seen = unitOf(view, daemon);
  const systemd = runsSystemd(view) && view.all('host').length > 0;
  const name = SERVICES[daemon] ?? daemon;
  const kind = seen !== null || systemd ? 'systemd' : 'sysv';
  const running = runningComponents(view).find((c) => c.name === daemon);
  const pid = running?.observation.fact.pid ?? null;
  const engine = running === undefined ? undefined : enginesOf(view, running)[0];
  return {
    role: daemon === 'kubelet' ? 'kubelet' : 'runtime',
    name,
    manager: { kind, unit: kind === 'systemd' ? (seen ?? `${name}.service`) : name },
    process: pid === null ? null : processRef(view, pid),
    ...(engine === undefined ? {} : { endpoint: nameOf(view, engine) }),
  };
}

/** Whether a restart of this daemon stops the node's containers: dockerd without live-restore does. */
export function stopsContainers(view: CaseView, service: ServiceRef): boolean {
  if (service.name !== 'docker') return false;
  const docker = view.all('engine').filter((o) => o.fact.kind === 'docker');
  return !docker.some((o) => o.fact.liveRestore === true);
}

/** What the API server says of the node. */
export interface NodeView {
  readonly name: string;
  readonly ready: boolean | null;
  readonly unschedulable: boolean;
}

/** Null where the case has not the node's object: then nothing can be done through the API server. */
export function nodeView(view: CaseView): NodeView | null {
  const object = view.latest(entityId.node(), 'node-object')?.fact;
  if (object === undefined) return null;
  const ready = view.latest(entityId.node(), 'node-ready')?.fact.status;
  return {
    name: object.name,
    ready: ready === undefined ? null : ready === 'True',
    unschedulable: object.unschedulable,
  };
}

import type { EntityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';

/** The first 12 digits, as docker and crictl print them. */
export function shortId(containerId: string): string {
  return containerId.slice(0, 12);
}

/** The part of an entity's id after its kind. */
export function idRest(id: EntityId): string {
  return id.slice(id.indexOf(':') + 1);
}

/** What a person calls an entity, the same in every language: `prod/web-0/app (8ca961fa0d0b)`, `dockerd[812]`, `/data (ext4 on /dev/loop0)`. */
export function nameOf(view: CaseView, id: EntityId): string {
  const known = view.entity(id)?.name;
  if (id.startsWith('container:')) return containerName(view, id, known);
  if (id.startsWith('mount:')) return mountName(view, id, known);
  if (id.startsWith('process:')) return `${view.fact(id, 'process')?.comm ?? known ?? 'pid'}[${idRest(id)}]`;
  if (id.startsWith('component:')) return componentName(id);
  if (id.startsWith('shim:')) return `shim[${idRest(id)}]`;
  if (id.startsWith('device:')) return deviceName(view, id) ?? known ?? idRest(id);
  if (id.startsWith('engine:')) return view.fact(id, 'engine')?.endpoint ?? known ?? idRest(id);
  if (id.startsWith('thread:')) return idRest(id).split('/')[1] ?? idRest(id);
  return known ?? idRest(id);
}

function containerName(view: CaseView, id: EntityId, known: string | undefined): string {
  const fact = view.fact(id, 'container');
  const short = shortId(idRest(id));
  const k8s = fact?.kubernetes;
  if (k8s) return `${k8s.namespace}/${k8s.pod}/${k8s.container} (${short})`;
  const name = fact?.name ?? known;
  return name === undefined || name === '' || name.startsWith(short) ? short : `${name} (${short})`;
}

function mountName(view: CaseView, id: EntityId, known: string | undefined): string {
  const fact = view.fact(id, 'mount');
  if (fact === null) return known ?? idRest(id);
  return `${fact.mountPoint} (${fact.fsType} on ${fact.source})`;
}

function deviceName(view: CaseView, id: EntityId): string | null {
  const name = view.fact(id, 'block-device')?.name;
  return name === undefined ? null : `/dev/${name}`;
}

function componentName(id: EntityId): string {
  const [name, pid] = idRest(id).split('@');
  return pid === undefined || pid === 'absent' ? `${name}` : `${name}[${pid}]`;
}

import { idRest, nameOf } from '../causes/support/names.ts';
import type { EntityId } from '../evidence/entity.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Subject } from './diagnosis.ts';

type Attrs = Record<string, string | number | boolean>;

/** Subjects with the ids by which an operator reaches them: container id, pid, tid, path, device. */
export function toSubjects(view: CaseView, ids: readonly EntityId[]): readonly Subject[] {
  return [...new Set(ids)].map((id) => toSubject(view, id));
}

function toSubject(view: CaseView, id: EntityId): Subject {
  const kind = id.slice(0, id.indexOf(':'));
  const attrs = { ...view.entity(id)?.attrs, ...identify(view, id, kind) };
  // Taken by the subject's own fields.
  const { kind: _kind, name: _name, id: _id, ...rest } = attrs as Attrs;
  return { kind, name: nameOf(view, id), id, attrs: rest };
}

function identify(view: CaseView, id: EntityId, kind: string): Attrs {
  switch (kind) {
    case 'container':
      return containerAttrs(view, id);
    case 'process':
      return { pid: Number(idRest(id)), ...defined({ comm: view.fact(id, 'process')?.comm }) };
    case 'shim':
      return { pid: Number(idRest(id)) };
    case 'thread': {
      const [pid, tid] = idRest(id).split('/');
      return { pid: Number(pid), tid: Number(tid), ...defined({ wchan: view.fact(id, 'thread')?.wchan }) };
    }
    case 'mount':
      return mountAttrs(view, id);
    case 'device':
      return { majorMinor: idRest(id), ...defined({ device: deviceName(view, id) }) };
    case 'component':
      return componentAttrs(id);
    case 'engine': {
      const engine = view.fact(id, 'engine');
      return defined({ endpoint: engine?.endpoint, engine: engine?.kind });
    }
    default:
      return {};
  }
}

function containerAttrs(view: CaseView, id: EntityId): Attrs {
  const fact = view.fact(id, 'container');
  const k8s = fact?.kubernetes;
  return {
    containerId: idRest(id),
    ...defined({ containerName: fact?.name, pod: k8s?.pod, namespace: k8s?.namespace, podUid: k8s?.podUid }),
  };
}

function mountAttrs(view: CaseView, id: EntityId): Attrs {
  const fact = view.fact(id, 'mount');
  if (fact === null) return {};
  return {
    path: fact.mountPoint,
    device: fact.source,
    majorMinor: fact.majorMinor,
    fsType: fact.fsType,
    mountNamespace: fact.namespace,
  };
}

function deviceName(view: CaseView, id: EntityId): string | undefined {
  const name = view.fact(id, 'block-device')?.name;
  return name === undefined ? undefined : `/dev/${name}`;
}

function componentAttrs(id: EntityId): Attrs {
  const [component = '', pid = 'absent'] = idRest(id).split('@');
  return pid === 'absent' ? { component } : { component, pid: Number(pid) };
}

/** Without what is not known. */
function defined(attrs: Readonly<Record<string, string | number | null | undefined>>): Attrs {
  return Object.fromEntries(
    Object.entries(attrs).filter((e): e is [string, string | number] => e[1] !== null && e[1] !== undefined),
  );
}

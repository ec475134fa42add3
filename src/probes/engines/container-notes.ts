import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { ProbeRecorder, SourceRecorder } from '../../evidence/recorder.ts';
import type { ContainerFact } from './container-record.ts';

/** Writes a container down: the fact, the entity under the name people know it by, its pod, its engine, its process. */
export function noteContainer(
  record: ProbeRecorder,
  source: SourceRecorder,
  engine: EntityId,
  fact: ContainerFact,
): void {
  const id = nameContainer(record, fact);
  record.link(id, 'served-by', engine);
  if (fact.pid !== null) record.link(id, 'runs', entityId.process(fact.pid));
  source.observe(fact, [id, engine]);
}

/** Names the container and its pod; both can be named before anything is known of their state. */
export function nameContainer(
  record: ProbeRecorder,
  {
    id,
    name,
    image,
    isSandbox,
    kubernetes,
    pid,
  }: Pick<ContainerFact, 'id' | 'name' | 'image' | 'isSandbox' | 'kubernetes' | 'pid'>,
): EntityId {
  const container = entityId.container(id);
  const attrs = {
    containerId: id,
    sandbox: isSandbox,
    ...(image === '' ? {} : { image }),
    ...(pid === null ? {} : { pid }),
  };
  if (kubernetes === null) return record.entity(container, name, attrs);
  const { namespace, pod, podUid } = kubernetes;
  const podId = record.entity(entityId.pod(podUid), `${namespace}/${pod}`, { namespace, pod, podUid });
  const shown = isSandbox ? `${pod} (sandbox)` : `${pod}/${kubernetes.container}`;
  record.entity(container, shown, { ...attrs, namespace, pod, podUid, container: kubernetes.container });
  record.link(container, 'member-of', podId);
  return container;
}

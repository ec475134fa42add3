import type { EntityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { type HeldDaemon, heldShims } from './daemons.ts';
import { type EngineHealth, engines, isPatient, listAnswer } from './engines.ts';
import { memoised } from './memo.ts';

/** What is seen of the shim of a container whose status does not come. */
export type ShimSight =
  | { readonly kind: 'held'; readonly shim: HeldDaemon }
  | { readonly kind: 'gone'; readonly process: Observation<'process'> }
  | { readonly kind: 'alive' | 'unseen' };

/** A container whose own status call hangs although its engine lists containers. */
export interface HungStatus {
  readonly container: EntityId;
  readonly engine: EngineHealth;
  readonly call: Observation<'call'>;
  readonly list: Observation<'call'>;
  readonly shim: ShimSight;
}

/** Status calls that timed out on engines whose list answers. */
export const hungStatuses = memoised((view: CaseView): readonly HungStatus[] =>
  engines(view).flatMap((engine) => {
    const list = listAnswer(engine);
    if (list === null) return [];
    return engine.statuses.filter(timedOut).flatMap((call) => {
      const container = call.about.find((id) => id.startsWith('container:'));
      if (container === undefined) return [];
      const shim = shimOf(view, container);
      return shim.kind === 'held' || isPatient(call) ? [{ container, engine, call, list, shim }] : [];
    });
  }),
);

/** No answer came before the deadline, ours or the daemon's own. */
export function timedOut(o: Observation<'call'>): boolean {
  if (o.fact.outcome === 'timeout') return true;
  return o.fact.outcome === 'error' && /DEADLINE_EXCEEDED|ETIMEDOUT/.test(o.fact.errorCode ?? '');
}

/** What is seen of the shim that serves a container, be it its own or its pod's. */
export function shimOf(view: CaseView, container: EntityId): ShimSight {
  const sandbox = view.fact(container, 'container')?.sandboxId ?? null;
  const owners: EntityId[] = sandbox === null ? [container] : [container, `container:${sandbox}`];
  const shims = owners.flatMap((id) => view.from(id, 'supervises'));
  const held = heldShims(view).find((s) => shims.includes(s.id));
  if (held !== undefined) return { kind: 'held', shim: held };
  if (shims.length > 0) return { kind: 'alive' };
  const orphan = [...view.from(container, 'in-container'), ...view.to(container, 'runs')]
    .map((p) => view.latest(p, 'process'))
    .find((o) => o?.fact.adopted === true);
  return orphan ? { kind: 'gone', process: orphan } : { kind: 'unseen' };
}

/** Containers of the same pod, itself not among them. */
export function podMates(view: CaseView, container: EntityId): readonly EntityId[] {
  const pods = view.to(container, 'member-of');
  const linked = pods.flatMap((pod) => view.from(pod, 'member-of'));
  const uid = view.fact(container, 'container')?.kubernetes?.podUid;
  const named =
    uid === undefined
      ? []
      : view
          .all('container')
          .filter((o) => o.fact.kubernetes?.podUid === uid)
          .flatMap((o) => o.about.slice(0, 1));
  return [...new Set([...linked, ...named])].filter((id) => id !== container);
}

/** Pods that hold a container whose status hangs; a container without a pod counts as one. */
export function stuckPods(view: CaseView): number {
  const pods = hungStatuses(view).map(
    (h) =>
      view.to(h.container, 'member-of')[0] ?? view.fact(h.container, 'container')?.kubernetes?.podUid ?? h.container,
  );
  return new Set(pods).size;
}

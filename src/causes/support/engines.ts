import type { EntityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Evidence } from '../cause.ts';
import { cite } from './assessment.ts';
import { type HeldDaemon, heldRuntimes } from './daemons.ts';
import { kubeletEndpoint } from './kubelet.ts';
import { memoised } from './memo.ts';
import { say } from './say.ts';

type Call = Observation<'call'>;

/** How one runtime endpoint answered. */
export interface EngineHealth {
  readonly id: EntityId;
  readonly endpoint: string;
  readonly kind: 'docker' | 'cri' | 'containerd';
  readonly engine: Observation<'engine'> | null;
  /** Calls about the engine as a whole, that is, without status calls. */
  readonly answered: readonly Call[];
  readonly hung: readonly Call[];
  /** Timed out, but after so short a wait that it says little: the examination was out of time, or the host is slow. */
  readonly hurried: readonly Call[];
  /** Nobody listens: connection refused, or no socket. */
  readonly refused: readonly Call[];
  /** One call per container. */
  readonly statuses: readonly Call[];
  /** Daemons that listen there. */
  readonly components: readonly EntityId[];
  /** Of those, the ones that cannot work. */
  readonly held: readonly HeldDaemon[];
  /** The kubelet uses another one, so its Ready does not hang on this. */
  readonly unusedByKubelet: boolean;
}

const NOBODY = /^(?:ECONNREFUSED|ENOENT|UNAVAILABLE|ECONNRESET|EPIPE)$/;

/** A healthy runtime answers in milliseconds; one that starves may need a second or more. */
const PATIENT_MS = 2000;

/** Whether a call was given long enough for its timeout to mean that the other side hangs. */
export function isPatient(call: Observation<'call'>): boolean {
  return call.fact.deadlineMs >= PATIENT_MS;
}

/** Every endpoint that was found or called. */
export const engines = memoised((view: CaseView): readonly EngineHealth[] => {
  const called = view.all('call').flatMap((o) => o.about.filter((id) => id.startsWith('engine:')));
  const known = view.all('engine').flatMap((o) => o.about.filter((id) => id.startsWith('engine:')));
  return [...new Set([...known, ...called])].map((id) => describeEngine(view, id));
});

function describeEngine(view: CaseView, id: EntityId): EngineHealth {
  const [, kind = 'docker', ...rest] = id.split(':');
  const engine = view.latest(id, 'engine');
  const endpoint = engine?.fact.endpoint ?? rest.join(':');
  const calls = view.about(id, 'call');
  const whole = calls.filter((o) => o.fact.call !== 'status');
  const components = componentsOf(view, id, endpoint);
  const held = heldRuntimes(view).filter((d) => components.includes(d.id));
  return {
    id,
    endpoint,
    kind: kind as EngineHealth['kind'],
    engine,
    answered: whole.filter((o) => o.fact.outcome === 'ok'),
    hung: whole.filter((o) => o.fact.outcome === 'timeout' && (held.length > 0 || isPatient(o))),
    hurried: whole.filter((o) => o.fact.outcome === 'timeout' && held.length === 0 && !isPatient(o)),
    refused: whole.filter((o) => o.fact.outcome === 'error' && NOBODY.test(o.fact.errorCode ?? '')),
    statuses: calls.filter((o) => o.fact.call === 'status'),
    components,
    held,
    unusedByKubelet: isUnused(view, endpoint, components),
  };
}

/** Not the kubelet's endpoint, where that is known; else the containerd that dockerd started for itself. */
function isUnused(view: CaseView, endpoint: string, components: readonly EntityId[]): boolean {
  const used = kubeletEndpoint(view);
  if (used !== null) return pathOf(used) !== pathOf(endpoint);
  return components.some(
    (c) => view.fact(c, 'component')?.startedBy !== null && view.fact(c, 'component')?.name === 'containerd',
  );
}

/** Whether all engines among these subjects are such that the kubelet does not call. */
export function besideKubelet(view: CaseView, subjects: readonly EntityId[]): boolean {
  const concerned = engines(view).filter((e) => subjects.includes(e.id));
  return concerned.length > 0 && concerned.every((e) => e.unusedByKubelet);
}

function componentsOf(view: CaseView, id: EntityId, endpoint: string): EntityId[] {
  const linked = view.from(id, 'listens-on').filter((c) => c.startsWith('component:'));
  const listening = view
    .all('component')
    .filter((o) => o.fact.listensOn.some((path) => path === pathOf(endpoint)))
    .flatMap((o) => o.about.slice(0, 1));
  return [...new Set([...linked, ...listening])];
}

/** `unix:///run/docker.sock` as a path; kubelets take both forms. */
export function pathOf(endpoint: string): string {
  return endpoint.replace(/^unix:\/\/(?=\/)/, '').replace(/^\/var\/run\//, '/run/');
}

/** An answer to a listing call: what relist does first. */
export function listAnswer(engine: EngineHealth): Call | null {
  return engine.answered.find((o) => isList(o) || o.fact.call === 'tasks') ?? null;
}

/**
 * A listing call that hangs. Not the list of tasks: containerd asks every shim for it, so that one stopped shim holds
 * it up while the daemon is sound (https://github.com/containerd/containerd/issues/3440).
 */
export function listHang(engine: EngineHealth): Call | null {
  return engine.hung.find(isList) ?? null;
}

/** A call that lists what the daemon itself knows. */
export function isList({ fact }: Call): boolean {
  return fact.call === 'list' || fact.call === 'list-sandboxes';
}

/** What says that no container runtime is here at all; empty where one is, or where it was not looked. */
export function noRuntimeHere(view: CaseView): readonly Evidence[] {
  const gaps = [...view.gaps('docker'), ...view.gaps('cri')];
  const absent = gaps.filter((g) => g.fact.why === 'absent' && !g.fact.partial);
  if (engines(view).length > 0 || view.gaps('docker').length === 0 || view.gaps('cri').length === 0) return [];
  if (absent.length < gaps.length) return [];
  const text = say('No container runtime endpoint was found on this host.', '在本机没有找到容器运行时端点。');
  return absent.slice(0, 1).map((g) => cite(g, text));
}

import type { EntityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { formatDuration } from '../../text/units.ts';
import type { Evidence } from '../cause.ts';
import { cite } from './assessment.ts';
import { callersOf, enginesOf, type RunningComponent } from './components.ts';
import { heldDaemons } from './daemons.ts';
import { say } from './say.ts';
import { THRESHOLDS } from './thresholds.ts';

/** Whether the services of some daemons answer in time; `unknown` where they were not asked. */
export interface ServiceSpeed {
  readonly speed: 'slow' | 'quick' | 'unknown';
  /** The slow ones, or the slowest of the quick ones. */
  readonly evidence: readonly Evidence[];
  readonly subjects: readonly EntityId[];
}

/**
 * How fast the given daemons answer. One container whose status hangs does not make a runtime slow: a shortage slows
 * what all calls share, a hung container only its own. Nor does a daemon that is held (stopped, stuck in D): it answers
 * nothing, whatever it has or lacks.
 */
export function speedOf(view: CaseView, components: readonly RunningComponent[]): ServiceSpeed {
  const held = new Set(heldDaemons(view).map((d) => d.id));
  const daemons = components.filter((c) => !held.has(c.id));
  const calls = [...new Set(daemons.flatMap((c) => callsTo(view, c, held)))];
  const engines = [...new Set(calls.flatMap((o) => o.about.filter((id) => id.startsWith('engine:'))))];
  const kubelets = daemons.filter((c) => c.name === 'kubelet').map((c) => c.id);
  const late = [...lateCalls(calls).map(describeCall), ...kubelets.flatMap((id) => kubeletLate(view, id))];
  if (late.length > 0) return { speed: 'slow', evidence: late, subjects: engines };
  const quick = [...slowestAnswers(calls).map(describeCall), ...kubelets.flatMap((id) => kubeletQuick(view, id))];
  if (quick.length > 0) return { speed: 'quick', evidence: quick, subjects: engines };
  return { speed: 'unknown', evidence: [], subjects: [] };
}

/** Calls on the daemon's own sockets; where none was made, those to the daemons that wait for it. */
function callsTo(
  view: CaseView,
  daemon: RunningComponent,
  held: ReadonlySet<EntityId>,
): readonly Observation<'call'>[] {
  const own = enginesOf(view, daemon).flatMap((engine) => view.about(engine, 'call'));
  if (own.length > 0) return own;
  const callers = callersOf(view, daemon).filter((c) => !held.has(c.id));
  return callers.flatMap((c) => enginesOf(view, c)).flatMap((engine) => view.about(engine, 'call'));
}

function isLate({ fact }: Observation<'call'>): boolean {
  return fact.outcome === 'timeout' || (fact.outcome === 'ok' && fact.tookMs >= THRESHOLDS.slowCall.value);
}

function lateCalls(calls: readonly Observation<'call'>[]): readonly Observation<'call'>[] {
  const shared = calls.filter((o) => o.fact.call !== 'status' && isLate(o));
  const status = calls.filter((o) => o.fact.call === 'status');
  const lateStatus = status.filter(isLate);
  const spread = lateStatus.length >= 3 && lateStatus.length * 2 >= status.length;
  return [...shared, ...(spread ? lateStatus : [])].sort((a, b) => b.fact.tookMs - a.fact.tookMs).slice(0, 3);
}

function slowestAnswers(calls: readonly Observation<'call'>[]): readonly Observation<'call'>[] {
  return calls
    .filter((o) => o.fact.outcome === 'ok' && !isLate(o) && o.fact.call !== 'connect')
    .sort((a, b) => b.fact.tookMs - a.fact.tookMs)
    .slice(0, 1);
}

function describeCall(call: Observation<'call'>): Evidence {
  const name = call.fact.call;
  const took = formatDuration(call.fact.tookMs);
  if (call.fact.outcome === 'timeout') {
    return cite(
      call,
      say(`The ${name} call to the runtime had no answer after ${took}.`, `运行时的 ${name} 调用 ${took} 未返回。`),
    );
  }
  return isLate(call)
    ? cite(call, say(`The runtime took ${took} to answer the ${name} call.`, `运行时的 ${name} 调用耗时 ${took}。`))
    : cite(
        call,
        say(
          `The runtime answers quickly: its slowest call, ${name}, took ${took}.`,
          `运行时响应很快：最慢的 ${name} 调用也只用了 ${took}。`,
        ),
      );
}

function kubeletLate(view: CaseView, kubelet: EntityId): readonly Evidence[] {
  const found: Evidence[] = [];
  const healthz = view.latest(kubelet, 'kubelet-healthz');
  if (healthz && (healthz.fact.outcome === 'timeout' || healthz.fact.tookMs >= THRESHOLDS.slowCall.value)) {
    const took = formatDuration(healthz.fact.tookMs);
    found.push(cite(healthz, say(`The kubelet's /healthz took ${took}.`, `kubelet 的 /healthz 耗时 ${took}。`)));
  }
  const pleg = view.latest(kubelet, 'kubelet-pleg');
  const age = pleg?.fact.lastSeenAgeMs ?? null;
  // A container whose status hangs makes a relist late on a host that lacks nothing.
  const hungStatus = view.all('call').some(({ fact }) => fact.call === 'status' && fact.outcome === 'timeout');
  if (pleg && age !== null && age >= THRESHOLDS.lateRelist.value && !hungStatus) {
    const ago = formatDuration(age);
    const text = say(
      `The kubelet began its last relist ${ago} ago; one a second is usual.`,
      `kubelet 上一次 relist 开始于 ${ago} 前，正常约每秒一次。`,
    );
    found.push(cite(pleg, text));
  }
  return found;
}

function kubeletQuick(view: CaseView, kubelet: EntityId): readonly Evidence[] {
  const healthz = view.latest(kubelet, 'kubelet-healthz');
  if (healthz?.fact.outcome !== 'ok') return [];
  const took = formatDuration(healthz.fact.tookMs);
  return [cite(healthz, say(`The kubelet's /healthz answered in ${took}.`, `kubelet 的 /healthz 在 ${took} 内返回。`))];
}

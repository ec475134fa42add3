import { type EntityId, entityId } from '../evidence/entity.ts';
import type { FactOf } from '../evidence/observation.ts';
import type { ProbeRecorder, SourceRecorder } from '../evidence/recorder.ts';
import { collectSignals, type SeenSignal } from './collect.ts';
import { parseNodeCondition } from './node-condition.ts';
import type { LogLine } from './signature.ts';

export type Log = Extract<FactOf<'log-signal'>['log'], 'kubelet' | 'dockerd' | 'containerd' | 'crio'>;

/** What a log's lines mean, about the component that wrote them and the containers they name. */
export function writeSignals(
  source: SourceRecorder,
  lines: readonly LogLine[],
  name: Log,
  component: EntityId,
): readonly SeenSignal[] {
  const signals = collectSignals(lines, name);
  for (const { at, fact } of signals) source.observe(fact, aboutOf(fact, component), at);
  return signals;
}

/** As {@link writeSignals}, each about the component that its own line names. */
export function observeSignals(record: ProbeRecorder, source: SourceRecorder, signals: readonly SeenSignal[]): void {
  for (const { at, fact } of signals) {
    const component = record.entity(entityId.component(fact.log, null), fact.log);
    source.observe(fact, aboutOf(fact, component), at);
  }
}

function aboutOf({ containerId }: FactOf<'log-signal'>, component: EntityId): readonly EntityId[] {
  // Only a whole id names a container for sure.
  return containerId?.length === 64 ? [component, entityId.container(containerId)] : [component];
}

/** Ready as the log last told it. A kubelet tells at its default verbosity only when Ready is lost, not when it is back. */
export function writeNodeReady(source: SourceRecorder, signals: readonly SeenSignal[]): void {
  const last = signals.findLast(
    ({ fact }) => fact.signal === 'node-became-not-ready' || fact.signal === 'node-became-ready',
  );
  if (!last) return;
  const quoted = parseNodeCondition(last.fact.line);
  const ready = last.fact.signal === 'node-became-ready';
  const told = ready
    ? { status: 'True' as const, reason: 'KubeletReady', message: 'kubelet is posting ready status' }
    : { status: 'False' as const, reason: 'KubeletNotReady', message: '' };
  source.observe(
    { type: 'node-ready', ...(quoted ?? told), since: last.at, by: 'kubelet-log' },
    [entityId.node()],
    last.at,
  );
}

import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import type { LineClock } from '../formats/dates.ts';
import { type BlockReader, type Statement, state } from './block.ts';
import { MOMENT, momentMs } from './kubectl-times.ts';

type Status = FactOf<'node-ready'>['status'];

// `  Ready   False   HEARTBEAT   TRANSITION   KubeletNotReady   message`; pastes leave the times out or cut the rest
const ROW = new RegExp(
  String.raw`^\s*(Ready|MemoryPressure|DiskPressure|PIDPressure|OutOfDisk|NetworkUnavailable)\s+(True|False|Unknown)\b` +
    String.raw`(?:\s+(${MOMENT})\s+(${MOMENT}))?(?:\s+([A-Z][A-Za-z]{2,40}))?(?:\s+(\S.{0,2000}))?$`,
);

/** A row of the conditions table of `kubectl describe node`. Source: kubectl pkg/describe/describe.go, describeNode. */
export const readConditions: BlockReader = (lines, start, clock) => {
  const row = ROW.exec(lines[start] ?? '');
  // A pod's own `Ready  True` tells nothing more.
  if (row === null || row[5] === undefined) return null;
  return { kind: 'node-conditions', taken: 1, statements: [conditionOf(row, clock)] };
};

function conditionOf(row: RegExpExecArray, clock: LineClock): Statement {
  const [, condition = '', status, heartbeat, transition, reason = '', message = ''] = row;
  const heartbeatAt = heartbeat === undefined ? null : momentMs(heartbeat, clock);
  const since = transition === undefined ? null : momentMs(transition, clock);
  const common = { status: status as Status, reason, message: message.trim(), since };
  const fact =
    condition === 'Ready'
      ? ({ type: 'node-ready', ...common, by: 'node-object', heartbeatAt } as const)
      : ({ type: 'node-condition', condition, ...common } as const);
  return state(fact, [entityId.node()], heartbeatAt ?? since);
}

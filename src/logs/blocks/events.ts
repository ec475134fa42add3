import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { matchKernelLine } from '../signatures/kernel.ts';
import { type BlockReader, type ReadBlock, type Statement, state } from './block.ts';
import { AGE, ageMs } from './kubectl-times.ts';

/** An event as a table shows it. */
interface Row {
  readonly last: string;
  readonly first: string | null;
  readonly count: number;
  readonly severity: string;
  readonly reason: string;
  readonly component: string;
  /** `pod/web-0`, `Node/n1`; null where the table does not say. */
  readonly object: string | null;
  readonly message: string;
}

const COUNTED = String.raw`(${AGE}|<unknown>)(?: \(x(\d{1,9}) over (${AGE})\))?`;
// kubectl describe, since 1.8: `Warning  FailedSync  8s (x123314 over 23d)  kubelet, node  message`
const DESCRIBED = new RegExp(
  String.raw`^\s*(Normal|Warning)\s+([A-Z][A-Za-z]{1,60})\s+${COUNTED}\s+(\S+?)(?:, ?(\S+))?\s+(\S.{0,4000})$`,
);
// kubectl get events: `8s  Warning  FailedSync  pod/web-0  message`; with -A a namespace before, with -o wide more between
const LISTED = new RegExp(
  String.raw`^\s*(?:(?!Normal|Warning)[a-z0-9-]{1,63}\s+)?${COUNTED}\s+(Normal|Warning)\s+([A-Z][A-Za-z]{1,60})\s+([A-Za-z]{2,40}/\S{1,253})\s+(\S.{0,4000})$`,
);
// kubectl describe, before 1.8: FirstSeen LastSeen Count From [SubObjectPath] Type Reason Message
const OLD = new RegExp(
  String.raw`^\s*(${AGE})\s+(${AGE})\s+(\d{1,9})\s+(?:\{(\S+) (?:\S+?)\}|(\S+?)(?:, ?\S+)?)\s+(?:spec\.\S+\s+)?(Normal|Warning)\s+([A-Z][A-Za-z]{1,60})\s+(\S.{0,4000})$`,
);

/** A row of an events table in any of kubectl's forms. Source: kubectl pkg/describe/describe.go DescribeEvents, printers of events. */
export const readEvents: BlockReader = (lines, start) => {
  const line = lines[start] ?? '';
  const row = described(line) ?? listed(line) ?? old(line);
  return row === null ? null : block(row);
};

function described(line: string): Row | null {
  const [, severity = '', reason = '', last = '', count, first, component = '', , message = ''] =
    DESCRIBED.exec(line) ?? [];
  if (severity === '') return null;
  return { last, first: first ?? null, count: Number(count ?? 1), severity, reason, component, object: null, message };
}

function listed(line: string): Row | null {
  const [, last, count, first, severity = '', reason = '', object = '', message = ''] = LISTED.exec(line) ?? [];
  if (last === undefined) return null;
  return { last, first: first ?? null, count: Number(count ?? 1), severity, reason, component: '', object, message };
}

function old(line: string): Row | null {
  const match = OLD.exec(line);
  if (match === null) return null;
  const [, first = '', last = '', count, braced, plain = '', severity = '', reason = '', message = ''] = match;
  return { last, first, count: Number(count), severity, reason, component: braced ?? plain, object: null, message };
}

function block(row: Row): ReadBlock {
  return { kind: 'events', taken: 1, statements: [eventOf(row), ...kernelLineOf(row)] };
}

/** node-problem-detector's name for what it reads off the kernel's log. Source: config/kernel-monitor.json. */
const KERNEL_MONITOR = 'kernel-monitor';

/** The line of the kernel that an event of node-problem-detector hands on. */
function kernelLineOf({ component, message, last }: Row): readonly Statement[] {
  const match = component === KERNEL_MONITOR ? matchKernelLine(message) : null;
  if (match === null) return [];
  const fact: FactOf<'kernel-signal'> = { type: 'kernel-signal', ...match, line: message.trim() };
  return [{ ...state(fact, [entityId.node()]), agoMs: ageMs(last) }];
}

/** Reasons that only events about a node itself carry. Source: pkg/kubelet/events/event.go, pkg/controller/nodelifecycle. */
const OF_NODE =
  /^(?:Node[A-Z]|Starting$|Rebooted|Registered|RemovingNode|KubeletSetupFailed|ContainerGCFailed|ImageGCFailed|FreeDiskSpaceFailed|EvictionThresholdMet|SystemOOM|InvalidDiskCapacity|Cordon|Drain)/;

function eventOf(row: Row): Statement {
  const agoMs = ageMs(row.last);
  const spanMs = row.first === null ? null : ageMs(row.first);
  return {
    at: null,
    agoMs,
    about: [subjectOf(row)],
    fact: (at, now) => ({
      type: 'cluster-event',
      reason: row.reason,
      severity: row.severity === 'Warning' ? 'Warning' : 'Normal',
      component: row.component,
      message: row.message.trim(),
      count: row.count,
      firstAt: spanMs === null ? at : Math.min(now - spanMs, at),
    }),
  };
}

function subjectOf({ object, reason }: Row): EntityId {
  const [kind = '', name = ''] = object?.split('/', 2) ?? [];
  if (/^node$/i.test(kind) || (object === null && OF_NODE.test(reason))) return entityId.node();
  return entityId.pod(name === '' ? 'unnamed' : name);
}

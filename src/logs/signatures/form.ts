import type { FactOf } from '../../evidence/observation.ts';
import { parseGoDuration } from '../../text/go-duration.ts';
import type { LogLine, LogWriter, Signature } from '../signature.ts';
import { callOf, errorOf } from './runtime-call.ts';

export type LogSignal = FactOf<'log-signal'>['signal'];
type SignalLog = Exclude<LogWriter, 'kernel'>;

/** A meaning and the words that carry it. */
export interface LogForm {
  readonly id: string;
  readonly signal: LogSignal;
  readonly literals: readonly string[];
  /** Kubelet where not given. */
  readonly component?: SignalLog;
  /** The call that failed, where the words do not name it. */
  readonly call?: string;
  readonly sources: readonly string[];
  readonly means: RegExp;
  /** Must stand in the line as well. */
  readonly and?: RegExp;
  /** The same words mean nothing where these stand beside them. */
  readonly unless?: RegExp;
}

/** A line kept in a case file; a quoted pod object tells no more by its whole length. */
const LINE_LENGTH = 1000;
const TELL_AGE: ReadonlySet<LogSignal> = new Set(['pleg-unhealthy', 'node-became-not-ready']);
const TELL_CALL: ReadonlySet<LogSignal> = new Set(['runtime-call-timeout', 'runtime-call-failed']);

/** The signature of a form whose fact is a log signal. */
export function logForm(form: LogForm): Signature<FactOf<'log-signal'>> {
  const { id, signal, literals, component = 'kubelet', sources } = form;
  const read = (message: string, line: LogLine): FactOf<'log-signal'> | null => {
    if (!holds(form, message)) return null;
    const call = TELL_CALL.has(signal) ? (callOf(message) ?? form.call ?? null) : null;
    return {
      type: 'log-signal',
      signal,
      log: line.component === null || line.component === 'kernel' ? component : line.component,
      line: line.text.slice(0, LINE_LENGTH),
      containerId: containerIdOf(message),
      ageMs: TELL_AGE.has(signal) ? lastSeenAge(message) : null,
      ...(call !== null && { call, error: errorOf(message) }),
    };
  };
  const signature = { id, literals, component, sources, read };
  return isAnchored(form.means) ? signature : { ...signature, holds: (message) => holds(form, message) };
}

/** What must stand at a message's begin is seen only once its header is off. */
function isAnchored(means: RegExp): boolean {
  return means.source.replaceAll('[^', '').replaceAll('(?:^|', '').includes('^');
}

function holds({ means, and, unless }: LogForm, text: string): boolean {
  return means.test(text) && (and?.test(text) ?? true) && !(unless?.test(text) ?? false);
}

/** Go's largest duration, to the hour: what older kubelets print while no relist has succeeded yet. */
const NEVER_MS = 2_562_047 * 3_600_000;

function lastSeenAge(text: string): number | null {
  const duration = /last seen active (\S{2,40}) ago/.exec(text)?.[1];
  const age = duration === undefined ? null : parseGoDuration(duration);
  return age === null || age >= NEVER_MS ? null : Math.round(age);
}

// `containerID="containerd://8069..."`, `ContainerID:8069...`, `"ID":"8069..."`, `podSandboxID="..."`, `id=8069...`
const NAMED_ID =
  /(?:container|sandbox|"|\b)ID["\\]*[:=]\s*["\\]*(?:[a-z-]{1,20}:\/\/)?([0-9a-f]{64}|[0-9a-f]{12})(?![0-9a-f])/i;
const LONG_ID = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/;
// dockerd shortens: `container 8ca961fa0d0b PID 23760 is zombie`
const SHORT_ID = /\bcontainer ["\\]*([0-9a-f]{12})(?![0-9a-f])/i;

function containerIdOf(text: string): string | null {
  return NAMED_ID.exec(text)?.[1] ?? LONG_ID.exec(text)?.[0] ?? SHORT_ID.exec(text)?.[1] ?? null;
}

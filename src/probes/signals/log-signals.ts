import { parseGoDuration } from '../../text/go-duration.ts';
import { type LogRule, type LogSignal, RULES } from './log-rules.ts';

export type { LogSignal } from './log-rules.ts';

/** What a line of a kubelet's or runtime's log means for Ready. */
export interface LogMatch {
  readonly signal: LogSignal;
  /** The container (or sandbox) it speaks of, as long as the line gives it: 64 hexadecimal digits, or 12. */
  readonly containerId: string | null;
  /** `last seen active ... ago`; null elsewhere, and where the PLEG was never seen active. */
  readonly ageMs: number | null;
}

/** Go's largest duration, to the hour: what older kubelets print while no relist has succeeded yet. */
const NEVER_MS = 2_562_047 * 3_600_000;

/**
 * What a log line means; nothing for the most. One line can mean several things: `[container runtime is down, PLEG is
 * not healthy: ...]` means two. Matches on the message and never on file:line, which moves with every release.
 * @param text of one line, in any of the forms that kubelets have written since 1.5: klog text, structured klog, JSON
 */
export function matchLogLine(text: string): readonly LogMatch[] {
  const signals = RULES.filter((rule) => holds(rule, text)).map((rule) => rule.signal);
  if (signals.length === 0) return [];
  const containerId = containerIdOf(text);
  const ageMs = lastSeenAge(text);
  const meaning = signals.includes('node-became-not-ready') ? (['node-became-not-ready'] as const) : signals;
  return [...new Set(meaning)].map((signal) => ({
    signal,
    containerId,
    ageMs: signal === 'pleg-unhealthy' || signal === 'node-became-not-ready' ? ageMs : null,
  }));
}

function holds({ means, and, unless }: LogRule, text: string): boolean {
  return means.test(text) && (and?.test(text) ?? true) && !(unless?.test(text) ?? false);
}

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

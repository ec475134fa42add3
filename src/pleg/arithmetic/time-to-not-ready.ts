import type { RelistRules } from './rules.ts';
import { firstTickAfter, type Moment, type StatusTicks } from './status-ticks.ts';

/** When Ready goes and comes next. */
export interface ReadyForecast {
  /** Null where no relist passes the threshold. */
  readonly nextNotReady: Moment | null;
  /** Unix ms; null while the node is Ready, and where the running relist never ends. */
  readonly readyAgainAt: number | null;
}

/** The relist that was last seen to begin, and those after it. */
export interface KnownRelist {
  /** Unix ms. */
  readonly began: number;
  readonly takesMs: number;
  /** How long each later one takes. */
  readonly laterMs: number;
}

/**
 * When Ready is lost and regained. A relist that began at s and takes T is followed by one that begins at s + T + p
 * (p: the relist period). Its stamp is s, and the kubelet finds the PLEG unhealthy once now - s > threshold. So with
 * T + p > threshold
 *
 *     lost    at the first status tick after s + threshold
 *     regained at the first status tick after s + T + p
 *
 * and never with T + p <= threshold. Relists that must have ended by `now` are counted on to the one that runs.
 * Source: pkg/kubelet/pleg/generic.go (relist, Healthy), pkg/kubelet/kubelet.go (syncNodeStatus) @ v1.20.2.
 */
export function foretellReady(
  relist: KnownRelist,
  now: number,
  ticks: StatusTicks,
  { periodMs, thresholdMs }: RelistRules,
): ReadyForecast {
  const { start, takes, next } = runningRelist(relist, now, periodMs);
  const laterLoss = passes(relist.laterMs, periodMs, thresholdMs) ? firstTickAfter(next + thresholdMs, ticks) : null;
  if (!passes(takes, periodMs, thresholdMs)) return { nextNotReady: laterLoss, readyAgainAt: null };
  const loss = firstTickAfter(start + thresholdMs, ticks);
  if (loss.at > now) return { nextNotReady: loss, readyAgainAt: null };
  return { nextNotReady: laterLoss, readyAgainAt: firstTickAfter(next, ticks).at };
}

/** The same for a relist whose list is never answered: what is lost stays lost. Null where it is lost by now. */
export function foretellStalled(
  began: number,
  now: number,
  ticks: StatusTicks,
  { thresholdMs }: RelistRules,
): ReadyForecast | null {
  const loss = firstTickAfter(began + thresholdMs, ticks);
  return loss.at <= now ? null : { nextNotReady: loss, readyAgainAt: null };
}

function passes(takesMs: number, periodMs: number, thresholdMs: number): boolean {
  return takesMs + periodMs > thresholdMs;
}

/** Counts whole relists on, at once however many they are. */
function runningRelist({ began, takesMs, laterMs }: KnownRelist, now: number, periodMs: number) {
  const second = began + takesMs + periodMs;
  if (second > now) return { start: began, takes: takesMs, next: second };
  const cycle = laterMs + periodMs;
  const start = second + Math.floor((now - second) / cycle) * cycle;
  return { start, takes: laterMs, next: start + cycle };
}

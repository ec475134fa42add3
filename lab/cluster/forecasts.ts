import type { DiagnosisJson } from '../../src/report/schema.ts';
import { losses, returns, type Turn } from './turns.ts';

/** How far a forecast may be from what comes. */
const FORECAST_TOLERANCE_MS = 10_000;

/** What a diagnosis foretold of Ready. */
export interface Forecast {
  /** Name of the look. */
  readonly look: string;
  /** When it was made, Unix ms. */
  readonly madeAt: number;
  readonly of: 'loss' | 'return';
  /** Foretold for, Unix ms. */
  readonly for: number;
}

/** A forecast and what came; null while that is not known: it is not due yet. */
export interface Judged extends Forecast {
  readonly came: number | null;
  /** Null while it is not known. */
  readonly right: boolean | null;
}

/** What one diagnosis foretold; of a list of forecasts, the loss first. */
export function forecastsOf(look: string, madeAt: number, { flaps }: Pick<DiagnosisJson, 'flaps'>): Forecast[] {
  const { nextNotReady = null, readyAgainAt = null } = flaps ?? {};
  return [
    ...(nextNotReady === null ? [] : [{ look, madeAt, of: 'loss', for: Date.parse(nextNotReady.at) } as const]),
    ...(readyAgainAt === null ? [] : [{ look, madeAt, of: 'return', for: Date.parse(readyAgainAt) } as const]),
  ];
}

/** Holds a forecast against how Ready came and went. @param until how far that is known, Unix ms */
export function judge(forecast: Forecast, turns: readonly Turn[], until: number): Judged {
  const came = (forecast.of === 'loss' ? losses(turns) : returns(turns)).find((at) => at > forecast.madeAt) ?? null;
  const open = came === null && until <= forecast.for + FORECAST_TOLERANCE_MS;
  const right = open ? null : came !== null && Math.abs(came - forecast.for) <= FORECAST_TOLERANCE_MS;
  return { ...forecast, came, right };
}

/** In what a forecast differs from what came; empty where it was right or is not due yet. */
export function ofForecast({ look, of, for: foretold, came, right }: Judged): string[] {
  if (right !== false) return [];
  const what = of === 'loss' ? 'the next loss of Ready' : 'the return of Ready';
  const off = came === null ? 0 : Math.round((came - foretold) / 1000);
  const how = came === null ? 'never came' : `came ${Math.abs(off)} s ${off < 0 ? 'earlier' : 'later'}`;
  return [`${look}: ${what} was foretold for ${new Date(foretold).toISOString()} and ${how}`];
}

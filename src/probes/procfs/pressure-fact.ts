import type { FactOf } from '../../evidence/observation.ts';
import type { PressureFile } from './pressure-file.ts';

/** `total=` gives the stall time of the window itself, where the averages decay over 10 s at least. */
export function pressureFact(
  resource: FactOf<'pressure'>['resource'],
  before: PressureFile | null,
  after: PressureFile,
  windowMs: number,
): FactOf<'pressure'> {
  const share = (from: { totalUs: number } | null | undefined, to: { totalUs: number } | null): number | null =>
    from && to ? Math.min(Math.max((to.totalUs - from.totalUs) / 1000 / windowMs, 0), 1) : null;
  const averages = ({ avg10, avg60, avg300 }: PressureFile['some']) => ({ avg10, avg60, avg300 });
  return {
    type: 'pressure',
    resource,
    some: averages(after.some),
    full: after.full && averages(after.full),
    windowMs: before ? windowMs : null,
    windowSome: share(before?.some, after.some),
    windowFull: share(before?.full, after.full),
  };
}

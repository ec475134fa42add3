const NARROWEST = 40;
/** Longer lines are hard to read. */
const WIDEST = 120;

/** Columns to lay a page out for, given those of the terminal. */
export function clampWidth(columns: number): number {
  return Math.min(Math.max(columns, NARROWEST), WIDEST);
}

import type { ReadyStatus } from '../scenario.ts';
import type { Turn } from '../turns.ts';

const BLOCKS: Readonly<Record<ReadyStatus, string>> = { True: '▁', Unknown: '▒', False: '█' };
const MARK = '^';

export interface BarOf {
  /** Unix ms. */
  readonly from: number;
  readonly to: number;
  readonly turns: readonly Turn[];
  /** What is marked below it, Unix ms. */
  readonly marks: readonly number[];
}

/** Ready over time as a row of blocks, and a row with the marks below it. A loss too short for a column still gets one. */
export function barOf({ from, to, turns, marks }: BarOf, columns: number): [blocks: string, marks: string] {
  const column = (at: number): number => {
    const share = (at - from) / Math.max(1, to - from);
    return Math.min(columns - 1, Math.max(0, Math.floor(share * columns)));
  };
  const blocks = Array.from({ length: columns }, () => BLOCKS.True);
  turns.forEach((turn, i) => {
    if (turn.to === 'True') return;
    const end = turns[i + 1]?.at ?? to;
    blocks.fill(BLOCKS[turn.to], column(turn.at), Math.max(column(turn.at) + 1, column(end)));
  });
  const below = Array.from({ length: columns }, () => ' ');
  for (const at of marks) below[column(at)] = MARK;
  return [blocks.join(''), below.join('').trimEnd()];
}

/** What the blocks of such turns mean. */
export function blocksIn(turns: readonly Turn[]): [block: string, ready: ReadyStatus][] {
  const statuses = new Set<ReadyStatus>(['True', ...turns.map((t) => t.to)]);
  return [...statuses].map((ready) => [BLOCKS[ready], ready]);
}

export { MARK };

import { type Text, verbatim } from '../../../src/text/text.ts';
import { formatDuration } from '../../../src/text/units.ts';
import type { Truth } from '../../scenario.ts';
import type { Judged } from '../forecasts.ts';
import * as hold from '../hold-texts.ts';
import { Timeline } from '../timeline.ts';
import type { Turn } from '../turns.ts';
import { barOf, blocksIn, MARK } from './bar.ts';
import type { JudgedCourse } from './judge.ts';

const COLUMNS = 72;

/**
 * A recorded course as it went: Ready over time, and what notready says of it at each look.
 * @param kinds of subjects that are named
 */
export function replay(judged: JudgedCourse, kinds: Truth['subjects'], print: (text: Text) => void): void {
  const { course, looks, turns, forecasts } = judged;
  const from = course.startedAt;
  const to = from + course.lasted * 1000;
  const bar = { from, to, turns, marks: looks.map((l) => l.at) };
  for (const line of barOf(bar, COLUMNS)) print(verbatim(`  ${line}`));
  print(legend(turns, (to - from) / COLUMNS));
  print(verbatim(''));
  const timeline = new Timeline(print, from);
  const clock = (at: number): string => timeline.clock(at);
  const told = [
    ...turns.map((turn) => ({ at: turn.at, text: hold.turned(turn, dueAt(turn, forecasts), clock) })),
    ...looks.map((look) => ({ at: look.at, text: spoken(look.name, hold.saidAt(look, kinds, clock)) })),
  ];
  for (const { at, text } of told.toSorted((a, b) => a.at - b.at)) timeline.tell(text, at);
}

function dueAt({ at }: Turn, forecasts: readonly Judged[]): Judged[] {
  return forecasts.filter((f) => f.came === at);
}

const WHEN: Readonly<Record<string, Text>> = {
  before: { en: ', before the fault', zh: '（故障之前）' },
  after: { en: ', after the fault was taken back', zh: '（故障撤销之后）' },
};

function spoken(look: string, { en, zh }: Text): Text {
  const when = WHEN[look] ?? { en: '', zh: '' };
  return { en: `notready${when.en}: ${en}`, zh: `notready${when.zh}：${zh}` };
}

function legend(turns: readonly Turn[], msAColumn: number): Text {
  const blocks = blocksIn(turns)
    .map(([block, ready]) => `${block} Ready=${ready}`)
    .join('  ');
  const width = formatDuration(msAColumn);
  return {
    en: `  ${blocks}  ${MARK} diagnosed; one column is ${width}`,
    zh: `  ${blocks}  ${MARK} 诊断；每列 ${width}`,
  };
}

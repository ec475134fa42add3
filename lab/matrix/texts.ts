import type { Text } from '../../src/text/text.ts';
import { isRight, type Judged, type Outcome } from './outcome.ts';
import type { Counts, Share } from './table.ts';

export const FROM_RECORDINGS: Text = {
  en: 'What notready says of every recording. Rows: what was wrong; columns: what it says, by the number of the row.',
  zh: '对每份记录的诊断结果。行：事实；列：notready 的结论（以行号表示）。',
};

export const LIVE: Text = {
  en: 'What notready says of every fault, made now. Rows: what was wrong; columns: what it says, by the number of the row.',
  zh: '现场制造每个故障后的诊断结果。行：事实；列：notready 的结论（以行号表示）。',
};

export const RESUMES_ALL: Text = {
  en: '--resume goes on with a run over all scenarios; name none',
  zh: '--resume 用于继续全部场景的运行，不能同时指定场景',
};

export const ALL_RIGHT: Text = { en: 'All is as it should be.', zh: '全部正确。' };

export function resume(left: number): Text {
  return {
    en: `${left} could not be made; try those again with: notready lab matrix --live --resume`,
    zh: `${left} 个场景未能完成；可用 notready lab matrix --live --resume 重试`,
  };
}

export function resumed(done: number): Text {
  return { en: `${done} were made before and are not made again.`, zh: `${done} 个场景此前已完成，不再重做。` };
}

/** One line of progress. */
export function made(number: number, all: number, outcome: Outcome): Text {
  const head = `[${number}/${all}] ${outcome.scenario}`;
  if (outcome.failure !== null) {
    return { en: `${head}: could not be made: ${outcome.failure}`, zh: `${head}：未能完成：${outcome.failure}` };
  }
  if (isRight(outcome)) return { en: `${head}: right`, zh: `${head}：正确` };
  const found = outcome.judged.flatMap((j) => j.differences).join('; ');
  return { en: `${head}: wrong: ${found}`, zh: `${head}：有误：${found}` };
}

export function wrongIn(outcome: Outcome): Text[] {
  const { scenario, failure, judged } = outcome;
  if (failure !== null) {
    return [{ en: `${scenario}: not diagnosed: ${failure}`, zh: `${scenario}：未能诊断：${failure}` }];
  }
  return judged.filter((j) => j.differences.length > 0).map((j) => wrongAt(scenario, j));
}

function wrongAt(scenario: string, { look, differences }: Judged): Text {
  const where = look === null ? scenario : `${scenario} ${look}`;
  const what = differences.join('; ');
  return { en: `${where}: ${what}`, zh: `${where}：${what}` };
}

export function counted(scenarios: number, diagnoses: number, { cause, subjects, falseAlarms }: Counts): Text {
  const of = ({ part, all }: Share): string => `${part}/${all}`;
  return {
    en: `${scenarios} scenarios, ${diagnoses} diagnoses: right cause ${of(cause)}, right subjects ${of(subjects)}, false alarms ${of(falseAlarms)}`,
    zh: `${scenarios} 个场景，${diagnoses} 次诊断：原因正确 ${of(cause)}，对象正确 ${of(subjects)}，误报 ${of(falseAlarms)}`,
  };
}

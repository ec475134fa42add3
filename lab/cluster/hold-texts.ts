import type { Text } from '../../src/text/text.ts';
import { verbatim } from '../../src/text/text.ts';
import { formatDuration } from '../../src/text/units.ts';
import type { Truth } from '../scenario.ts';
import { foretold } from './flaps.ts';
import type { Judged } from './forecasts.ts';
import type { HeldLook } from './held.ts';
import type { ReadyStatus } from './scenario.ts';
import type { Turn } from './turns.ts';

/** What is said while a scenario is held against its truth. */
export const TAKING_BACK: Text = { en: 'taking the fault back', zh: '正在撤销故障' };
export const MAKING: Text = { en: 'making the fault', zh: '正在制造故障' };
export const LOOKING_ALONG: Text = { en: 'taking down what is seen', zh: '正在取证' };
export const IS_TAKEN_BACK: Text = {
  en: 'the fault is taken back, and the node is Ready',
  zh: '故障已撤销，节点 Ready',
};
export const DIAGNOSING: Text = { en: 'notready diagnose', zh: 'notready diagnose' };

export const UNTIL_RELIST: Text = {
  en: 'until the kubelet’s relist meets the fault',
  zh: '等待 kubelet 的 relist 遇到该故障',
};

/** @param foretold for when, as a clock says it */
export function waitingFor(ready: ReadyStatus | null, foretold: string | null): Text {
  if (ready === null) return { en: 'waiting until nobody can read Ready', zh: '等待 Ready 无从读取' };
  return {
    en: `waiting for Ready=${ready}${foretold === null ? '' : `, foretold for ${foretold}`}`,
    zh: `等待 Ready=${ready}${foretold === null ? '' : `，预测为 ${foretold}`}`,
  };
}

export function faultIsThere(look: readonly string[]): Text {
  const lines = look.map((command) => `\n           ${command}`).join('');
  return { en: `the fault is there; to see it yourself:${lines}`, zh: `故障已制造；可自行查看：${lines}` };
}

type Clock = (at: number) => string;

/** `Ready=False, as foretold at 0:21 for 5:12 (2 s off)` */
export function turned({ at, to }: Turn, due: readonly Judged[], clock: Clock): Text {
  if (due.length === 0) return verbatim(`Ready=${to}`);
  const off = (f: Judged): number => Math.round(Math.abs(at - f.for) / 1000);
  const en = due.map((f) => `at ${clock(f.madeAt)} for ${clock(f.for)} (${off(f)} s off)`).join(', ');
  const zh = due.map((f) => `${clock(f.madeAt)} 预测为 ${clock(f.for)}（相差 ${off(f)} 秒）`).join('，');
  const right = due.every((f) => f.right);
  return {
    en: `Ready=${to}, ${right ? 'as foretold' : 'foretold, but not so'} ${en}`,
    zh: `Ready=${to}，${right ? '与预测相符' : '与预测不符'}：${zh}`,
  };
}

/** Names those subjects that the truth names too: `notready, in 4.1s: container-status-hung, default/three/hung (8ca961fa0d0b); foretells NotReady at 5:12` */
export function looked(look: HeldLook, kinds: Truth['subjects'], clock: Clock): Text {
  const took = formatDuration(look.diagnosed.tookMs);
  const said = saidAt(look, kinds, clock);
  const wrong = look.wrong.map((line) => `\n           ! ${line}`).join('');
  return { en: `notready, in ${took}: ${said.en}${wrong}`, zh: `notready（${took}）：${said.zh}${wrong}` };
}

/** Verdict and forecasts of a look, in one line. */
export function saidAt(look: HeldLook, kinds: Truth['subjects'], clock: Clock): Text {
  const { verdict } = look.diagnosed.json;
  const subjects = (verdict?.subjects ?? []).filter((s) => kinds.some((kind) => kind === s.kind));
  const names = [...new Set(subjects.map((s) => s.name))].slice(0, 2);
  const said = verdict === null ? null : [verdict.cause, ...names].join(', ');
  const coming = foretold([look]).toSorted((a, b) => a.for - b.for);
  const when = coming.map((f) => ({ state: f.of === 'loss' ? 'NotReady' : 'Ready', at: clock(f.for) }));
  const en = when.length === 0 ? '' : `; foretells ${when.map((w) => `${w.state} at ${w.at}`).join(', ')}`;
  const zh = when.length === 0 ? '' : `；预测 ${when.map((w) => `${w.at} ${w.state}`).join('，')}`;
  return { en: `${said ?? 'nothing wrong'}${en}`, zh: `${said ?? '一切正常'}${zh}` };
}

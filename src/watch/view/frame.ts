import { type Line, span } from '../../report/terminal/span.ts';
import { columns, pad, wrap } from '../../report/terminal/wrap.ts';
import { clock } from '../words/say-change.ts';
import { containerList } from './container-list.ts';
import { containerRows } from './container-rows.ts';
import { detail } from './detail.ts';
import { eventList } from './event-list.ts';
import { fitLine, spread } from './fit-line.ts';
import { gauges } from './gauges.ts';
import { latencyChart } from './latency-chart.ts';
import type { Scene } from './scene.ts';
import { verdict } from './verdict.ts';

/** From so many lines on there is room for the chart, and for blank lines between the parts. */
const HEIGHT_WITH_CHART = 24;
const HEIGHT_WITH_BLANKS = 28;
const VERDICT_LINES = 2;

/** The whole screen: at most `height` lines of at most `width` columns. */
export function frame(scene: Scene): readonly Line[] {
  const { height, width } = scene;
  const lines = [...above(scene)];
  const room = Math.max(0, height - lines.length - 1);
  const body = bodyOf(scene, room).slice(0, room);
  const blank = Array.from({ length: room - body.length }, (): Line => []);
  return [...lines, ...body, ...blank]
    .slice(0, height - 1)
    .concat([footer(scene)])
    .map((line) => fitLine(line, width));
}

function above(scene: Scene): readonly Line[] {
  const { state, words, ui, now, width, height } = scene;
  const { node, runtime } = state.subject;
  const title = [words.title, ...(node === null ? [] : [node]), runtime.endpoint].join(' · ');
  const right = `${ui.paused ? `[${words.paused}] ` : ''}${clock(now)} UTC`;
  const said = verdict(scene);
  return [
    spread(span(title, 'strong'), span(right, ui.paused ? 'warn' : 'dim'), width),
    ...wrap(said.text, width)
      .slice(0, VERDICT_LINES)
      .map((text): Line => [span(text, said.tone)]),
    ...(height >= HEIGHT_WITH_BLANKS ? [[]] : []),
  ];
}

function bodyOf(scene: Scene, room: number): readonly Line[] {
  const { ui, height } = scene;
  if (ui.page === 'help') return help(scene);
  const blank: Line[] = height >= HEIGHT_WITH_BLANKS ? [[]] : [];
  const measured = [...gauges(scene), ...(height >= HEIGHT_WITH_CHART ? latencyChart(scene) : []), ...blank];
  const left = Math.max(0, room - measured.length);
  if (ui.page === 'detail') return [...measured, ...detail(scene, left)];
  // A third of what is left for containers, and no more than there are.
  const rows = Math.max(1, containerRows(scene.state).length) + 1;
  const forContainers = Math.min(rows, Math.max(3, Math.floor(left / 2)));
  const containers = containerList(scene, Math.min(forContainers, left));
  return [...measured, ...containers, ...blank, ...eventList(scene, left - containers.length - blank.length)];
}

function help({ words, width }: Scene): readonly Line[] {
  const keyWidth = Math.max(...words.helpLines.map(([key = '']) => columns(key))) + 2;
  return [
    ...words.helpLines.map(([key = '', does = '']): Line => [span(pad(key, keyWidth), 'command'), span(does)]),
    [],
    ...words.helpText.flatMap((text) => wrap(text, width).map((part): Line => [span(part)])),
  ];
}

/** The keys, as many as fit. */
function footer({ words, ui, width }: Scene): Line {
  const { keys } = words;
  const all =
    ui.page === 'all'
      ? [keys.quit, keys.help, ui.paused ? keys.goOn : keys.pause, keys.choose, keys.detail]
      : [keys.quit, keys.back, ui.paused ? keys.goOn : keys.pause];
  let text = '';
  for (const key of all) {
    const longer = text === '' ? key : `${text}  ${key}`;
    if (columns(longer) <= width) text = longer;
  }
  return [span(text, 'dim')];
}

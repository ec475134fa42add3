import { type Line, span } from '../../report/terminal/span.ts';
import { columns, fit, pad } from '../../report/terminal/wrap.ts';
import { formatDuration } from '../../text/units.ts';
import { clock, sayContainer, sayShimBriefly, sayTransition } from '../words/say-change.ts';
import { type ContainerRow, containerRows } from './container-rows.ts';
import type { Scene } from './scene.ts';

/** Hung and slow containers in at most `room` lines, the chosen one among them. */
export function containerList(scene: Scene, room: number): Line[] {
  const { state, words } = scene;
  const listed = state.ours?.listed ?? { pods: 0, containers: 0 };
  const hung = state.ours?.hung.length ?? 0;
  const title: Line = [
    span(words.containers(hung, listed.containers, listed.pods), hung > 0 ? 'bad' : 'strong'),
    span(`${words.marks.semicolon}${words.slowest}`, 'dim'),
  ];
  const rows = containerRows(state);
  if (rows.length === 0) return [title, [span(`  ${words.noneSlow}`, 'dim')]].slice(0, room);
  const from = windowStart(rows, scene.ui.chosen, room - 1);
  return [title, ...rows.slice(from, from + room - 1).map((row) => rowLine(scene, row))];
}

/** Scrolls no further than needed to have the chosen one in sight. */
function windowStart(rows: readonly ContainerRow[], chosen: string | null, room: number): number {
  const at = rows.findIndex((r) => r.container.id === chosen);
  return at < room ? 0 : at - room + 1;
}

function rowLine(scene: Scene, row: ContainerRow): Line {
  const { words, width, ui } = scene;
  const name = sayContainer(row.container, words);
  const nameWidth = Math.max(12, Math.min(Math.floor(width * 0.4), 44));
  const marker = row.container.id === ui.chosen ? '> ' : '  ';
  const shown = pad(fit(name, nameWidth), nameWidth);
  return [
    span(marker, 'strong'),
    span(shown, row.kind === 'hung' ? 'bad' : 'plain'),
    span('  '),
    ...stateOf(scene, row),
  ];
}

const STATE_WIDTH = 12;

function stateOf({ words, now }: Scene, row: ContainerRow): Line {
  if (row.kind === 'slow') return [span(words.rowSlow(formatDuration(row.slow.tookMs), clock(row.slow.at)), 'dim')];
  const { since, from, to } = row.container;
  const hung = words.rowHung(formatDuration(Math.max(0, Math.round((now - since) / 1000) * 1000)));
  const shim = row.shim === undefined ? '' : `${sayShimBriefly(row.shim, words)}  `;
  const change = sayTransition(from, to, words);
  return [span(pad(hung, Math.max(STATE_WIDTH, columns(hung) + 1)), 'bad'), span(`${shim}${change}`)];
}

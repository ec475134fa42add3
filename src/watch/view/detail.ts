import { type Line, span } from '../../report/terminal/span.ts';
import { columns, pad, wrap } from '../../report/terminal/wrap.ts';
import { formatDuration } from '../../text/units.ts';
import type { Change } from '../model/change.ts';
import { clock, sayShim, sayTransition } from '../words/say-change.ts';
import { type ContainerRow, containerRows } from './container-rows.ts';
import { eventLine } from './event-list.ts';
import type { Scene } from './scene.ts';

/** All that is known of the chosen container, in at most `room` lines; empty where it is gone. */
export function detail(scene: Scene, room: number): Line[] {
  const { state, words, ui } = scene;
  const row = containerRows(state).find((r) => r.container.id === ui.chosen);
  const events = state.changes.filter((c) => containerIdOf(c) === ui.chosen);
  const facts = row === undefined ? [] : factsOf(scene, row);
  const labels = Math.max(...Object.values(words.detail).map(columns)) + 2;
  const lines = facts.flatMap(([label, text]) =>
    wrap(span(text).text, Math.max(10, scene.width - labels)).map(
      (part, i): Line => [span(pad(i === 0 ? label : '', labels), 'strong'), span(part)],
    ),
  );
  const left = Math.max(0, room - lines.length - 1);
  const newest = left === 0 ? [] : events.slice(-left).map((e) => eventLine(e, words));
  return [...lines, ...(newest.length === 0 ? [] : [[span(words.detail.events, 'strong')]]), ...newest].slice(0, room);
}

function factsOf({ words, now }: Scene, row: ContainerRow): readonly (readonly [label: string, text: string])[] {
  const { container } = row;
  const { detail: labels } = words;
  const common = [
    [labels.pod, `${container.pod.namespace}/${container.pod.name}`],
    [labels.uid, container.pod.uid],
    [labels.container, container.kind === 'sandbox' ? words.sandbox : container.name],
    [labels.id, container.id],
  ] as const;
  if (row.kind === 'slow') {
    const { tookMs, at } = row.slow;
    return [...common, [labels.status, words.detailSlow(formatDuration(tookMs), clock(at))]];
  }
  const { since, from, to, failure } = row.container;
  const age = formatDuration(Math.max(0, now - since));
  return [
    ...common,
    [labels.status, words.detailHung(age, clock(since))],
    [from === to ? labels.state : labels.change, sayTransition(from, to, words)],
    [labels.failure, failure === null ? words.stillAsked : `${failure.code}: ${failure.message}`],
    ...(row.shim === undefined ? [] : [[labels.shim, sayShim(row.shim, words)] as const]),
  ];
}

function containerIdOf(change: Change): string | null {
  return 'container' in change ? change.container.id : null;
}

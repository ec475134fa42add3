import type { ChainLink, Diagnosis } from '../../diagnose/diagnosis.ts';
import { formatDuration } from '../../text/units.ts';
import { becauseOf, wasSeen } from '../select.ts';
import { heading, type Page, paragraph, STATUS_TONES, say } from './page.ts';
import { type Line, type Span, span } from './span.ts';

/** From the root down to the symptom: each state with the strongest thing that shows it. */
export function chainLines(page: Page, { chain, flaps }: Diagnosis): Line[] {
  if (chain.length === 0) return [];
  return [
    ...heading(page.words.why),
    ...chain.flatMap((link, i) => linkLines(page, link, i === chain.length - 1)),
    ...flapLines(page, flaps),
  ];
}

function linkLines(page: Page, link: ChainLink, last: boolean): Line[] {
  const { words } = page;
  const seen = wasSeen(link);
  const bar = span(last ? '    ' : '  │ ', 'dim');
  const name = say(page, link.title);
  const title = paragraph(
    page,
    [span(seen ? '  ● ' : '  ○ ', STATUS_TONES[link.status])],
    link.status === 'confirmed' ? name : `${name} · ${words.status[link.status]}`,
    seen ? 'strong' : 'dim',
    bar,
  );
  const because = seen ? becauseOf(link) : null;
  return because === null ? title : [...title, ...paragraph(page, [bar], say(page, because), 'dim', bar)];
}

function flapLines(page: Page, flaps: Diagnosis['flaps']): Line[] {
  if (!flaps) return [];
  const { words } = page;
  const parts = [words.flapTransitions(flaps.transitions)];
  if (flaps.periodSeconds !== null) parts.push(words.flapPeriod(formatDuration(flaps.periodSeconds * 1000)));
  if (flaps.inferredRelistSeconds !== null) {
    parts.push(words.flapRelist(formatDuration(flaps.inferredRelistSeconds * 1000), flaps.inferredHungCalls));
  }
  const lead: Span[] = [span(`  ${words.flaps}${words.colon}`, 'strong')];
  return paragraph(page, lead, parts.join(words.listSeparator));
}

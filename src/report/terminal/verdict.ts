import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import { formatDuration } from '../../text/units.ts';
import { unexplained, unreadSources } from '../select.ts';
import { BLANK, type Page, paragraph, STATUS_TONES, say } from './page.ts';
import { type Line, span } from './span.ts';

/** The first lines: what is wrong, where and how sure that is, or that nothing is. */
export function verdictLines(page: Page, diagnosis: Diagnosis): Line[] {
  const { verdict } = diagnosis;
  if (!verdict) return healthyLines(page, diagnosis);
  const { words } = page;
  const tone = STATUS_TONES[verdict.status] === 'bad' ? 'bad' : 'warn';
  const where = verdict.subjects[0]?.name;
  const what = where === undefined ? say(page, verdict.title) : words.at(say(page, verdict.title), where);
  const when = words.examinedAt(`${new Date(diagnosis.examined.to).toISOString().slice(0, 19).replace('T', ' ')} UTC`);
  const sure = words.sure(words.status[verdict.status], Math.round(verdict.confidence * 100));
  return [
    ...paragraph(page, [span('✗ ', tone)], `${diagnosis.node}${words.colon}${what} · ${sure}`, tone),
    ...paragraph(page, [span('  ')], say(page, verdict.summary)),
    ...paragraph(page, [span('  ')], `${verdict.cause} · ${when} · ${sourcesRead(page, diagnosis)}`, 'dim'),
  ];
}

function healthyLines(page: Page, diagnosis: Diagnosis): Line[] {
  const { words } = page;
  const ruledOut = diagnosis.differential.filter((c) => c.status === 'ruled-out').length;
  const counts = words.healthyRuledOut(ruledOut, diagnosis.differential.length);
  const whole = diagnosis.examined.unseen.length === 0;
  const [mark, tone] = whole ? (['✓ ', 'good'] as const) : (['? ', 'warn'] as const);
  const finding = whole ? words.healthy(diagnosis.node) : words.healthyAsFarAsSeen(diagnosis.node);
  return paragraph(page, [span(mark, tone)], [finding, counts, sourcesRead(page, diagnosis)].join(' · '), tone);
}

function sourcesRead({ words }: Page, diagnosis: Diagnosis): string {
  const { from, to, sources } = diagnosis.examined;
  const unread = unreadSources(diagnosis).length;
  const all = words.sourcesRead(sources.length, formatDuration(Math.max(to - from, 0)));
  return unread === 0 ? all : `${all}${words.listSeparator}${words.notAllRead(unread)}`;
}

/** What is wrong that no cause explains. */
export function unexplainedLines(page: Page, diagnosis: Diagnosis): Line[] {
  const left = unexplained(diagnosis);
  if (left.length === 0) return [];
  const { words } = page;
  return [
    BLANK,
    ...paragraph(page, [span(words.unexplained, 'heading'), span(words.colon)], words.unexplainedNote, 'dim'),
    ...left.flatMap((s) => [
      ...paragraph(page, [span('  ? ', 'warn')], say(page, s.summary ?? s.title)),
      ...s.evidence.slice(0, 1).flatMap((f) => paragraph(page, [span('    ')], say(page, f.text), 'dim')),
    ]),
  ];
}

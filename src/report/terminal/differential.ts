import type { Candidate, Diagnosis } from '../../diagnose/diagnosis.ts';
import { openQuestions, reasonOf } from '../select.ts';
import { heading, type Page, paragraph, STATUS_TONES, say } from './page.ts';
import { type Line, span } from './span.ts';
import { columns, fit, pad } from './wrap.ts';

/** Columns below which a reason goes on a line of its own. */
const NARROW = 24;

/** Every candidate, ruled in or out, with the strongest reason. */
export function differentialLines(page: Page, candidates: readonly Candidate[]): Line[] {
  const status = Math.max(0, ...candidates.map((c) => columns(page.words.status[c.status])));
  const cause = Math.max(0, ...candidates.map((c) => c.cause.length));
  return [...heading(page.words.candidates), ...candidates.flatMap((c) => row(page, c, status, cause))];
}

/** One line for what is ruled out; the others say all they have to say. */
function row(page: Page, candidate: Candidate, statusWidth: number, causeWidth: number): Line[] {
  const tone = STATUS_TONES[candidate.status];
  const lead = [
    span(`  ${pad(page.words.status[candidate.status], statusWidth)}  `, tone),
    span(`${pad(candidate.cause, causeWidth)}  `, tone === 'dim' ? 'dim' : 'strong'),
  ];
  const text = reasonOf(candidate);
  const reason = text === null ? '' : say(page, text);
  const room = page.width - lead.reduce((sum, s) => sum + columns(s.text), 0);
  const narrow = room < NARROW;
  const [head, behind] = narrow ? [[lead], [span('    ')]] : [[], lead];
  if (candidate.status !== 'ruled-out' && candidate.status !== 'not-examined') {
    return [...head, ...paragraph(page, behind, reason)];
  }
  return [...head, [...behind, span(fit(span(reason).text, narrow ? page.width - 4 : room), 'dim')]];
}

/** What was not looked at, and what would change that; then what else was noticed. */
export function noteLines(page: Page, diagnosis: Diagnosis): Line[] {
  const missing = openQuestions(diagnosis, (text) => say(page, text));
  const noted = [...new Set(diagnosis.notes.map((n) => say(page, n)))];
  return [...list(page, page.words.notExamined, missing), ...list(page, page.words.notes, noted)];
}

function list(page: Page, title: string, items: readonly string[]): Line[] {
  if (items.length === 0) return [];
  return [...heading(title), ...items.flatMap((item) => paragraph(page, [span('  - ', 'dim')], item))];
}

import type { Candidate, Diagnosis } from '../../diagnose/diagnosis.ts';
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
  const reason = reasonOf(page, candidate);
  const room = page.width - lead.reduce((sum, s) => sum + columns(s.text), 0);
  const narrow = room < NARROW;
  const [head, behind] = narrow ? [[lead], [span('    ')]] : [[], lead];
  if (candidate.status !== 'ruled-out' && candidate.status !== 'not-examined') {
    return [...head, ...paragraph(page, behind, reason)];
  }
  return [...head, [...behind, span(fit(span(reason).text, narrow ? page.width - 4 : room), 'dim')]];
}

function reasonOf(page: Page, candidate: Candidate): string {
  const { status, evidence, against, missing, summary } = candidate;
  const first = status === 'ruled-out' ? against[0] : status === 'not-examined' ? missing[0] : evidence[0];
  const text = first?.text ?? summary ?? missing[0]?.text;
  return text ? say(page, text) : '';
}

/** What was not looked at, and what would change that; then what else was noticed. */
export function noteLines(page: Page, { differential, notes }: Diagnosis): Line[] {
  const noted = new Set(notes.map((n) => say(page, n)));
  const open = differential.filter((c) => c.status !== 'ruled-out');
  const missing = new Set(open.flatMap((c) => c.missing.map((m) => say(page, m.text))).filter((t) => !noted.has(t)));
  return [...list(page, page.words.notExamined, missing), ...list(page, page.words.notes, noted)];
}

function list(page: Page, title: string, items: ReadonlySet<string>): Line[] {
  if (items.size === 0) return [];
  return [...heading(title), ...[...items].flatMap((item) => paragraph(page, [span('  - ', 'dim')], item))];
}

import type { StateId } from '../../causes/slugs.ts';
import type { Candidate, ChainLink, Diagnosis, Finding } from '../../diagnose/diagnosis.ts';
import { formatDuration } from '../../text/units.ts';
import { sourceStatusIn } from '../messages/messages.ts';
import { unreadSources } from '../select.ts';
import { BLANK, commandLine, heading, type Page, paragraph, say } from './page.ts';
import { type Line, span } from './span.ts';

/** `--verbose`: every finding with its observation, what was read and the command to see it oneself. */
export function detailLines(page: Page, diagnosis: Diagnosis): Line[] {
  const candidates = new Set<StateId>(diagnosis.differential.map((c) => c.cause));
  const chained = new Set(diagnosis.chain.map((link) => link.state));
  return [
    ...heading(page.words.details),
    ...diagnosis.chain.filter((link) => !candidates.has(link.state)).flatMap((link) => chainLines(page, link)),
    ...diagnosis.symptoms.filter((s) => !chained.has(s.state)).flatMap((s) => symptomLines(page, s)),
    ...diagnosis.differential.flatMap((c) => candidateLines(page, c)),
    ...sourceLines(page, diagnosis),
  ];
}

function chainLines(page: Page, link: ChainLink): Line[] {
  return [
    ...title(page, say(page, link.title), page.words.status[link.status]),
    ...(link.mechanism ? paragraph(page, [span('    ')], say(page, link.mechanism), 'dim') : []),
    ...link.because.flatMap((f) => findingLines(page, '+', f)),
  ];
}

function symptomLines(page: Page, symptom: Diagnosis['symptoms'][number]): Line[] {
  return [
    ...title(page, say(page, symptom.title), page.words.status[symptom.status]),
    ...symptom.evidence.flatMap((f) => findingLines(page, '+', f)),
  ];
}

function candidateLines(page: Page, candidate: Candidate): Line[] {
  const { evidence, against, missing } = candidate;
  if (evidence.length + against.length + missing.length === 0) return [];
  return [
    ...title(
      page,
      `${candidate.cause}${page.words.colon}${say(page, candidate.title)}`,
      page.words.status[candidate.status],
    ),
    ...evidence.flatMap((f) => findingLines(page, '+', f)),
    ...against.flatMap((f) => findingLines(page, '-', f)),
    ...missing.flatMap((m) => paragraph(page, [span('    ? ', 'warn')], say(page, m.text))),
  ];
}

function title(page: Page, what: string, status: string): Line[] {
  return [BLANK, ...paragraph(page, [span('  ')], `${what} · ${status}`, 'strong')];
}

function findingLines(page: Page, sign: '+' | '-', finding: Finding): Line[] {
  return [
    ...paragraph(page, [span(`    ${sign} `, sign === '+' ? 'bad' : 'good')], say(page, finding.text)),
    ...paragraph(
      page,
      [span('      ')],
      `${finding.observation} · ${page.words.findingSource} ${finding.source}`,
      'dim',
    ),
    ...(finding.command === null ? [] : [commandLine(6, finding.command)]),
  ];
}

function sourceLines(page: Page, diagnosis: Diagnosis): Line[] {
  const unread = unreadSources(diagnosis);
  if (unread.length === 0) return [];
  return [
    ...heading(page.words.sources),
    ...unread.flatMap((s) =>
      paragraph(
        page,
        [span('  - ', 'dim')],
        `${s.what} · ${sourceStatusIn(page.words, s.status)}, ${formatDuration(Math.max(s.tookMs, 0))}`,
      ),
    ),
  ];
}

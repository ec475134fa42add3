import type { Diagnosis } from '../diagnose/diagnosis.ts';
import type { Lang } from '../text/text.ts';
import { messagesIn } from './messages/messages.ts';
import { chainLines } from './terminal/chain.ts';
import { detailLines } from './terminal/details.ts';
import { differentialLines, noteLines } from './terminal/differential.ts';
import { footerLines } from './terminal/footer.ts';
import { forecastLines, triggerLines } from './terminal/forecast.ts';
import type { Page } from './terminal/page.ts';
import { type Colourise, paint } from './terminal/paint.ts';
import { remedyLines } from './terminal/remedies.ts';
import type { Line } from './terminal/span.ts';
import { timelineLines } from './terminal/timeline.ts';
import { unexplainedLines, verdictLines } from './terminal/verdict.ts';
import { clampWidth } from './terminal/width.ts';

export interface TerminalOptions {
  readonly lang: Lang;
  /** Columns of the terminal. */
  readonly width: number;
  /** null: plain text. */
  readonly colour: Colourise | null;
  /** Every finding with its source, not only the strongest. */
  readonly verbose: boolean;
  /** The verdict alone. */
  readonly quiet: boolean;
  /** How the program was called: `notready`, or `kubectl notready`. */
  readonly program: string;
}

/** A diagnosis for a person: the verdict first, then why, what to do, and what else was weighed. */
export function terminalReport(diagnosis: Diagnosis, options: TerminalOptions): string {
  const page: Page = {
    lang: options.lang,
    width: clampWidth(options.width),
    words: messagesIn(options.lang),
    program: options.program,
  };
  return paint(reportLines(page, diagnosis, options), options.colour);
}

function reportLines(page: Page, diagnosis: Diagnosis, { verbose, quiet }: TerminalOptions): Line[] {
  // One line is one line, however narrow the terminal.
  if (quiet) return verdictLines({ ...page, width: Number.POSITIVE_INFINITY }, diagnosis).slice(0, 1);
  const verdict = [
    ...verdictLines(page, diagnosis),
    ...triggerLines(page, diagnosis),
    ...forecastLines(page, diagnosis),
  ];
  const details = verbose ? detailLines(page, diagnosis) : [];
  if (!diagnosis.verdict) {
    return [...verdict, ...timelineLines(page, diagnosis), ...noteLines(page, diagnosis), ...details];
  }
  return [
    ...verdict,
    ...chainLines(page, diagnosis),
    ...timelineLines(page, diagnosis),
    ...unexplainedLines(page, diagnosis),
    ...remedyLines(page, diagnosis.remedies),
    ...differentialLines(page, diagnosis.differential),
    ...noteLines(page, diagnosis),
    ...details,
    ...footerLines(page, diagnosis, verbose),
  ];
}

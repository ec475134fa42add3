import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import { shellWord } from '../../text/shell.ts';
import { BLANK, type Page } from './page.ts';
import { type Line, span } from './span.ts';

/** Where to go from here. */
export function footerLines(page: Page, { verdict, node, examined }: Diagnosis, verbose: boolean): Line[] {
  const { more, colon } = page.words;
  const hints: Line[] = [];
  if (!verbose) hints.push([span(`${more.details}${colon}${more.detailsCommand}`, 'dim')]);
  if (verdict && verdict.cause !== 'undetermined') {
    hints.push([span(`${more.explain}${colon}`, 'dim'), span(`${page.program} explain ${verdict.cause}`, 'command')]);
  }
  const from = examined.unseen.some((u) => u.why === 'not-here') ? ` --node ${shellWord(node)}` : '';
  hints.push([span(`${more.save}${colon}`, 'dim'), span(`${page.program} collect -o case.tar.gz${from}`, 'command')]);
  return [BLANK, ...hints];
}

import type { Remedy } from '../../causes/cause.ts';
import { BLANK, commandLine, heading, type Page, paragraph, say } from './page.ts';
import { type Line, span } from './span.ts';

/** What works, with its command and its risk, then what does not and why. */
export function remedyLines(page: Page, remedies: readonly Remedy[]): Line[] {
  const { words } = page;
  const working = remedies.filter((r) => r.works);
  const useless = remedies.filter((r) => !r.works);
  const none = working.length === 0 ? paragraph(page, [span('  ')], words.nothingKnown) : [];
  return [
    ...heading(words.whatToDo),
    ...none,
    ...working.flatMap((r) => workingLines(page, r)),
    ...(useless.length > 0 ? [BLANK] : []),
    ...useless.flatMap((r) => uselessLines(page, r)),
  ];
}

function workingLines(page: Page, remedy: Remedy): Line[] {
  const { words } = page;
  return [
    ...paragraph(
      page,
      [span(`  ✓ ${words.works}${words.colon}`, 'good')],
      say(page, remedy.title),
      'strong',
      span('    '),
    ),
    ...(remedy.command === null ? [] : [commandLine(6, remedy.command)]),
    ...paragraph(page, [span('      ')], say(page, remedy.why)),
    ...paragraph(
      page,
      [span(`      ${words.risk}${words.colon}`, 'warn')],
      say(page, remedy.risk),
      'plain',
      span('      '),
    ),
  ];
}

function uselessLines(page: Page, remedy: Remedy): Line[] {
  const { words } = page;
  return [
    ...paragraph(
      page,
      [span(`  ✗ ${words.doesNotWork}${words.colon}`, 'bad')],
      say(page, remedy.title),
      'strong',
      span('    '),
    ),
    ...paragraph(page, [span('      ')], say(page, remedy.why), 'dim'),
  ];
}

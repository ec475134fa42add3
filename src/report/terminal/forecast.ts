import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import { formatDuration } from '../../text/units.ts';
import { type Page, paragraph } from './page.ts';
import { type Line, span } from './span.ts';

/** When Ready goes and comes, by the clock and from now, in one line; nothing where the evidence foretells nothing. */
export function forecastLines(page: Page, { flaps, examined }: Diagnosis): Line[] {
  const { words } = page;
  const parts: string[] = [];
  const when = (at: number): string =>
    words.clock(new Date(at).toISOString().slice(11, 19), formatDuration(Math.max(at - examined.to, 0)));
  if (flaps?.readyAgainAt) parts.push(words.readyAgain(when(flaps.readyAgainAt)));
  if (flaps?.nextNotReady) {
    parts.push(words.nextNotReady(when(flaps.nextNotReady.at), flaps.nextNotReady.withinSeconds));
  }
  if (parts.length === 0) return [];
  return paragraph(page, [span(`  ${words.foretold}${words.colon}`, 'strong')], parts.join(words.clauseSeparator));
}

/** What made the fault show. */
export function triggerLines(page: Page, { verdict }: Diagnosis): Line[] {
  if (!verdict?.trigger) return [];
  const { words, lang } = page;
  return paragraph(page, [span(`  ${words.trigger}${words.colon}`, 'strong')], verdict.trigger.text[lang]);
}

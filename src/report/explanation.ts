import type { Cause, Remedy } from '../causes/cause.ts';
import type { Lang } from '../text/text.ts';
import { messagesIn } from './messages/messages.ts';
import { BLANK, commandLine, heading, type Page, paragraph, say } from './terminal/page.ts';
import { type Colourise, paint } from './terminal/paint.ts';
import { remedyLines } from './terminal/remedies.ts';
import { type Line, span } from './terminal/span.ts';
import { clampWidth } from './terminal/width.ts';
import { pad } from './terminal/wrap.ts';

export interface ExplanationOptions {
  readonly lang: Lang;
  readonly width: number;
  /** null: plain text. */
  readonly colour: Colourise | null;
  readonly program: string;
}

/** A page about one cause: what it is, what shows it, what helps. */
export function explanation(cause: Cause, { lang, width, colour, program }: ExplanationOptions): string {
  const page: Page = { lang, width: clampWidth(width), words: messagesIn(lang), program };
  return paint(explanationLines(page, cause), colour);
}

function explanationLines(page: Page, cause: Cause): Line[] {
  const { words } = page;
  return [
    ...paragraph(page, [span(cause.id, 'strong'), span(words.colon)], say(page, cause.title), 'strong'),
    BLANK,
    ...paragraph(page, [], say(page, cause.about)),
    ...list(
      page,
      words.shownBy,
      cause.shownBy.map((t) => say(page, t)),
    ),
    ...list(
      page,
      words.ruledOutBy,
      cause.ruledOutBy.map((t) => say(page, t)),
    ),
    ...(cause.confirm.length > 0 ? heading(words.confirm) : []),
    ...cause.confirm.flatMap(({ command, shows }) => [
      commandLine(2, command),
      ...paragraph(page, [span('    ')], say(page, shows), 'dim'),
    ]),
    ...remedies(page, cause.generalRemedies),
    ...list(
      page,
      words.references,
      cause.references.map((r) => `${r.title}${words.colon}${r.where}`),
    ),
  ];
}

function remedies(page: Page, general: readonly Remedy[]): Line[] {
  return general.length === 0 ? [] : remedyLines(page, general);
}

function list(page: Page, title: string, items: readonly string[]): Line[] {
  if (items.length === 0) return [];
  return [...heading(title), ...items.flatMap((item) => paragraph(page, [span('  - ', 'dim')], item))];
}

/** Every cause on a line. */
export function causeList(causes: readonly Cause[], lang: Lang, width: number): string {
  const page: Page = { lang, width: clampWidth(width), words: messagesIn(lang), program: 'notready' };
  const longest = Math.max(0, ...causes.map((c) => c.id.length));
  return paint(
    causes.flatMap((c) => paragraph(page, [span(`${pad(c.id, longest)}  `)], say(page, c.title))),
    null,
  );
}

import type { Candidate, ChainLink } from '../../diagnose/diagnosis.ts';
import type { Lang, Text } from '../../text/text.ts';
import type { Messages } from '../messages/messages.ts';
import { type Line, type Span, span, type Tone } from './span.ts';
import { columns, wrap } from './wrap.ts';

/** What every section of the report needs to know. */
export interface Page {
  readonly lang: Lang;
  readonly width: number;
  readonly words: Messages;
  /** Words for the end of the report: how this program was called. */
  readonly program: string;
}

export const BLANK: Line = [];

export function say(page: Page, text: Text): string {
  return text[page.lang];
}

export function heading(title: string): Line[] {
  return [BLANK, [span(title, 'heading')]];
}

/** A paragraph behind `lead`; lines after the first are indented to where it starts. */
export function paragraph(page: Page, lead: readonly Span[], text: string, tone: Tone = 'plain', hang?: Span): Line[] {
  const indent = lead.reduce((sum, s) => sum + columns(s.text), 0);
  const rest = hang ?? span(' '.repeat(indent));
  return wrap(span(text).text, page.width - indent).map((line, i) => [...(i === 0 ? lead : [rest]), span(line, tone)]);
}

/** A command, never broken: it is there to be copied. */
export function commandLine(indent: number, command: string): Line {
  return [span(`${' '.repeat(indent)}$ `, 'dim'), span(command, 'command')];
}

export const STATUS_TONES: Readonly<Record<ChainLink['status'] | Candidate['status'], Tone>> = {
  confirmed: 'bad',
  likely: 'warn',
  possible: 'warn',
  expected: 'dim',
  'ruled-out': 'dim',
  'not-examined': 'plain',
};

import type { Plan } from '../../remedy/plan/plan.ts';
import type { Phase, Step } from '../../remedy/step.ts';
import type { Lang, Text } from '../../text/text.ts';
import { formatDuration } from '../../text/units.ts';
import { messagesIn } from '../messages/messages.ts';
import { BLANK, commandLine, heading, type Page, paragraph, say } from '../terminal/page.ts';
import { type Colourise, paint } from '../terminal/paint.ts';
import { type Line, span, type Tone } from '../terminal/span.ts';
import { clampWidth } from '../terminal/width.ts';
import { OUTCOME_WORDS, PHASE_WORDS, PLAN_WORDS } from './words.ts';

export interface PlanTerminalOptions {
  readonly lang: Lang;
  readonly width: number;
  /** null: plain text. */
  readonly colour: Colourise | null;
  readonly program: string;
}

const OUTCOME_TONES = { works: 'good', 'may-work': 'warn', cannot: 'bad' } as const satisfies Record<string, Tone>;

/** A plan for a person: the steps in their order with all that one must know before, then what is left and what not to try. */
export function terminalPlan(plan: Plan, options: PlanTerminalOptions): string {
  const { lang, program } = options;
  const page: Page = { lang, width: clampWidth(options.width), words: messagesIn(lang), program };
  return paint(planLines(page, plan), options.colour);
}

/** One step as a person is asked about it. */
export function terminalStep(step: Step, number: number, options: PlanTerminalOptions): string {
  const { lang, program } = options;
  const page: Page = { lang, width: clampWidth(options.width), words: messagesIn(lang), program };
  return paint(stepLines(page, step, number), options.colour);
}

function planLines(page: Page, plan: Plan): Line[] {
  const lead = [span(`${plan.node}: `, 'strong')];
  if (plan.cause === null && plan.steps.length === 0) return paragraph(page, lead, say(page, PLAN_WORDS.nothing));
  const summary = plan.summary === null ? [] : paragraph(page, lead, say(page, plan.summary));
  return [
    ...summary,
    ...stepsLines(page, plan),
    ...byHandLines(page, plan),
    ...futileLines(page, plan),
    ...noteLines(page, plan),
  ];
}

function stepsLines(page: Page, { steps }: Plan): Line[] {
  if (steps.length === 0) return [BLANK, ...paragraph(page, [], say(page, PLAN_WORDS.noSteps))];
  const lines: Line[] = [];
  let phase: Phase | null = null;
  for (const [i, step] of steps.entries()) {
    if (step.phase !== phase) lines.push(...heading(say(page, PHASE_WORDS[step.phase])));
    phase = step.phase;
    lines.push(...stepLines(page, step, i + 1));
  }
  return lines;
}

function stepLines(page: Page, step: Step, number: number): Line[] {
  const { prediction } = step;
  const said = (label: Text, text: string, tone: Tone = 'dim'): Line[] =>
    paragraph(page, [span('     '), span(say(page, label), tone)], text, 'plain', span('       '));
  const expected = `${say(page, OUTCOME_WORDS[prediction.outcome])}${page.words.colon}${say(page, prediction.why)}`;
  const requires = step.requires.map((r) => say(page, r.text)).join(page.lang === 'zh' ? '；' : '; ');
  return [
    ...paragraph(page, [span(`  ${number}. `)], `${say(page, step.title)}  [${step.id}]`, 'strong'),
    commandLine(5, step.command),
    ...said(PLAN_WORDS.does, say(page, step.does)),
    ...said(PLAN_WORDS.breaks, say(page, step.breaks), 'warn'),
    ...(requires === '' ? [] : said(PLAN_WORDS.requires, requires)),
    ...said(PLAN_WORDS.expect, expected, OUTCOME_TONES[prediction.outcome]),
    ...said(PLAN_WORDS.verify, say(page, step.verify)),
    ...said(PLAN_WORDS.deadline, formatDuration(step.deadlineMs)),
    ...(step.undo === null ? [] : said(PLAN_WORDS.undo, step.undo.command)),
    ...(step.destroysEvidence ? paragraph(page, [span('     ')], say(page, PLAN_WORDS.evidence), 'dim') : []),
  ];
}

function byHandLines(page: Page, { byHand }: Plan): Line[] {
  if (byHand.length === 0) return [];
  return [
    ...heading(say(page, PLAN_WORDS.byHand)),
    ...byHand.flatMap((h) => [
      ...paragraph(page, [span('  - ')], say(page, h.title), 'strong'),
      ...(h.command === null ? [] : [commandLine(4, h.command)]),
      ...paragraph(page, [span('    ')], say(page, h.why)),
      ...paragraph(
        page,
        [span('    '), span(say(page, PLAN_WORDS.breaks), 'warn')],
        say(page, h.risk),
        'plain',
        span('      '),
      ),
      ...paragraph(
        page,
        [span('    '), span(say(page, PLAN_WORDS.leftBecause), 'dim')],
        say(page, h.leftBecause),
        'dim',
        span('      '),
      ),
    ]),
  ];
}

function futileLines(page: Page, { futile }: Plan): Line[] {
  if (futile.length === 0) return [];
  return [
    ...heading(say(page, PLAN_WORDS.futile)),
    ...futile.flatMap((f) => [
      ...paragraph(
        page,
        [span('  ✗ ', 'bad')],
        f.command === null ? say(page, f.title) : `${say(page, f.title)} (${f.command})`,
      ),
      ...paragraph(page, [span('    ')], say(page, f.why), 'dim'),
    ]),
  ];
}

function noteLines(page: Page, { notes }: Plan): Line[] {
  if (notes.length === 0) return [];
  return [
    ...heading(say(page, PLAN_WORDS.notes)),
    ...notes.flatMap((n) => paragraph(page, [span('  - ')], say(page, n))),
  ];
}

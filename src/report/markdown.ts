import type { Diagnosis } from '../diagnose/diagnosis.ts';
import type { Lang } from '../text/text.ts';
import type { Block, ChainStep, Mood, ReportDocument, Run, Runs } from './document/block.ts';
import { postMortem } from './document/post-mortem.ts';
import { paint } from './terminal/paint.ts';
import { chartLines } from './terminal/timeline.ts';
import type { Picture } from './timeline/picture.ts';

/** Wider ones are scrolled on most pages. */
const CHART_COLUMNS = 90;
const MARKS: Readonly<Record<Mood, string>> = { bad: '✗', warn: '?', good: '✓', quiet: '·' };

/** A diagnosis as GitHub-flavoured Markdown, to be pasted into an issue or a chat. */
export function markdownReport(diagnosis: Diagnosis, lang: Lang, tool: string): string {
  return markdownText(postMortem(diagnosis, lang, tool));
}

/** Any document in the same way. */
export function markdownText({ title, blocks }: ReportDocument): string {
  return `${[`# ${escaped(title)}`, ...blocks.map(blockText)].join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escaped(block.text)}`;
    case 'verdict':
      return verdictText(block);
    case 'paragraph':
      return runsText(block.runs);
    case 'list':
      return block.items.map((item) => `- ${runsText(item)}`).join('\n');
    case 'table':
      return tableText(block.head, block.rows);
    case 'command':
      return fenced(block.command);
    case 'timeline':
      return chartText(block.picture);
    case 'chain':
      return block.steps.map(stepText).join('\n');
  }
}

function verdictText({ mood, title, summary }: Extract<Block, { kind: 'verdict' }>): string {
  const head = `> **${MARKS[mood]} ${escaped(title)}**`;
  return summary === null ? head : `${head}\n>\n> ${escaped(summary)}`;
}

function stepText({ title, status, because }: ChainStep, index: number): string {
  const head = `${index + 1}. **${escaped(title)}**${status === null ? '' : ` (${escaped(status)})`}`;
  return because === null ? head : `${head}  \n   ${escaped(because)}`;
}

function tableText(head: readonly string[], rows: readonly (readonly Runs[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(head.map(escaped)),
    line(head.map(() => '---')),
    ...rows.map((row) => line(row.map((cell) => runsText(cell).replaceAll(/(?<!\\)\|/g, '\\|')))),
  ].join('\n');
}

function runsText(runs: Runs): string {
  return runs.map(runText).join('');
}

function runText({ text, as }: Run): string {
  if (text.trim() === '') return text;
  if (as === 'code') return codeSpan(text);
  if (as !== 'strong') return escaped(text);
  // Emphasis does not begin or end at a space.
  const [, lead = '', inner = '', trail = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  return `${lead}**${escaped(inner)}**${trail}`;
}

/** Between more backticks than it holds itself. */
function codeSpan(text: string): string {
  const fence = '`'.repeat(longestTicks(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** In a block that keeps its columns. */
function chartText(picture: Picture): string {
  const chart = paint(chartLines(picture, CHART_COLUMNS), null).trimEnd();
  return fenced(`${picture.title}\n${chart}`, 'text');
}

function fenced(text: string, language = 'sh'): string {
  const fence = '`'.repeat(Math.max(3, longestTicks(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

function longestTicks(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
}

/** What Markdown would read as markup, HTML or the start of a block stands for itself. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*[\]<>|~&]/g, '\\$&')
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/^(\s*)([#+-]|=+$)/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');
}

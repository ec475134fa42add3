import type { Diagnosis } from '../diagnose/diagnosis.ts';
import type { Lang } from '../text/text.ts';
import type { Block, ChainStep, ReportDocument, Run, Runs } from './document/block.ts';
import { postMortem } from './document/post-mortem.ts';
import { escaped } from './html/escape.ts';
import { STYLE } from './html/style.ts';
import { timelineSvg } from './timeline/svg.ts';

/** BCP 47, so that a browser picks the right glyphs and hyphenation. */
const HTML_LANG: Readonly<Record<Lang, string>> = { en: 'en', zh: 'zh-Hans' };

/** Nothing is fetched, nothing runs: whatever a host's text may hold. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A diagnosis as one self-contained page: no script, no external resource; fit for phone, screen and paper. */
export function htmlReport(diagnosis: Diagnosis, lang: Lang, tool: string): string {
  return htmlPage(postMortem(diagnosis, lang, tool), lang);
}

/** Any document as such a page. */
export function htmlPage({ title, blocks }: ReportDocument, lang: Lang): string {
  return `<!doctype html>
<html lang="${HTML_LANG[lang]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${blocks.map(blockHtml).join('\n')}
</main>
</body>
</html>
`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
    case 'verdict':
      return verdictHtml(block);
    case 'paragraph':
      return `<p>${runsHtml(block.runs)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${runsHtml(item)}</li>`).join('')}</ul>`;
    case 'table':
      return tableHtml(block);
    case 'command':
      return `<pre><code>${escaped(block.command)}</code></pre>`;
    case 'timeline':
      return figureHtml(block);
    case 'chain':
      return `<ol class="chain">${block.steps.map(stepHtml).join('')}</ol>`;
  }
}

function verdictHtml({ mood, title, summary }: Extract<Block, { kind: 'verdict' }>): string {
  const below = summary === null ? '' : `<p>${escaped(summary)}</p>`;
  return `<section class="verdict ${mood}"><p class="headline">${escaped(title)}</p>${below}</section>`;
}

function stepHtml({ title, status, because, mood }: ChainStep): string {
  const word = status === null ? '' : ` <span class="status">${escaped(status)}</span>`;
  const below = because === null ? '' : `<p>${escaped(because)}</p>`;
  return `<li class="${mood}"><p class="state">${escaped(title)}${word}</p>${below}</li>`;
}

function figureHtml({ picture, legend }: Extract<Block, { kind: 'timeline' }>): string {
  const keys = legend.map((l) => `<span class="key ${l.mood}">${escaped(l.text)}</span>`).join(' ');
  const caption = `<figcaption><span>${escaped(picture.title)}</span> ${keys}</figcaption>`;
  return `<figure>${timelineSvg(picture)}${caption}</figure>`;
}

/** Each cell knows its column's name: on a phone the rows are stacked and the head is gone. */
function tableHtml({ head, rows, compact }: Extract<Block, { kind: 'table' }>): string {
  const columns = head.map((h) => `<th scope="col">${escaped(h)}</th>`).join('');
  const cell = (runs: Runs, i: number): string =>
    `<td data-column="${escaped(head[i] ?? '')}"><div>${runsHtml(runs)}</div></td>`;
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('');
  return `<table${compact ? ' class="compact"' : ''}><thead><tr>${columns}</tr></thead><tbody>${body}</tbody></table>`;
}

function runsHtml(runs: Runs): string {
  return runs.map(runHtml).join('');
}

function runHtml({ text, as }: Run): string {
  const inner = escaped(text);
  if (as === 'strong') return `<strong>${inner}</strong>`;
  if (as === 'code') return `<code>${inner}</code>`;
  return as === 'dim' ? `<span class="dim">${inner}</span>` : inner;
}

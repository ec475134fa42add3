import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { frozenStorageDiagnosis, healthyDiagnosis } from '../../test/support/diagnosis-samples.ts';
import type { Diagnosis } from '../diagnose/diagnosis.ts';
import { LANGS } from '../text/text.ts';
import { htmlReport } from './html.ts';
import { markdownReport } from './markdown.ts';

const TOOL = 'notready 0';
const RENDERERS = { md: markdownReport, html: htmlReport } as const;

for (const [form, render] of Object.entries(RENDERERS)) {
  for (const lang of LANGS) {
    test(`the ${form} report in ${lang} reads as it did (node --test --test-update-snapshots rewrites it)`, (t) => {
      const file = `${import.meta.dirname}/golden/frozen-storage.${lang}.${form}`;
      t.assert.fileSnapshot(render(frozenStorageDiagnosis(), lang, TOOL), file, { serializers: [String] });
    });
  }
}

/** A diagnosis in which every text that a host can choose is this one. */
function saying(text: string): Diagnosis {
  const diagnosis = frozenStorageDiagnosis();
  const both = { en: text, zh: text };
  const remedies = diagnosis.remedies.map((r) => ({ ...r, command: text, why: both }));
  const differential = diagnosis.differential.map((c) => ({ ...c, summary: both, evidence: [], against: [] }));
  return { ...diagnosis, node: text, notes: [both], remedies, differential };
}

test('where nothing is wrong, both say so first', () => {
  assert.match(markdownReport(healthyDiagnosis(), 'en', TOOL), /\n\n> \*\*✓ .*nothing wrong found/);
  assert.match(htmlReport(healthyDiagnosis(), 'zh', TOOL), /class="verdict good"><p class="headline">.*未发现问题/);
});

test('the page fetches nothing and runs nothing', () => {
  const page = htmlReport(frozenStorageDiagnosis(), 'en', TOOL);
  assert.doesNotMatch(page, /<(?:script|link|img|iframe|object)|\b(?:src|href|on\w+)=|@import|url\(/i);
  assert.match(page, /Content-Security-Policy" content="default-src 'none'/);
});

test('text from a host adds no element to the page, whatever it is', () => {
  const tags = (page: string): number => page.match(/<[a-z/!]/gi)?.length ?? 0;
  const calm = tags(htmlReport(saying('calm'), 'en', TOOL));
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', 'a', ' ', '\x1b') }), (evil) => {
      assert.equal(tags(htmlReport(saying(`x${evil}`), 'en', TOOL)), calm);
    }),
  );
});

test('text from a host stays text in Markdown: no HTML, link, table cell or block of its own', () => {
  const evil = '<img src=x> [a](http://b) | c `d` ~~~ *e* &lt;';
  const report = markdownReport(saying(evil), 'en', TOOL);
  const outside = report.replaceAll(/```+sh\n[\s\S]*?\n```+/g, '').replaceAll(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
  assert.doesNotMatch(outside, /(?<!\\)<img|(?<!\\)\[a|(?<!\\)\*e|(?<!\\)&lt;/);
  assert.match(markdownReport(saying('# no heading'), 'en', TOOL), /^- \\# no heading$/m);
});

test('the chain is a flowchart, too, out of which no title breaks', () => {
  const diagnosis = frozenStorageDiagnosis();
  const evil = 'a"] --> b["`x`\n```\n# h';
  const chain = diagnosis.chain.map((link) => ({ ...link, title: { en: evil, zh: evil } }));
  const [, chart = ''] =
    /```mermaid\n([\s\S]*?)\n```\n/.exec(markdownReport({ ...diagnosis, chain }, 'en', TOOL)) ?? [];
  const boxes = chart.split('\n').filter((line) => /^ {2}s\d+\["[^"`<>[\]]*"\]:::(?:bad|warn|quiet|good)$/.test(line));
  assert.equal(boxes.length, chain.length);
  assert.equal(chart.split('\n').filter((line) => /^ {2}s\d+ --> s\d+$/.test(line)).length, chain.length - 1);
});

test('a command with backticks ends its own fence only', () => {
  const report = markdownReport(saying('echo ``` ; rm'), 'en', TOOL);
  assert.match(report, /````sh\necho ``` ; rm\n````/);
});

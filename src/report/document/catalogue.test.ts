import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CAUSES } from '../../causes/index.ts';
import { markdownText } from '../markdown.ts';
import { catalogue } from './catalogue.ts';

for (const [lang, file] of [
  ['en', 'causes.md'],
  ['zh', 'causes.zh-CN.md'],
] as const) {
  test(`docs/${file} says what the causes say (npm run generate rewrites it)`, () => {
    const text = markdownText(catalogue(lang));
    assert.equal(text, readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8'));
    for (const { id } of CAUSES) assert.ok(text.includes(`\n## ${id}\n`), id);
  });
}

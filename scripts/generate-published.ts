// Writes schema/*.schema.json from the zod schemas and docs/causes*.md from the causes; a test fails where one is out of date.
import { mkdirSync, writeFileSync } from 'node:fs';
import { catalogue } from '../src/report/document/catalogue.ts';
import { diagnosisSchemaText } from '../src/report/json-schema.ts';
import { markdownText } from '../src/report/markdown.ts';
import { planSchemaText } from '../src/report/plan/json.ts';
import { policySchemaText } from '../src/report/plan/policy-schema.ts';
import { runSchemaText } from '../src/report/plan/run-json.ts';
import { watchLineSchemaText } from '../src/watch/lines/json-schema.ts';

const folder = new URL('../schema/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('diagnosis.schema.json', folder), diagnosisSchemaText());
writeFileSync(new URL('watch-line.schema.json', folder), watchLineSchemaText());
writeFileSync(new URL('plan.schema.json', folder), planSchemaText());
writeFileSync(new URL('policy.schema.json', folder), policySchemaText());
writeFileSync(new URL('remediation.schema.json', folder), runSchemaText());

const docs = new URL('../docs/', import.meta.url);
writeFileSync(new URL('causes.md', docs), markdownText(catalogue('en')));
writeFileSync(new URL('causes.zh-CN.md', docs), markdownText(catalogue('zh')));

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { frozenStorageDiagnosis, healthyDiagnosis } from '../../test/support/diagnosis-samples.ts';
import { LANGS } from '../text/text.ts';
import { formatJson, toJson } from './json.ts';
import { diagnosisSchemaText } from './json-schema.ts';
import { diagnosisJsonSchema } from './schema.ts';

const TOOL = { name: 'notready', version: '0.1.0' };
const SCHEMA_FILE = new URL('../../schema/diagnosis.schema.json', import.meta.url);

test('the published JSON Schema is the one that the code has (npm run generate rewrites it)', () => {
  assert.equal(readFileSync(SCHEMA_FILE, 'utf8'), diagnosisSchemaText());
});

test('diagnoses validate against the published schema, in every language', () => {
  const ajv = new Ajv.default({ strict: true, formats: { 'date-time': (s: string) => !Number.isNaN(Date.parse(s)) } });
  const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')));
  for (const diagnosis of [frozenStorageDiagnosis(), healthyDiagnosis()]) {
    for (const lang of LANGS) {
      const json = toJson(diagnosis, lang, TOOL);
      assert.ok(validate(json), ajv.errorsText(validate.errors));
      assert.deepEqual(diagnosisJsonSchema.parse(json), json);
    }
  }
  assert.equal(validate({ ...toJson(healthyDiagnosis(), 'en', TOOL), node: 7 }), false);
});

test('the keys come in the order of the schema, whatever the order in the diagnosis', () => {
  const diagnosis = frozenStorageDiagnosis();
  const shuffled = Object.fromEntries(Object.entries(diagnosis).reverse()) as unknown as typeof diagnosis;
  assert.equal(formatJson(shuffled, 'en', TOOL), formatJson(diagnosis, 'en', TOOL));
  assert.deepEqual(Object.keys(toJson(diagnosis, 'en', TOOL)), Object.keys(diagnosisJsonSchema.shape));
});

test('an attribute of a subject cannot take the place of its kind, name or id', () => {
  const diagnosis = frozenStorageDiagnosis();
  const { verdict } = diagnosis;
  assert.ok(verdict);
  const [mount] = verdict.subjects;
  assert.ok(mount);
  const subjects = [{ ...mount, attrs: { id: 'x', kind: 'y', path: '/srv/data' } }];
  const json = toJson({ ...diagnosis, verdict: { ...verdict, subjects } }, 'en', TOOL);
  assert.deepEqual(json.verdict?.subjects, [
    { id: 'mount:host:7:0:/srv/data', kind: 'mount', path: '/srv/data', name: '/srv/data' },
  ]);
});

test('times are ISO 8601 in UTC', () => {
  assert.equal(toJson(healthyDiagnosis(), 'en', TOOL).examined.from, '2026-11-24T06:31:00.000Z');
});

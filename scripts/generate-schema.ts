// Writes schema/diagnosis.schema.json from the zod schema; a test fails where the file is out of date.
import { mkdirSync, writeFileSync } from 'node:fs';
import { diagnosisSchemaText } from '../src/report/json-schema.ts';

const file = new URL('../schema/diagnosis.schema.json', import.meta.url);
mkdirSync(new URL('.', file), { recursive: true });
writeFileSync(file, diagnosisSchemaText());

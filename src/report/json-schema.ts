import { jsonSchemaText } from './json-schema-text.ts';
import { DIAGNOSIS_SCHEMA_VERSION, diagnosisJsonSchema } from './schema.ts';

/** The JSON Schema of what `diagnose -o json` prints, as published in schema/diagnosis.schema.json. */
export function diagnosisSchemaText(): string {
  return jsonSchemaText(diagnosisJsonSchema, {
    title: 'notready diagnosis',
    description: `What \`notready diagnose -o json\` prints, schemaVersion ${DIAGNOSIS_SCHEMA_VERSION}.`,
  });
}

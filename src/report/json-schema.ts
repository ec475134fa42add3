import { z } from 'zod';
import { DIAGNOSIS_SCHEMA_VERSION, diagnosisJsonSchema } from './schema.ts';

/**
 * The JSON Schema (draft 2020-12) of what `-o json` prints, as published in schema/diagnosis.schema.json. Objects stay
 * open (`io: input`): a field that a later version adds must not break a reader of this one.
 */
export function diagnosisSchemaText(): string {
  const { $schema, ...rest } = z.toJSONSchema(diagnosisJsonSchema, {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ jsonSchema }) => {
      // `format` says it; zod's pattern beside it is a page of leap years.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  const schema = {
    $schema,
    title: 'notready diagnosis',
    description: `What \`notready diagnose -o json\` prints, schemaVersion ${DIAGNOSIS_SCHEMA_VERSION}.`,
    ...rest,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

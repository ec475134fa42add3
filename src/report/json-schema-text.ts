import { z } from 'zod';

/**
 * A JSON Schema (draft 2020-12) as it is published. Objects stay open (`io: input`): a field that a later version adds
 * must not break a reader of this one.
 */
export function jsonSchemaText(
  schema: z.ZodType,
  { title, description }: { readonly title: string; readonly description: string },
): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ jsonSchema }) => {
      // `format` says it; zod's pattern beside it is a page of leap years.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return `${JSON.stringify({ $schema, title, description, ...rest }, null, 2)}\n`;
}

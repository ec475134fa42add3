import { jsonSchemaText } from '../../report/json-schema-text.ts';
import { WATCH_SCHEMA_VERSION, watchLineSchema } from './schema.ts';

/** The JSON Schema of one line of `watch -o json`, as published in schema/watch-line.schema.json. */
export function watchLineSchemaText(): string {
  return jsonSchemaText(watchLineSchema, {
    title: 'notready watch line',
    description: `One line of \`notready watch -o json\`, schemaVersion ${WATCH_SCHEMA_VERSION} (said in the first line).`,
  });
}

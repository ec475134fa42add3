import { z } from 'zod';
import { listField } from '../../logs/objects/fields.ts';
import { parseJson } from '../../runtimes/json.ts';

const schema = z.object({ items: listField(z.object({ metadata: z.object({ name: z.string() }) })) });

/** Names of a list's objects; none where the text is no list. */
export function readNames(body: string): readonly string[] {
  const list = schema.safeParse(parseJson(body));
  return list.success ? list.data.items.map((item) => item.metadata.name) : [];
}

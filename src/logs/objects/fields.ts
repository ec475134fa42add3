import { z } from 'zod';

/** Fields of API objects as a stranger may send them: one that is missing or of another type reads as empty. */
export const textField = z.string().catch('');
export const numberField = z.number().nullable().catch(null);

/** Unix ms of an RFC 3339 time; null where there is none. */
export const timeField = z
  .string()
  .transform((text) => {
    const ms = Date.parse(text);
    return Number.isNaN(ms) ? null : ms;
  })
  .nullable()
  .catch(null);

/** A list of which the items that make no sense are left out. */
export function listField<T extends z.ZodType>(item: T) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((items) =>
      items.flatMap((i): z.output<T>[] => {
        const parsed = item.safeParse(i);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

import { z } from 'zod';
import type { Act } from '../act.ts';
import { ACT_KINDS } from '../act-kinds.ts';

// The audit log, one JSON object a line. It is what a later run goes on from, so that nothing half done is forgotten.

const act = z
  .looseObject({ kind: z.string().refine((kind) => (ACT_KINDS as readonly string[]).includes(kind)) })
  .transform((value) => value as unknown as Act);

const common = {
  /** Unix ms. */
  at: z.number(),
  run: z.string(),
  node: z.string(),
};

export const entrySchema = z.discriminatedUnion('type', [
  /** A run begins: who, in which way, for which cause. */
  z.object({
    ...common,
    type: z.literal('run'),
    who: z.string(),
    mode: z.enum(['apply', 'yes', 'undo']),
    cause: z.string().nullable(),
    version: z.string(),
  }),
  /** Written and on disk before the act. `undo`: what takes it back, where something must. */
  z.object({
    ...common,
    type: z.literal('begin'),
    step: z.string(),
    act,
    undo: act.nullable(),
    command: z.string(),
    why: z.string(),
  }),
  z.object({
    ...common,
    type: z.literal('end'),
    step: z.string(),
    status: z.enum(['done', 'refused', 'failed', 'timed-out']),
    text: z.string(),
    tookMs: z.number(),
  }),
  z.object({ ...common, type: z.literal('refused'), step: z.string(), guard: z.string(), why: z.string() }),
  /** The person said no, or the policy does not allow it. */
  z.object({ ...common, type: z.literal('declined'), step: z.string(), why: z.string() }),
  z.object({ ...common, type: z.literal('look'), cause: z.string().nullable(), text: z.string() }),
  z.object({ ...common, type: z.literal('evidence'), file: z.string() }),
  z.object({ ...common, type: z.literal('proof'), ok: z.boolean(), text: z.string() }),
  z.object({
    ...common,
    type: z.literal('close'),
    result: z.enum(['back', 'stands', 'refused', 'interrupted', 'undone', 'owes']),
  }),
]);
export type Entry = z.infer<typeof entrySchema>;
export type EntryOf<T extends Entry['type']> = Extract<Entry, { type: T }>;

/** One line, newline included. */
export function entryLine(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** The entries of a journal's text. A torn line, as a kill in the middle of a write leaves it, is left out and counted. */
export function parseJournal(text: string): { readonly entries: readonly Entry[]; readonly torn: number } {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const entries = lines.flatMap((line) => parseLine(line) ?? []);
  return { entries, torn: lines.length - entries.length };
}

function parseLine(line: string): Entry | null {
  try {
    const parsed = entrySchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

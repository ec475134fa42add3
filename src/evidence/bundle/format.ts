import { z } from 'zod';
import { CASE_FORMAT_VERSION, caseHeaderSchema } from '../case-file.ts';

/** What `manifest.json` calls this kind of archive. */
export const BUNDLE_FORMAT = 'notready-case';
export const MANIFEST = 'manifest.json';
export const README = 'README.txt';

/** The oldest notready that reads {@link CASE_FORMAT_VERSION}; raise both together. */
export const READABLE_SINCE = '0.1.0';

/** The parts of a case file that are kept one record a line. */
export const TABLES = ['sources', 'entities', 'links', 'observations'] as const;
export type Table = (typeof TABLES)[number];

export function tableFile(table: Table): string {
  return `${table}.jsonl`;
}

const MIB = 1024 * 1024;

/** What a reader accepts: a bundle comes from anyone, by mail. */
export const BUNDLE_LIMITS = {
  /** Of the archive file itself, and of all files in it together. */
  totalBytes: 256 * MIB,
  entries: 64,
  lineBytes: MIB,
  /** Of one table. A node with five hundred containers makes some ten thousand; a million would take half a minute. */
  records: 250_000,
  /** Unpacked bytes per packed byte, looked at once `ratioFreeBytes` are unpacked. Case files reach about 30, deflate's own limit is 1032. */
  ratio: 250,
  ratioFreeBytes: 8 * MIB,
} as const;
export type BundleLimits = { readonly [K in keyof typeof BUNDLE_LIMITS]: number };

/** Only what tells whether the rest can be read at all. */
export const manifestVersionSchema = z.object({
  format: z.string(),
  formatVersion: z.number(),
  readableSince: z.string().optional(),
});

/** Unix ms; a later year would need six digits in ISO 8601. */
const END_OF_9999 = Date.UTC(10_000, 0) - 1;
const instant = z.number().min(0).max(END_OF_9999);

export const manifestSchema = caseHeaderSchema.extend({
  format: z.literal(BUNDLE_FORMAT),
  formatVersion: z.literal(CASE_FORMAT_VERSION),
  examined: z.object({ from: instant, to: instant }),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

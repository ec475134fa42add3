import { z } from 'zod';

export const SOURCE_STATUSES = ['ok', 'partial', 'failed', 'timeout', 'skipped'] as const;

/** Where observations came from: one file, call or command, and how reading it went. */
export const sourceSchema = z.object({
  id: z.string(),
  /** The probe that read it: the name of its file in src/probes. */
  probe: z.string(),
  /** What was read: `/proc/23760/task/23771/stack`, `GET /containers/json on unix:///run/docker.sock`. */
  what: z.string(),
  /** The command by which a person sees the same; null where none exists. */
  command: z.string().nullable(),
  /** Unix time in milliseconds. */
  startedAt: z.number(),
  tookMs: z.number(),
  status: z.enum(SOURCE_STATUSES),
  /** Why it is not `ok`, in the system's own words. */
  error: z.string().nullable(),
});
export type Source = z.infer<typeof sourceSchema>;

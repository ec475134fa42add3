import { z } from 'zod';

// Only what notready reads, and tolerant of what it lacks: the Engine API of 17.03 and of today differ in much else.
// Source: moby, api/swagger.yaml (ContainerSummary, ContainerInspectResponse, SystemInfo, SystemVersion).

const text = z.string().catch('');
const flag = z.boolean().nullable().catch(null);
const labels = z.record(z.string(), z.string()).catch({});

/** Go's zero time and what is no time are null; else Unix ms. */
const time = z
  .string()
  .transform((s) => parseGoTime(s))
  .nullable()
  .catch(null);

/** GET /version. Since 18.09 it tells of containerd and runc too. */
export const dockerVersion = z.object({
  Version: text,
  ApiVersion: text,
  Components: z.array(z.object({ Name: text, Version: text })).catch([]),
});
export type DockerVersion = z.infer<typeof dockerVersion>;

/** GET /info. */
export const dockerInfo = z.object({
  DockerRootDir: z.string().nullable().catch(null),
  CgroupDriver: z.string().nullable().catch(null),
  LiveRestoreEnabled: flag,
});
export type DockerInfo = z.infer<typeof dockerInfo>;

/** One entry of GET /containers/json. */
export const dockerListed = z.object({
  Id: z.string(),
  Names: z.array(z.string()).nullable().catch(null),
  Image: text,
  /** Unix seconds. */
  Created: z.number().nullable().catch(null),
  State: text,
  Labels: labels,
});
export type DockerListed = z.infer<typeof dockerListed>;

/** GET /containers/json: entries that are no containers are left out. */
export const dockerList = z
  .array(z.unknown())
  .transform((entries) => entries.flatMap((e) => dockerListed.safeParse(e).data ?? []));

/** GET /containers/ID/json. */
export const dockerInspected = z.object({
  Id: z.string(),
  Name: text,
  Created: time,
  RestartCount: z.number().nullable().catch(null),
  Config: z.object({ Image: text, Labels: labels }).catch({ Image: '', Labels: {} }),
  State: z.object({
    Status: text,
    Pid: z.number().catch(0),
    ExitCode: z.number().nullable().catch(null),
    OOMKilled: flag,
    StartedAt: time,
    FinishedAt: time,
  }),
});
export type DockerInspected = z.infer<typeof dockerInspected>;

/** Unix ms of an RFC 3339 time with nanoseconds; null for Go's zero time (year 1) and for anything else. */
export function parseGoTime(value: string): number | null {
  if (value.startsWith('0001-')) return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : ms;
}

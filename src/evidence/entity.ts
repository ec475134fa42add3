import { z } from 'zod';

/** What a case file can speak of. `engine` is one runtime endpoint (a Docker, CRI or containerd socket). */
export const ENTITY_KINDS = [
  'node',
  'component',
  'engine',
  'pod',
  'container',
  'shim',
  'process',
  'thread',
  'mount',
  'device',
  'cgroup',
] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** `kind:rest`, built only by {@link entityId} so that every probe names one thing alike. */
export type EntityId = `${EntityKind}:${string}`;

const attribute = z.union([z.string(), z.number(), z.boolean()]);

export const entitySchema = z.object({
  id: z.string().transform((s) => s as EntityId),
  kind: z.enum(ENTITY_KINDS),
  /** What a person calls it: `web-0/app`, `/data`, `dockerd`. */
  name: z.string(),
  /** Identifying facts that do not change while it lives: pid, device number, pod, namespace. */
  attrs: z.record(z.string(), attribute),
});
export type Entity = z.infer<typeof entitySchema>;

/**
 * How two entities relate, read from left to right:
 * container `member-of` pod · container `served-by` engine · container `runs` process (its init) ·
 * shim `supervises` container · shim `is-process` process · component `is-process` process · process `child-of` process ·
 * process `in-container` container · thread `of-process` process · thread|process `waits-on` mount ·
 * process `uses` mount · container `mounts` mount · mount `on-device` device (its own first, then the disks below it) ·
 * component `listens-on` engine · process|container|component `in-cgroup` cgroup · component `stored-on` mount.
 */
export const RELATIONS = [
  'member-of',
  'served-by',
  'runs',
  'supervises',
  'is-process',
  'child-of',
  'in-container',
  'of-process',
  'waits-on',
  'uses',
  'mounts',
  'on-device',
  'listens-on',
  'in-cgroup',
  'stored-on',
] as const;
export type Relation = (typeof RELATIONS)[number];

export const linkSchema = z.object({
  from: z.string().transform((s) => s as EntityId),
  rel: z.enum(RELATIONS),
  to: z.string().transform((s) => s as EntityId),
});
export type Link = z.infer<typeof linkSchema>;

/** The one way to name an entity, so that two probes that see the same thing agree. */
export const entityId = {
  node: (): EntityId => 'node:this',
  /** @param name `dockerd`, `containerd`, `crio`, `kubelet`; @param pid null where it is not running */
  component: (name: string, pid: number | null): EntityId => `component:${name}@${pid ?? 'absent'}`,
  /** @param kind of API spoken there; @param endpoint `unix:///run/docker.sock` */
  engine: (kind: 'docker' | 'cri' | 'containerd', endpoint: string): EntityId => `engine:${kind}:${endpoint}`,
  pod: (uid: string): EntityId => `pod:${uid}`,
  /** @param id the runtime's 64 hexadecimal digits; sandboxes are containers too */
  container: (id: string): EntityId => `container:${id}`,
  shim: (pid: number): EntityId => `shim:${pid}`,
  process: (pid: number): EntityId => `process:${pid}`,
  thread: (pid: number, tid: number): EntityId => `thread:${pid}/${tid}`,
  /** @param namespace `host`, or `container` for a mount seen only in a container's mount namespace (then `device` keeps equal paths apart) */
  mount: (namespace: 'host' | 'container', device: string, mountPoint: string): EntityId =>
    `mount:${namespace}:${device}:${mountPoint}`,
  /** @param majorMinor as in mountinfo: `7:0` */
  device: (majorMinor: string): EntityId => `device:${majorMinor}`,
  cgroup: (path: string): EntityId => `cgroup:${path}`,
} as const;

import type { EntityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { isFresh } from './assessment.ts';
import { memoised } from './memo.ts';
import { isStorageWait, type StuckThread, stuckThreads } from './stuck-threads.ts';

/** What is wrong with a storage: it decides the remedy. */
export type StorageFault = 'frozen' | 'suspended' | 'fuse' | 'network' | 'disk' | 'silent';

/** One filesystem or device that does not answer, with all that shows it. */
export interface StorageTrouble {
  readonly fault: StorageFault;
  /** The mount, as the container or the host sees it; null where the waits do not show it. */
  readonly mount: EntityId | null;
  /** Every known mount of the same device, the host's first. */
  readonly mounts: readonly EntityId[];
  readonly device: EntityId | null;
  readonly threads: readonly StuckThread[];
  readonly statfs: Observation<'statfs'> | null;
  readonly stuckReads: readonly Observation<'stuck-read'>[];
  readonly fuse: Observation<'fuse-connection'> | null;
  readonly blockDevice: Observation<'block-device'> | null;
  readonly kernel: readonly Observation<'kernel-signal'>[];
}

const DEAD_ERRNO = new Set(['ENOTCONN', 'ESTALE', 'EIO', 'EHOSTDOWN', 'ESHUTDOWN']);
const KERNEL_STORAGE = new Set(['io-error', 'filesystem-error', 'nfs-not-responding']);
const NETWORK_FS = /^(?:nfs|nfs4|cifs|smb3?|ceph|glusterfs|lustre|gfs2|ocfs2|9p)$/;

/** Every storage that does not answer, worst shown first. */
export const storageTroubles = memoised((view: CaseView): readonly StorageTrouble[] => {
  const waiting = stuckThreads(view).filter(isStorageWait);
  const groups = new Map<string, StuckThread[]>();
  for (const t of waiting) append(groups, storageKey(view, t.mount) ?? `by ${t.wait.kind}`, t);
  for (const id of silentMounts(view)) append(groups, storageKey(view, id) ?? id, null);
  const troubles = [...groups.entries()].map(([key, threads]) => describeStorage(view, key, threads));
  return troubles.toSorted((a, b) => b.threads.length - a.threads.length);
});

function append(groups: Map<string, StuckThread[]>, key: string, thread: StuckThread | null): void {
  const list = groups.get(key) ?? [];
  if (thread !== null) list.push(thread);
  groups.set(key, list);
}

/** Mounts that do not answer, or answer that their server is gone, and devices that are switched off. */
function silentMounts(view: CaseView): readonly EntityId[] {
  const deadStatfs = view
    .all('statfs')
    .filter((o) => isDead(o))
    .flatMap((o) => mountsAbout(o));
  const fuse = view
    .all('fuse-connection')
    .filter((o) => isFuseHeld(o))
    .flatMap((o) => mountsAbout(o));
  const devices = view
    .all('block-device')
    .filter((o) => isOff(o))
    .flatMap((o) => o.about);
  const onOff = devices.flatMap((d) => view.from(d, 'on-device'));
  const read = view.all('stuck-read').flatMap((o) => mountOfStuckRead(view, o) ?? []);
  return [...new Set([...deadStatfs, ...fuse, ...onOff, ...read])];
}

export function isDead(o: Observation<'statfs'>): boolean {
  return o.fact.outcome === 'stuck' || (o.fact.outcome === 'error' && DEAD_ERRNO.has(o.fact.error ?? ''));
}

/** Requests wait, and the server is stopped, dead or gone. */
export function isFuseHeld(o: Observation<'fuse-connection'>): boolean {
  return o.fact.waiting > 0 && o.fact.serverState !== null && 'TtZX'.includes(o.fact.serverState);
}

/** A device that takes no requests: device-mapper suspended, or a SCSI state other than running. */
export function isOff(o: Observation<'block-device'>): boolean {
  if (o.fact.suspended === true) return true;
  return o.fact.state !== null && /^(?:offline|transport-offline|blocked|quiesce|deleted)$/.test(o.fact.state);
}

function mountsAbout(o: Pick<Observation, 'about'>): EntityId[] {
  return o.about.filter((id) => id.startsWith('mount:'));
}

/** The mount whose path our own reader hangs on; procfs paths hang for other reasons (a held mmap lock). */
function mountOfStuckRead(view: CaseView, o: Observation<'stuck-read'>): EntityId | null {
  const about = mountsAbout(o)[0];
  if (about !== undefined) return about;
  if (/^\/(?:proc|sys)\//.test(o.fact.path)) return null;
  const host = view.all('mount').filter((m) => m.fact.namespace === 'host');
  const under = host.filter((m) => isUnder(o.fact.path, m.fact.mountPoint));
  const nearest = under.toSorted((a, b) => b.fact.mountPoint.length - a.fact.mountPoint.length)[0];
  return nearest?.about[0] ?? null;
}

function isUnder(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}

/** One storage is one device, however many mounts show it. */
function storageKey(view: CaseView, mount: EntityId | null): string | null {
  if (mount === null) return null;
  const device = view.to(mount, 'on-device')[0];
  const number = view.fact(mount, 'mount')?.majorMinor;
  if (device !== undefined) return device;
  return number === undefined ? mount : `device:${number}`;
}

function describeStorage(view: CaseView, key: string, threads: readonly StuckThread[]): StorageTrouble {
  const mounts = mountsOf(view, key, threads);
  const device = key.startsWith('device:') && view.entity(key as EntityId) !== null ? (key as EntityId) : null;
  const blockDevice = device === null ? null : view.latest(device, 'block-device');
  const fuse = mounts.map((m) => view.latest(m, 'fuse-connection')).find((o) => o !== null) ?? null;
  const statfs = mounts.flatMap((m) => view.about(m, 'statfs')).find(isDead) ?? null;
  const stuckReads = view.all('stuck-read').filter((o) => mounts.includes(mountOfStuckRead(view, o) ?? 'node:this'));
  const found = { mounts, device, threads, statfs, stuckReads, fuse, blockDevice };
  const mount = threads.find((t) => t.mount !== null)?.mount ?? mounts[0] ?? null;
  const fault = faultOf(view, found);
  return { fault, mount, ...found, kernel: kernelSignalsFor(view, fault, blockDevice) };
}

function mountsOf(view: CaseView, key: string, threads: readonly StuckThread[]): readonly EntityId[] {
  const waitedOn = threads.flatMap((t) => t.mount ?? []);
  const keyed = view
    .entities('mount')
    .map((e) => e.id)
    .filter((id) => storageKey(view, id) === key || id === key);
  const all = [...new Set([...waitedOn, ...keyed])];
  return all.toSorted((a, b) => Number(isHost(b)) - Number(isHost(a)));
}

export function isHost(mount: EntityId): boolean {
  return mount.startsWith('mount:host:');
}

function faultOf(
  view: CaseView,
  found: Pick<StorageTrouble, 'mounts' | 'threads' | 'fuse' | 'blockDevice' | 'statfs'>,
): StorageFault {
  if (found.blockDevice !== null && isOff(found.blockDevice)) {
    return found.blockDevice.fact.suspended === true ? 'suspended' : 'disk';
  }
  const kinds = new Set(found.threads.map((t) => t.wait.kind));
  const fsType = found.mounts.map((m) => view.fact(m, 'mount')?.fsType).find((f) => f !== undefined) ?? '';
  if (kinds.has('frozen-filesystem')) return 'frozen';
  if (kinds.has('fuse') || fsType.startsWith('fuse') || found.fuse !== null) return 'fuse';
  if (kinds.has('network-filesystem') || NETWORK_FS.test(fsType)) return 'network';
  if (kinds.has('block-device')) return 'disk';
  return 'silent';
}

/** The kernel complained of storage within the last minutes and has not said that it is over. */
export function isStorageComplaint(view: CaseView, o: Observation<'kernel-signal'>): boolean {
  return KERNEL_STORAGE.has(o.fact.signal) && isFresh(view, o) && o.fact.endedAt === undefined;
}

function kernelSignalsFor(
  view: CaseView,
  fault: StorageFault,
  device: Observation<'block-device'> | null,
): readonly Observation<'kernel-signal'>[] {
  if (fault === 'frozen' || fault === 'suspended' || fault === 'fuse') return [];
  return view.all('kernel-signal').filter((o) => {
    if (!isStorageComplaint(view, o)) return false;
    if (fault === 'network') return o.fact.signal === 'nfs-not-responding';
    return device === null || o.fact.device === null || diskOf(o.fact.device) === diskOf(device.fact.name);
  });
}

/** `sda` of `sda1`, `nvme0n1` of `nvme0n1p2`: the kernel complains of either. */
function diskOf(name: string): string {
  return name
    .replace(/^((?:nvme\d+n|mmcblk|loop|md|nbd)\d+)p\d+$/, '$1')
    .replace(/^((?:sd|vd|xvd|hd)[a-z]+)\d+$/, '$1');
}

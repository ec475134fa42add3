import type { EntityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import { formatBytes } from '../../text/units.ts';
import { nameOf } from './names.ts';
import { say } from './say.ts';
import { THRESHOLDS } from './thresholds.ts';

/** How much room a filesystem that the node needs has. */
export interface Room {
  readonly observation: Observation<'statfs'>;
  readonly mount: EntityId;
  /** What of the node lies there: `docker-root`, `kubelet-root` ... */
  readonly roles: readonly string[];
  /** Daemons that keep their data there. */
  readonly users: readonly EntityId[];
  /** `full`: writes fail. `low`: below where the kubelet evicts by default. */
  readonly level: 'full' | 'low' | 'enough';
  /** What runs short. */
  readonly resource: 'blocks' | 'inodes';
  /** `3 MiB of 40 GiB left`. */
  readonly left: Text;
}

const IMAGE_ROLES = ['docker-root', 'containerd-root', 'crio-root'];
/** Roles without which no pod starts: the others only hold logs or the system. */
const VITAL_ROLES = [...IMAGE_ROLES, 'kubelet-root'];
// Images of a filesystem are full by nature.
const IMAGE_TYPES = new Set(['squashfs', 'erofs', 'iso9660', 'cramfs']);

/** Whether the runtime or the kubelet themselves write there. */
export function isVital(room: Room): boolean {
  return room.users.length > 0 || room.roles.some((r) => VITAL_ROLES.includes(r));
}

/** The filesystems that the node needs, and what is left on each. Those that do not answer say nothing of room. */
export function rooms(view: CaseView): readonly Room[] {
  const newest = new Map<EntityId, Observation<'statfs'>>();
  for (const o of view.all('statfs')) {
    const mount = o.about[0];
    if (mount !== undefined && o.fact.outcome === 'ok') newest.set(mount, o);
  }
  return [...newest.values()].flatMap((o) => roomOf(view, o) ?? []);
}

/** @param observation about all mounts of one filesystem */
function roomOf(view: CaseView, observation: Observation<'statfs'>): Room | null {
  const { roles, totalBytes, availableBytes, inodes, inodesFree } = observation.fact;
  const mounts = observation.about.filter((id) => id.startsWith('mount:'));
  const users = [...new Set(mounts.flatMap((m) => view.from(m, 'stored-on')))];
  const mount = mounts.find((m) => view.from(m, 'stored-on').length > 0) ?? mounts[0];
  if (mount === undefined || (roles.length === 0 && users.length === 0) || isImage(view, mounts)) return null;
  const base = { observation, mount, roles, users };
  const blocks = totalBytes && availableBytes !== null ? blockLevel(roles, availableBytes, totalBytes) : 'enough';
  const files = inodes && inodesFree !== null ? inodeLevel(inodesFree, inodes) : 'enough';
  if (files === 'full' || (files === 'low' && blocks === 'enough')) {
    const left = say(`${inodesFree} of ${inodes} inodes left`, `inode 仅剩 ${inodesFree}（共 ${inodes}）`);
    return { ...base, level: files, resource: 'inodes', left };
  }
  if (totalBytes === null || availableBytes === null) return null;
  const [free, total] = [formatBytes(availableBytes), formatBytes(totalBytes)];
  const left = say(`${free} of ${total} left`, `剩余 ${free}（共 ${total}）`);
  return { ...base, level: blocks, resource: 'blocks', left };
}

/** A filesystem that is only ever read has no use for room. */
function isImage(view: CaseView, mounts: readonly EntityId[]): boolean {
  const facts = mounts.flatMap((m) => view.fact(m, 'mount') ?? []);
  if (facts.some((f) => IMAGE_TYPES.has(f.fsType))) return true;
  return facts.length > 0 && facts.every((f) => f.readOnly && !f.remountedReadOnly);
}

function blockLevel(roles: readonly string[], available: number, total: number): Room['level'] {
  if (available < Math.min(THRESHOLDS.fullBytes.value, total * THRESHOLDS.fullShare.value)) return 'full';
  const isImages = roles.some((r) => IMAGE_ROLES.includes(r));
  const low = isImages ? THRESHOLDS.imagefsAvailable.value : THRESHOLDS.nodefsAvailable.value;
  return available / total < low ? 'low' : 'enough';
}

function inodeLevel(free: number, total: number): Room['level'] {
  if (free < Math.min(THRESHOLDS.fullInodes.value, total * THRESHOLDS.fullShare.value)) return 'full';
  return free / total < THRESHOLDS.inodesFree.value ? 'low' : 'enough';
}

/** `/var/lib/docker`, for commands. */
export function mountPointOf(view: CaseView, mount: EntityId): string {
  return view.fact(mount, 'mount')?.mountPoint ?? view.entity(mount)?.name ?? nameOf(view, mount);
}

import type { FactOf } from '../../evidence/observation.ts';

export type ContainerFact = FactOf<'container'>;
export type ContainerState = ContainerFact['state'];

/** What the list of any runtime says of one container or sandbox: known before, and without, its status. */
export interface ListedContainer {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly isSandbox: boolean;
  readonly state: ContainerState;
  /** Unix ms. */
  readonly createdAt: number | null;
  readonly kubernetes: ContainerFact['kubernetes'];
  readonly sandboxId: string | null;
}

/** What its own status adds. */
export interface ContainerDetail {
  readonly state: ContainerState;
  readonly pid: number | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly exitCode: number | null;
  /** By the runtime itself; null where it does not restart containers. */
  readonly restartCount: number | null;
  readonly oomKilled: boolean | null;
  /** Why it could not be started or removed, in the runtime's words; '' or absent where it tells none. */
  readonly error?: string;
}

/** Key that all attempts of one container of one pod share; null outside Kubernetes and for sandboxes. */
export function attemptKey(container: ListedContainer): string | null {
  const k = container.kubernetes;
  return k === null || container.isSandbox ? null : `${k.podUid}/${k.container}`;
}

/** Ended ones change no more; all others may be in motion. */
export function hasEnded(container: ListedContainer): boolean {
  return container.state === 'exited';
}

/** In which order to ask: what runs or changes first, then the newest. */
export function byUrgency(a: ListedContainer, b: ListedContainer): number {
  const ended = Number(hasEnded(a)) - Number(hasEnded(b));
  return ended === 0 ? (b.createdAt ?? 0) - (a.createdAt ?? 0) : ended;
}

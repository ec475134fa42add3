import { survey } from '../../host/survey.ts';
import type { HostActorDeps } from './deps.ts';

/** One process of a service. */
export interface Instance {
  readonly pid: number;
  readonly startTicks: number;
  readonly state: string;
}

/** Processes by a name that run and are no child of one by the same name, which a daemon is for an instant before exec. */
export async function instancesOf({ host }: Pick<HostActorDeps, 'host'>, comm: string): Promise<readonly Instance[]> {
  const { processes } = await survey(host);
  return [...processes.values()].filter(
    (p) => p.comm === comm && p.state !== 'Z' && processes.get(p.ppid)?.comm !== comm,
  );
}

export function isAmong({ pid, startTicks }: Instance, instances: readonly Instance[]): boolean {
  return instances.some((other) => other.pid === pid && other.startTicks === startTicks);
}

import type { Survey, SurveyedProcess } from '../../host/survey.ts';
import { parseShimArgs } from '../procfs/shim-args.ts';
import type { ComponentName, Daemon } from './identify.ts';
import { samePath } from './socket-paths.ts';

/** Shims that still look after containers while the daemon above them is gone. */
export interface LeftShim {
  readonly name: ComponentName;
  readonly shims: number;
  /** The address they report to, or the namespace nobody asks for any more. */
  readonly detail: string;
}

/** What a shim needs to be alive: a daemon by name, and for containerd the socket it was told. */
type Need = { readonly name: 'containerd'; readonly address: string } | { readonly name: 'dockerd' | 'crio' };

/**
 * Finds shims without a containerd at the address they were given, shims of Docker's namespace without a dockerd (which
 * with live-restore outlive it), and conmons of CRI-O without a crio. Podman's conmons need no daemon.
 * @param listening paths on which some daemon listens
 */
export function findLeftShims(
  survey: Survey,
  daemons: readonly Daemon[],
  listening: readonly string[],
): readonly LeftShim[] {
  const met = (need: Need): boolean =>
    need.name === 'containerd'
      ? listening.some((path) => samePath(path, need.address))
      : daemons.some((d) => d.name === need.name && d.process.state !== 'Z');
  const left = new Map<string, LeftShim>();
  for (const need of [...survey.processes.values()].flatMap(needsOf)) {
    if (met(need)) continue;
    const detail = need.name === 'containerd' ? `no containerd at ${need.address}` : `no ${need.name} runs`;
    left.set(detail, { name: need.name, shims: (left.get(detail)?.shims ?? 0) + 1, detail });
  }
  return [...left.values()];
}

function needsOf({ comm, args, state }: SurveyedProcess): readonly Need[] {
  if (args === null || state === 'Z') return [];
  if (comm === 'conmon') return args.some((a) => a.includes('/crio/')) ? [{ name: 'crio' }] : [];
  const shim = comm.startsWith('containerd-sh') ? parseShimArgs(args) : null;
  if (shim?.role !== 'serve') return [];
  const address = addressOf(args);
  const needs: Need[] = address === null ? [] : [{ name: 'containerd', address }];
  return shim.namespace === 'moby' ? [...needs, { name: 'dockerd' }] : needs;
}

/** `-address /run/containerd/containerd.sock`: where the shim was told to find its containerd. */
function addressOf(args: readonly string[]): string | null {
  const at = args.findIndex((a) => a === '-address' || a === '--address');
  const address = at === -1 ? undefined : args[at + 1];
  return address?.startsWith('/') ? address : null;
}

import { isShimName } from '../../host/runtime-names.ts';
import { splitArgs } from '../../host/survey.ts';
import { containerOf, parseCgroup } from '../../probes/procfs/cgroup.ts';
import { parseShimArgs } from '../../probes/procfs/shim-args.ts';
import type { Text } from '../../text/text.ts';
import type { HostActorDeps } from './deps.ts';
import { endProcess, refusalOfSecondKill } from './ending.ts';
import type { ActHandler, ActOf, UnmetPrecondition } from './handler.ts';
import { lookAt, nameOf, readStat, refusalToSignal } from './process-look.ts';

type KillShim = ActOf<'kill-shim'>;

/** Looked into for the cgroup of a child whose leader is dead. */
const MAX_THREADS = 16;

/**
 * Kills one shim. containerd sees its connection close and has `shim delete` kill and clear away what is left of the
 * container (containerd 1.5, runtime/v2/shim.go, cleanupAfterDeadShim); where containerd does not run, the container's
 * processes go on without a shim. What waits in the kernel is freed by neither.
 */
export const killShim: ActHandler<KillShim> = {
  check: async (act, deps) => {
    const look = await lookAt(deps, act.process.pid);
    return (
      refusalToSignal(act.process, look) ??
      refusalOfShim(act, await shimLook(deps, act.process.pid)) ??
      (await refusalOfSecondKill(deps, act.process))
    );
  },

  perform: async ({ process, containerId }, deps, context) => {
    const others = new Set((await shimLook(deps, process.pid)).childrenOf);
    others.delete(containerId);
    if (others.size > 0) context.onProgress(alsoEnds([...others]));
    return endProcess(deps, process, 0, context);
  },
};

/** One shim serves a whole pod on containerd: containerd 1.5, runtime/v2/runc/v2/service.go, groupLabels. */
function alsoEnds(ids: readonly string[]): Text {
  const names = ids.map((id) => id.slice(0, 12)).join(' ');
  return {
    en: `the shim looks after other containers too, which end with it: ${names}`,
    zh: `该 shim 还负责其他容器，它们会一同结束：${names}`,
  };
}

export interface ShimLook {
  readonly comm: string;
  /** What its command line names: the container, or the sandbox of its pod; null where it cannot be read. */
  readonly namedId: string | null;
  /** Containers that its children lie in. */
  readonly childrenOf: readonly string[];
}

export function refusalOfShim({ process, containerId }: KillShim, look: ShimLook): UnmetPrecondition | null {
  const name = nameOf(process.pid, look.comm);
  const id = 'is-shim-of-container';
  if (!isShimName(look.comm)) return { id, text: { en: `${name} is no shim`, zh: `${name} 不是 shim` } };
  if (look.namedId === containerId || look.childrenOf.includes(containerId)) return null;
  const short = containerId.slice(0, 12);
  const other = (look.namedId ?? look.childrenOf[0])?.slice(0, 12);
  return {
    id,
    text: other
      ? { en: `${name} is the shim of ${other}, not of ${short}`, zh: `${name} 是 ${other} 的 shim，而非 ${short} 的` }
      : {
          en: `nothing shows that ${name} is the shim of ${short}: its command line cannot be read`,
          zh: `无法证明 ${name} 是 ${short} 的 shim：读不到其命令行`,
        },
  };
}

async function shimLook(deps: HostActorDeps, pid: number): Promise<ShimLook> {
  const { host } = deps;
  const [stat, cmdline, children] = await Promise.all([
    readStat(deps, pid),
    host.files.readText(host.proc(`${pid}/cmdline`), { maxBytes: 65_536 }),
    childrenOf(deps, pid),
  ]);
  return {
    comm: stat === null || 'error' in stat ? '' : stat.comm,
    namedId: cmdline.ok ? (parseShimArgs(splitArgs(cmdline.value))?.containerId ?? null) : null,
    childrenOf: (await Promise.all(children.map((child) => containerOfProcess(deps, child)))).filter(
      (id) => id !== null,
    ),
  };
}

async function childrenOf(deps: HostActorDeps, pid: number): Promise<readonly number[]> {
  const names = await deps.host.files.list(deps.host.proc());
  const pids = names.ok ? names.value.filter((name) => /^\d+$/.test(name)).map(Number) : [];
  const stats = await Promise.all(pids.map((p) => readStat(deps, p)));
  return stats.flatMap((stat) => (stat !== null && !('error' in stat) && stat.ppid === pid ? [stat.pid] : []));
}

/** Of a leader that is dead only its threads still tell on cgroup v1: it is in `/` itself. */
async function containerOfProcess(deps: HostActorDeps, pid: number): Promise<string | null> {
  const { host } = deps;
  const own = await containerOfTask(deps, `${pid}`);
  if (own !== null) return own;
  const tids = await host.files.list(host.proc(`${pid}/task`));
  const threads = tids.ok ? tids.value.slice(0, MAX_THREADS) : [];
  const found = await Promise.all(threads.map((tid) => containerOfTask(deps, `${pid}/task/${tid}`)));
  return found.find((id) => id !== null) ?? null;
}

async function containerOfTask({ host }: HostActorDeps, task: string): Promise<string | null> {
  const read = await host.files.readText(host.proc(`${task}/cgroup`));
  return read.ok ? (containerOf(parseCgroup(read.value))?.containerId ?? null) : null;
}

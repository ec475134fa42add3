import { harmlessLine } from '../../text/untrusted.ts';
import type { ActRun, HostActorDeps } from './deps.ts';
import { type ActContext, type ActHandler, type ActOf, type Finish, refused } from './handler.ts';
import { readMounts, refusalOfMount } from './mounts.ts';
import { programFailed } from './program-texts.ts';
import { allWaiting, stillWaiting } from './threads.ts';

const PROGRAM_MS = 10_000;
/** How long threads may take to go on once the filesystem is thawed. */
const SETTLE_MS = 3000;
const POLL_MS = 50;

/**
 * FITHAW. The kernel tells nowhere whether a filesystem is frozen; the ioctl itself answers EINVAL where it is not,
 * or the kernel holds it frozen itself (fs/super.c,
 * thaw_super_locked), and nothing is changed then.
 */
export const thawFilesystem: ActHandler<ActOf<'thaw-filesystem'>> = {
  check: async ({ mountpoint }, deps) => refusalOfMount(deps.host.path(mountpoint), await readMounts(deps)),

  perform: async ({ mountpoint }, deps, context) => {
    const before = await allWaiting(deps);
    const { program, run } = await thaw(deps, deps.host.path(mountpoint), context);
    if (run.code === 0) return thawed(deps, mountpoint, before, context);
    const path = harmlessLine(mountpoint, 200);
    if (/Invalid argument/.test(run.stderr)) {
      return refused({
        id: 'still-frozen',
        text: {
          en: `${path} is not frozen (any more), or the kernel itself froze it, as below a suspended device`,
          zh: `${path} 并未冻结（或已解冻），或是内核自身冻结的，例如底层设备被挂起`,
        },
      });
    }
    return programFailed(program, run, 'CAP_SYS_ADMIN');
  },
};

async function thaw(
  { programs }: HostActorDeps,
  path: string,
  context: ActContext,
): Promise<{ program: string; run: ActRun }> {
  const options = { timeoutMs: Math.min(PROGRAM_MS, context.leftMs()), atDeadline: 'kill' } as const;
  const run = await programs.run(['fsfreeze', '--unfreeze', path], options);
  if (run.error !== 'ENOENT') return { program: 'fsfreeze', run };
  return { program: 'fsfreeze, xfs_freeze', run: await programs.run(['xfs_freeze', '-u', path], options) };
}

async function thawed(
  deps: HostActorDeps,
  mountpoint: string,
  before: ReadonlySet<string>,
  context: ActContext,
): Promise<Finish> {
  let left = await stillWaiting(deps, before);
  for (let waited = 0; left.size > 0 && waited < SETTLE_MS && (await context.pause(POLL_MS)); waited += POLL_MS) {
    left = await stillWaiting(deps, left);
  }
  const path = harmlessLine(mountpoint, 200);
  const wentOn = before.size - left.size;
  if (before.size === 0) {
    return {
      status: 'done',
      text: { en: `${path} is thawed; no thread waited`, zh: `${path} 已解冻；没有线程在等待` },
    };
  }
  return {
    status: 'done',
    text: {
      en: `${path} is thawed; of ${before.size} threads in D on this host ${wentOn} went on`,
      zh: `${path} 已解冻；本机 ${before.size} 个 D 状态线程中有 ${wentOn} 个继续运行`,
    },
  };
}

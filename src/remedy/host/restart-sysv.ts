import { harmlessLine } from '../../text/untrusted.ts';
import type { ServiceRef } from '../act.ts';
import type { ActRun, HostActorDeps } from './deps.ts';
import type { ActContext, Finish } from './handler.ts';
import { type Instance, instancesOf, isAmong } from './instances.ts';
import { nameOf } from './process-look.ts';
import { programFailed } from './program-texts.ts';
import { restarted } from './restarted.ts';
import { scriptOf } from './service-manager.ts';
import { commOf } from './service-names.ts';

const POLL_MS = 250;
/** Share of the act's time that the script has; the rest is for the daemon to answer. */
const SCRIPT_SHARE = 0.8;
/** How long a process may still take to appear after its script failed. */
const AFTER_FAILURE_MS = 2000;

/**
 * Tells an init script to restart. Many say that all is well when nothing came of it, and stop a daemon with one SIGTERM
 * that it ignores: only a new process that answers counts.
 */
export async function restartByScript(
  service: ServiceRef,
  script: string,
  deps: HostActorDeps,
  context: ActContext,
): Promise<Finish> {
  const comm = commOf(service);
  const what = harmlessLine(script, 100);
  const before = await instancesOf(deps, comm);
  const run = await deps.programs.run([scriptOf(deps.initDirectory, script), 'restart'], {
    timeoutMs: context.leftMs() * SCRIPT_SHARE,
    // Killed halfway it would leave the daemon stopped.
    atDeadline: 'leave',
  });
  if (run.error !== null) return programFailed(what, run, 'root');
  const enough = run.code === 0 ? 0 : Math.max(0, context.leftMs() - AFTER_FAILURE_MS);
  let fresh: readonly Instance[] = [];
  do {
    fresh = (await instancesOf(deps, comm)).filter((instance) => !isAmong(instance, before));
    const answered = fresh[0] === undefined ? false : await deps.answers(service);
    if (fresh[0] !== undefined && answered !== false) return restarted(what, nameOf(fresh[0].pid, comm), answered);
  } while (context.leftMs() > enough && (await context.pause(POLL_MS)));
  const left = (await instancesOf(deps, comm)).filter((instance) => isAmong(instance, before));
  return notRestarted(what, comm, run, fresh[0], left);
}

function notRestarted(
  script: string,
  comm: string,
  run: ActRun,
  fresh: Instance | undefined,
  left: readonly Instance[],
): Finish {
  const code = run.timedOut
    ? { en: 'still runs', zh: '仍在运行' }
    : { en: `ended with ${run.code}`, zh: `以 ${run.code} 退出` };
  const status = run.timedOut || run.code === 0 ? 'timed-out' : 'failed';
  if (fresh !== undefined) {
    const name = nameOf(fresh.pid, comm);
    return {
      status,
      text: { en: `${name} is new and does not answer yet`, zh: `${name} 为新进程，但尚无应答` },
    };
  }
  const old = left[0] === undefined ? null : nameOf(left[0].pid, comm);
  return {
    status,
    text:
      old === null
        ? {
            en: `the init script ${script} ${code.en}, and no ${comm} runs`,
            zh: `init 脚本 ${script} ${code.zh}，且没有 ${comm} 在运行`,
          }
        : {
            en: `the init script ${script} ${code.en}, and ${old} has not ended (state ${left[0]?.state})`,
            zh: `init 脚本 ${script} ${code.zh}，而 ${old} 没有结束（状态 ${left[0]?.state}）`,
          },
  };
}

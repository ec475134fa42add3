import { harmlessLine } from '../../text/untrusted.ts';
import type { ServiceRef } from '../act.ts';
import type { HostActorDeps } from './deps.ts';
import type { ActContext, Finish } from './handler.ts';
import { nameOf, readStat } from './process-look.ts';
import { programFailed } from './program-texts.ts';
import { restartEffects } from './restart-effects.ts';
import { restarted } from './restarted.ts';
import { type ShownUnit, showUnit } from './service-manager.ts';
import { commOf } from './service-names.ts';

const QUEUE_MS = 10_000;
const POLL_MS = 500;

/** Queues the restart and asks until a new main process answers, the unit fails, or the time is over. */
export async function restartBySystemd(
  service: ServiceRef,
  unit: string,
  deps: HostActorDeps,
  context: ActContext,
): Promise<Finish> {
  const before = await mainBefore(service, deps, unit);
  tellEffects(service, before.shown, context);
  const argv = ['systemctl', '--no-block', '--no-ask-password', 'restart', unit] as const;
  const run = await deps.programs.run([...argv], {
    timeoutMs: Math.min(QUEUE_MS, context.leftMs()),
    atDeadline: 'kill',
  });
  if (run.code !== 0) return programFailed('systemctl', run, 'root');
  let told = '';
  let now = before;
  do {
    now = await mainProcess(deps, await showUnit(deps, unit));
    const state = stateOf(now.shown);
    if (state !== told) context.onProgress({ en: `${unit}: ${state}`, zh: `${unit}：${state}` });
    told = state;
    const finish = await finishOf(service, unit, before, now, deps);
    if (finish !== null) return finish;
  } while (await context.pause(POLL_MS));
  return stillRestarting(service, unit, before, now);
}

interface Main {
  readonly shown: ShownUnit | null;
  readonly pid: number;
  readonly startTicks: number;
}

/** Where systemd does not say, it is the process that the plan saw: its being there still must not pass for a restart. */
async function mainBefore({ process }: ServiceRef, deps: HostActorDeps, unit: string): Promise<Main> {
  const main = await mainProcess(deps, await showUnit(deps, unit));
  return main.shown === null && process !== null ? { ...main, ...process } : main;
}

async function mainProcess(deps: HostActorDeps, shown: ShownUnit | null): Promise<Main> {
  const pid = Number(shown?.MainPID ?? 0) || 0;
  const stat = pid > 0 ? await readStat(deps, pid) : null;
  return { shown, pid, startTicks: stat === null || 'error' in stat ? 0 : stat.startTicks };
}

function isNew(before: Main, now: Main): boolean {
  return now.pid > 0 && (now.pid !== before.pid || now.startTicks !== before.startTicks);
}

async function finishOf(
  service: ServiceRef,
  unit: string,
  before: Main,
  now: Main,
  deps: HostActorDeps,
): Promise<Finish | null> {
  if (now.shown?.ActiveState === 'failed' && (now.shown.Job ?? '0') === '0') {
    const result = harmlessLine(now.shown.Result ?? '', 40);
    return {
      status: 'failed',
      text: {
        en: `${unit} failed to start (${result}); \`journalctl -u ${unit} -n 50\` says why`,
        zh: `${unit} 启动失败（${result}）；原因见 \`journalctl -u ${unit} -n 50\``,
      },
    };
  }
  if (now.shown?.ActiveState !== 'active' || !isNew(before, now)) return null;
  const answered = await deps.answers(service);
  return answered === false ? null : restarted(unit, nameOf(now.pid, commOf(service)), answered);
}

function stillRestarting(service: ServiceRef, unit: string, before: Main, now: Main): Finish {
  const state = stateOf(now.shown);
  const old = nameOf(before.pid, commOf(service));
  if (isNew(before, now)) {
    const name = nameOf(now.pid, commOf(service));
    return {
      status: 'timed-out',
      text: {
        en: `${unit} has a new process, ${name}, which does not answer yet (${state})`,
        zh: `${unit} 已有新进程 ${name}，但尚无应答（${state}）`,
      },
    };
  }
  return {
    status: 'timed-out',
    text: {
      en: `${old} does not end (${state}); systemd goes on, and kills it after TimeoutStopSec (\`systemctl show -p TimeoutStopUSec ${unit}\`; with TimeoutSec=0, as in older docker.service, never)`,
      zh: `${old} 没有结束（${state}）；systemd 会继续，并在 TimeoutStopSec 后杀掉它（\`systemctl show -p TimeoutStopUSec ${unit}\`；若为 TimeoutSec=0，如旧版 docker.service，则永远不会）`,
    },
  };
}

function tellEffects({ name }: ServiceRef, shown: ShownUnit | null, context: ActContext): void {
  context.onProgress(restartEffects(name, { liveRestore: null, killMode: shown?.KillMode ?? null }));
}

/** `deactivating (stop-sigterm)` */
function stateOf(shown: ShownUnit | null): string {
  if (shown === null) return 'systemd does not answer';
  return harmlessLine(`${shown.ActiveState ?? '?'} (${shown.SubState ?? '?'})`, 80);
}

import type { EntityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Evidence } from '../cause.ts';
import { cite, isFresh } from './assessment.ts';
import { type RunningComponent, runningComponents } from './components.ts';
import { say } from './say.ts';
import { THRESHOLDS } from './thresholds.ts';

/** A daemon or shim that the kernel killed for memory, and what became of it. */
export interface ChainKill {
  readonly task: string;
  readonly evidence: readonly Evidence[];
  readonly subjects: readonly EntityId[];
  /** It is still gone, or was started anew a short while ago. */
  readonly felt: boolean;
  /** It was started anew: what is wrong now need not come of it. */
  readonly replaced: boolean;
}

// Task names are cut at 15 characters (TASK_COMM_LEN), so `containerd-shim-runc-v2` reads `containerd-shim`.
const CHAIN = /^(?:dockerd|containerd(?:-shim\S*)?|docker-containe\S*|crio|conmon|cri-dockerd|kubelet|hyperkube)$/;
const SHIM = /^(?:containerd-shim|docker-containe|conmon)/;
// A kill because a cgroup, not the host, ran out: mm/oom_kill.c names it so.
const OF_CGROUP = /Memory cgroup out of memory|CONSTRAINT_MEMCG|oom_memcg=/;

/** Kills of daemons and shims that bear on now. */
export function chainKills(view: CaseView): readonly ChainKill[] {
  return oomKills(view)
    .filter(({ fact }) => CHAIN.test(fact.task ?? ''))
    .map((kill) => describeKill(view, kill, kill.fact.task ?? ''));
}

/** Kills of other programs: because the host ran out, or only their own cgroup. */
export function otherKills(view: CaseView, of: 'host' | 'cgroup'): readonly Observation<'kernel-signal'>[] {
  return oomKills(view).filter(
    ({ fact }) => !CHAIN.test(fact.task ?? '') && OF_CGROUP.test(fact.line) === (of === 'cgroup'),
  );
}

function oomKills(view: CaseView): readonly Observation<'kernel-signal'>[] {
  const since = view.now - THRESHOLDS.freshOomKill.value;
  return view.all('kernel-signal').filter((o) => o.fact.signal === 'oom-kill' && o.at >= since);
}

function describeKill(view: CaseView, kill: Observation<'kernel-signal'>, task: string): ChainKill {
  const pid = kill.fact.pid ?? '?';
  const why = OF_CGROUP.test(kill.fact.line) ? say('its cgroup', '所在 cgroup ') : say('the host', '主机');
  const killed = cite(
    kill,
    say(
      `The kernel's OOM killer killed ${task} (pid ${pid}) because ${why.en} ran out of memory.`,
      `${why.zh}内存耗尽，内核 OOM killer 杀掉了 ${task}（pid ${pid}）。`,
    ),
  );
  const { evidence, subjects, replaced } = SHIM.test(task) ? orphans(view) : aftermath(view, kill, task);
  return {
    task,
    evidence: [killed, ...evidence],
    subjects: [...subjects, ...kill.about],
    felt: evidence.length > 0,
    replaced,
  };
}

interface Aftermath {
  readonly evidence: readonly Evidence[];
  readonly subjects: readonly EntityId[];
  readonly replaced: boolean;
}

function aftermath(view: CaseView, kill: Observation<'kernel-signal'>, task: string): Aftermath {
  // One that bound its socket after the kill is another one.
  const gone = view.all('component-absent').filter((o) => o.fact.name === task && (o.fact.boundAt ?? 0) <= kill.at);
  const anew = startedAnew(view, kill, task);
  return {
    evidence: [
      ...gone.map((o) => cite(o, say(`${task} is not running.`, `${task} 没有在运行。`))),
      ...anew.map((c) =>
        cite(c.observation, say(`${task} was started again after that.`, `此后 ${task} 被重新拉起。`)),
      ),
    ],
    subjects: [...gone.flatMap((o) => o.about), ...anew.map((c) => c.id)],
    replaced: gone.length === 0 && anew.length > 0,
  };
}

/** The daemon that took the killed one's place lately; none where several run, for then it may be any other. */
function startedAnew(view: CaseView, kill: Observation<'kernel-signal'>, task: string): readonly RunningComponent[] {
  const running = runningComponents(view).filter((c) => c.name === task);
  if (running.length !== 1 || !isFresh(view, kill)) return [];
  return running.filter(({ observation: { fact } }) => fact.pid !== kill.fact.pid && (fact.startedAt ?? 0) >= kill.at);
}

function orphans(view: CaseView): Aftermath {
  const adopted = view.all('process').filter((o) => o.fact.adopted);
  return {
    evidence: adopted
      .slice(0, 3)
      .map((o) =>
        cite(
          o,
          say(
            `Process ${o.fact.pid} (${o.fact.comm}) of a container lost its shim and belongs to PID 1.`,
            `容器进程 ${o.fact.pid}（${o.fact.comm}）失去了 shim，已被 PID 1 收养。`,
          ),
        ),
      ),
    subjects: adopted.flatMap((o) => [...view.to(o.about[0] ?? 'node:this', 'in-container'), ...o.about.slice(0, 1)]),
    replaced: false,
  };
}

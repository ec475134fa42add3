import { entityId } from '../evidence/entity.ts';
import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Assessment, Cause, Evidence, Remedy } from './cause.ts';
import { cite, held, isFresh, notSeen, weigh } from './support/assessment.ts';
import { fleetLoss, hostSeen, leaseEvidence, nodeLease, unknownReady } from './support/cluster.ts';
import { unitCommand } from './support/commands.ts';
import { type HeldDaemon, HOLD_WORDS, heldDaemons, holdEvidence } from './support/daemons.ts';
import { kubeletComponent } from './support/kubelet.ts';
import { freshReady, freshSignals, quoteHealth, quoteReady } from './support/kubelet-word.ts';
import { missing, missingOf } from './support/missing.ts';
import { REFERENCES } from './support/references.ts';
import { reboot, restartKubelet, restartRuntime, resumeProcess } from './support/remedies.ts';
import { count, say } from './support/say.ts';
import { toldKubeletFailed } from './support/told-by-logs.ts';

/** Starts within ten minutes from which we speak of a restart loop. */
const RESTART_LOOP = 3;

/** The kubelet is not there, cannot run, or starts again and again. */
export const kubeletDown: Cause = {
  id: 'kubelet-down',
  title: say('The kubelet is not running', 'kubelet 没有运行'),
  assess,
  leadsTo: [
    {
      state: 'kubelet-not-reporting',
      mechanism: say(
        'A kubelet that does not run renews no lease and posts no status.',
        'kubelet 不工作时，既不会续租 Lease，也不会上报状态。',
      ),
      reference: REFERENCES.nodeLease,
      inevitable: true,
    },
  ],
  about: say(
    'The kubelet is stopped, crashes or restarts in a loop. It renews no lease, so after the grace period (40 s, 50 s since 1.32) the control plane sets Ready to Unknown. Containers run on.',
    'kubelet 停止、崩溃或反复重启。它不再续租 Lease，超过宽限期（40 秒，1.32 起为 50 秒）后控制面把 Ready 置为 Unknown。容器仍在运行。',
  ),
  shownBy: [
    say(
      'A unit or configuration of the kubelet is there, its process is not.',
      'kubelet 的单元或配置存在，但进程不在。',
    ),
    say(
      'Its process is in state T, D or Z in two samples, or its health port refuses.',
      '其进程两次采样为 T、D 或 Z，或健康检查端口拒绝连接。',
    ),
    say(
      'It started three times or more in the last 10 minutes and has not run for longer since.',
      '最近 10 分钟内启动了 3 次以上，此后也没有运行得更久。',
    ),
  ],
  ruledOutBy: [
    say('The kubelet runs and its health check answers ok.', 'kubelet 在运行且健康检查返回 ok。'),
    say('Nothing on this host says that a kubelet should run.', '本机没有任何迹象表明应当运行 kubelet。'),
  ],
  references: [REFERENCES.nodeLease],
  remedies: (view) => remedies(view),
  generalRemedies: general('systemctl restart kubelet'),
  confirm: [
    {
      command: 'systemctl status kubelet --no-pager; journalctl -u kubelet -n 50 --no-pager',
      shows: say('whether it runs, and its last words', '是否在运行，以及最后的日志'),
    },
    { command: 'curl -sm 5 http://127.0.0.1:10248/healthz', shows: say('whether it answers', '是否有应答') },
  ],
};

function heldKubelet(view: CaseView): HeldDaemon | null {
  return heldDaemons(view).find((d) => d.name === 'kubelet') ?? null;
}

function assess(view: CaseView): Assessment {
  const process = heldKubelet(view);
  const absent = view.all('component-absent').find((o) => o.fact.name === 'kubelet');
  const running = kubeletComponent(view);
  const healthz = view.all('kubelet-healthz').at(-1) ?? null;
  if (process !== null && !(process.hold === 'blocked' && answers(healthz))) return stuck(view, process, healthz);
  if (absent !== undefined && running === null) return gone(absent);
  const starts = view.all('log-signal').filter((o) => o.fact.signal === 'kubelet-started' && isFresh(view, o));
  if (starts.length >= RESTART_LOOP && !isOver(view, starts, healthz)) return looping(starts);
  if (running !== null && healthz !== null && healthz.fact.outcome !== 'ok') return unhealthy(running, healthz);
  const silent = running === null && healthz === null ? fromElsewhere(view) : null;
  if (silent !== null) return silent;
  const speaks = against(view, running, healthz);
  return notSeen(speaks, speaks.length > 0 ? missingOf(view, ['components']) : [missing('components', view)]);
}

/** Where nobody looked at the host. */
function fromElsewhere(view: CaseView): Assessment | null {
  return seenFromCluster(view) ?? toldKubeletFailed(view);
}

/** Silent to the control plane, alone among the nodes, and nobody looked at the host: most often its kubelet or the machine is down. */
function seenFromCluster(view: CaseView): Assessment | null {
  const unknown = unknownReady(view);
  const lease = nodeLease(view);
  if (unknown === null || lease?.stale === false || hostSeen(view) || fleetLoss(view) !== null) return null;
  const cut = freshSignals(view, 'api-server-unreachable', 'api-server-unauthorized');
  if (cut.length > 0 || hasSpokenSince(view, unknown.fact.since)) return null;
  return held({
    status: 'likely',
    ...weigh('recentLog'),
    subjects: ['component:kubelet@absent', entityId.node()],
    evidence: [quoteReady(unknown), ...(lease === null ? [] : [leaseEvidence(lease)])],
    missing: [missing('components', view)],
    summary: say(
      'Seen from the cluster only: nothing is heard from this node’s kubelet. It, the machine or its network is down; look on the node.',
      '仅从集群侧看：收不到本节点 kubelet 的消息。可能是 kubelet、机器或其网络出了问题，请到节点上查看。',
    ),
  });
}

/** A kubelet that goes on logging runs. @param since Unix ms */
function hasSpokenSince(view: CaseView, since: number | null): boolean {
  const logs = view.all('text-input').filter((o) => o.fact.kinds.includes('kubelet-log'));
  return since !== null && logs.some((o) => (o.fact.lastAt ?? 0) > since);
}

/** One thread in D does not stop the others: a kubelet whose health check answers is at work. */
function answers(healthz: Observation<'kubelet-healthz'> | null): boolean {
  return healthz?.fact.outcome === 'ok';
}

function stuck(view: CaseView, d: HeldDaemon, healthz: Observation<'kubelet-healthz'> | null): Assessment {
  const sure = d.hold !== 'blocked' || healthz !== null;
  return held({
    status: sure ? 'confirmed' : 'likely',
    ...weigh(sure ? 'statedByComponent' : 'heldProcess'),
    subjects: [d.id, ...view.to(d.id, 'is-process')],
    evidence: [holdEvidence(d), ...(healthz === null || healthz.fact.outcome === 'ok' ? [] : [quoteHealth(healthz)])],
    summary: say(
      `The kubelet (pid ${d.pid}) is ${HOLD_WORDS[d.hold].en} and does nothing.`,
      `kubelet（pid ${d.pid}）${HOLD_WORDS[d.hold].zh}，没有在工作。`,
    ),
  });
}

function gone(o: Observation<'component-absent'>): Assessment {
  return held({
    status: 'confirmed',
    ...weigh('statedByComponent'),
    subjects: o.about.slice(0, 1),
    evidence: [
      cite(
        o,
        say(
          `No kubelet process, although it is expected here: ${o.fact.detail}.`,
          `没有 kubelet 进程，而这里本应有：${o.fact.detail}。`,
        ),
      ),
    ],
    summary: say('The kubelet is expected on this node and does not run.', '本节点应当运行 kubelet，但它没有运行。'),
  });
}

/**
 * Whether the kubelet has settled: it answers, Ready is not lost, and it has run for longer than it ever did between
 * these starts. Until then it may be about to end again, however well it looks.
 */
function isOver(
  view: CaseView,
  starts: readonly Observation<'log-signal'>[],
  healthz: Observation<'kubelet-healthz'> | null,
): boolean {
  const lost = (freshReady(view)?.fact.status ?? 'True') !== 'True';
  if (!answers(healthz) || lost) return false;
  const times = starts.map((o) => o.at).toSorted((a, b) => a - b);
  const longest = Math.max(...times.slice(1).map((at, i) => at - (times[i] ?? at)));
  return view.now - (times.at(-1) ?? view.now) > longest;
}

function looping(starts: readonly Observation<'log-signal'>[]): Assessment {
  const last = starts.at(-1);
  return held({
    status: 'likely',
    ...weigh('recentLog'),
    subjects: last?.about.slice(0, 1) ?? [],
    evidence: starts
      .slice(-RESTART_LOOP)
      .map((o) => cite(o, say(`Kubelet log: ${o.fact.line}`, `kubelet 日志：${o.fact.line}`))),
    summary: say(
      `The kubelet started ${count(starts.length, 'time')} in the last 10 minutes.`,
      `kubelet 在最近 10 分钟内启动了 ${starts.length} 次。`,
    ),
  });
}

function unhealthy(running: Observation<'component'>, healthz: Observation<'kubelet-healthz'>): Assessment {
  const refused = healthz.fact.outcome === 'error';
  return held({
    status: refused ? 'likely' : 'possible',
    ...weigh(refused ? 'circumstantial' : 'hint'),
    subjects: running.about.slice(0, 1),
    evidence: [quoteHealth(healthz)],
    against: [
      cite(
        running,
        say(
          `Its process runs (pid ${running.fact.pid}, state ${running.fact.state}).`,
          `其进程在运行（pid ${running.fact.pid}，状态 ${running.fact.state}）。`,
        ),
      ),
    ],
    summary: say(
      'The kubelet’s process is there, but its health check does not answer ok.',
      'kubelet 进程存在，但健康检查没有返回 ok。',
    ),
  });
}

function against(
  view: CaseView,
  running: Observation<'component'> | null,
  healthz: Observation<'kubelet-healthz'> | null,
): Evidence[] {
  const up =
    running === null
      ? []
      : [
          cite(
            running,
            say(`The kubelet runs (pid ${running.fact.pid}).`, `kubelet 正在运行（pid ${running.fact.pid}）。`),
          ),
        ];
  const ok = healthz?.fact.outcome === 'ok' ? [quoteHealth(healthz)] : [];
  if (up.length > 0 || ok.length > 0) return [...up, ...ok];
  return view
    .gaps('kubelet')
    .filter((g) => g.fact.why === 'absent')
    .map((g) =>
      cite(
        g,
        say(
          'No kubelet runs on this host, and nothing says that one should.',
          '本机没有运行 kubelet，也没有迹象表明应当运行。',
        ),
      ),
    );
}

function remedies(view: CaseView): readonly Remedy[] {
  const d = heldKubelet(view);
  const resume =
    d?.hold === 'stopped'
      ? [
          resumeProcess('resume-kubelet', d.pid, say('the kubelet', ' kubelet '), {
            works: true,
            why: say('It renews its lease within 10 seconds.', '它会在 10 秒内续租 Lease。'),
          }),
        ]
      : [];
  return [...resume, ...general(unitCommand(view, 'restart', 'kubelet'), d?.hold === 'blocked')];
}

function general(command: string, blocked = false): readonly Remedy[] {
  const last = reboot(say('Starts the kubelet along with everything else.', 'kubelet 随系统一起启动。'));
  const start = restartKubelet(command, {
    works: !blocked,
    why: blocked
      ? say('Its process waits in the kernel (D) and takes no signal.', '其进程在内核中等待（D），不接收信号。')
      : say(
          'It takes up the running containers. If it ends again, its log says why.',
          '它会接管正在运行的容器。若再次退出，请看日志。',
        ),
  });
  const runtime = restartRuntime(null, {
    works: false,
    why: say('The runtime is not what is missing.', '问题不在运行时。'),
  });
  return blocked ? [last, start, runtime] : [start, last, runtime];
}

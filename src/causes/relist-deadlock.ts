import { entityId } from '../evidence/entity.ts';
import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import { ERAS } from '../pleg/eras.ts';
import { formatDuration } from '../text/units.ts';
import type { Assessment, Cause, Evidence, Remedy } from './cause.ts';
import { cite, held, isFresh, notSeen, weigh } from './support/assessment.ts';
import { unitCommand } from './support/commands.ts';
import { engines, listAnswer } from './support/engines.ts';
import { type BugSight, bugsSeen, versionEvidence } from './support/known-bugs.ts';
import { type KubeletVersion, kubeletVersion, RELIST_THRESHOLD_MS } from './support/kubelet.ts';
import { missing, missingOf } from './support/missing.ts';
import { REFERENCES } from './support/references.ts';
import { reboot, restartKubelet, restartRuntime } from './support/remedies.ts';
import { say } from './support/say.ts';
import { timedOut } from './support/status-calls.ts';

/** The first release with the fix, 1.14 (kubernetes/kubernetes#72709). */
const FIXED_MINOR = ERAS.find((era) => era.channel.whenFull === 'discard')?.since ?? 0;
/** No chain of timed-out calls is likely to last as long: from here the age counts as unbounded. */
const UNBOUNDED_MS = 10 * 60_000;

/** The PLEG of Kubernetes before 1.14 waits for room in its own event channel, for ever. */
export const relistDeadlock: Cause = {
  id: 'relist-deadlock',
  title: say('The relist deadlock of Kubernetes before 1.14', 'Kubernetes 1.14 之前的 relist 死锁'),
  assess,
  leadsTo: [
    {
      state: 'relist-slow',
      mechanism: say(
        'Relist blocks on its full event channel, and the loop that empties it waits for PLEG to be healthy.',
        'relist 阻塞在已满的事件通道上，而消费通道的循环又在等 PLEG 恢复健康。',
      ),
      reference: REFERENCES.relistDeadlock,
      inevitable: true,
    },
  ],
  about: say(
    'In kubelets before 1.14 relist sends into an event channel of 1000 places and blocks when it is full. Once that lasts 3 minutes PLEG counts as unhealthy, and the loop that empties the channel does nothing while PLEG is unhealthy: both wait for ever. “pleg was last seen active” grows without end while every call to the runtime is fast. Current kubelets drop the event instead.',
    '1.14 之前的 kubelet 在 relist 时向容量为 1000 的事件通道写入，通道满时会阻塞。阻塞满 3 分钟后 PLEG 被判为不健康，而消费通道的循环在 PLEG 不健康期间什么也不做，两者就会永远等下去：“pleg was last seen active” 的时间持续增长，而对运行时的每个调用都很快。新版 kubelet 会直接丢弃事件。',
  ),
  shownBy: [
    say(
      'A kubelet before 1.14, a PLEG age that grows past 10 minutes, and list and status calls that all answer fast.',
      'kubelet 低于 1.14，“pleg was last seen active” 的时间增长到 10 分钟以上，而列表与状态查询都很快。',
    ),
  ],
  ruledOutBy: [
    say('A kubelet of 1.14 or later.', 'kubelet 为 1.14 或更高版本。'),
    say('A runtime call that hangs: it explains the stall by itself.', '有运行时调用卡住：它本身就能解释停滞。'),
  ],
  references: [REFERENCES.relistDeadlock],
  remedies: (view) => remedies(unitCommand(view, 'restart', 'kubelet')),
  generalRemedies: remedies('systemctl restart kubelet'),
  confirm: [
    { command: 'kubelet --version', shows: say('whether the fix is in', '是否包含修复') },
    {
      command: 'journalctl -u kubelet --since -15m | grep "pleg was last seen active" | tail -3',
      shows: say('whether the age grows line by line', '时间是否逐行增长'),
    },
  ],
};

function remedies(command: string): readonly Remedy[] {
  return [
    restartKubelet(command, {
      works: true,
      why: say(
        'The deadlock is inside its process. It can come back until the upgrade.',
        '死锁在 kubelet 进程内部。升级之前可能再次出现。',
      ),
    }),
    {
      action: 'upgrade-kubelet',
      title: say('Upgrade the kubelet to 1.14 or later', '将 kubelet 升级到 1.14 或更高'),
      works: true,
      why: say(
        'From 1.14 on relist drops events when the channel is full instead of blocking.',
        '从 1.14 起，通道满时 relist 会丢弃事件而不再阻塞。',
      ),
      command: null,
      risk: say('An upgrade like any other.', '风险与常规升级相同。'),
    },
    restartRuntime(null, { works: false, why: say('The runtime is not what hangs.', '卡住的不是运行时。') }),
    reboot(say('A restart of the kubelet does the same at less cost.', '重启 kubelet 即可达到同样效果，代价更小。')),
  ];
}

function assess(view: CaseView): Assessment {
  const version = kubeletVersion(view);
  const [shown] = bugsSeen(view, 'relist-deadlock').filter((b) => b.traces.length > 0);
  if (shown !== undefined) return byStack(shown);
  if (version !== null && (version.major > 1 || version.minor >= FIXED_MINOR)) return notSeen([fixed(version)]);
  const absent = view.gaps('kubelet').filter((g) => g.fact.why === 'absent' && !g.fact.partial);
  if (version === null) {
    return notSeen(
      absent.map((g) => cite(g, say('No kubelet runs here.', '本机没有运行 kubelet。'))),
      absent.length > 0 ? [] : [missing('kubelet', view)],
    );
  }
  return assessOld(view, version);
}

/** Its own stacks show relist where it blocks, for minutes. */
function byStack(sight: BugSight): Assessment {
  const known = sight.version !== null;
  return held({
    status: known ? 'confirmed' : 'likely',
    ...weigh(known ? 'statedByComponent' : 'heldProcess'),
    subjects: [entityId.node()],
    evidence: [...versionEvidence(sight), ...sight.traces],
    missing: known ? [] : [missing('kubelet')],
    summary: say(
      'The kubelet’s stacks show relist blocked on its full event channel: the relist deadlock fixed in 1.14.',
      'kubelet 的堆栈显示 relist 阻塞在已满的事件通道上：即 1.14 才修复的 relist 死锁。',
    ),
  });
}

function fixed(version: KubeletVersion): Evidence {
  return cite(
    version.observation,
    say(
      `The kubelet is ${version.text}; the deadlock was fixed in 1.14.`,
      `kubelet 版本为 ${version.text}；该死锁已在 1.14 修复。`,
    ),
  );
}

function assessOld(view: CaseView, version: KubeletVersion): Assessment {
  const aged = ages(view);
  const hang = engines(view).flatMap((e) => [...e.hung, ...e.statuses.filter(timedOut)])[0];
  if (hang !== undefined) {
    return notSeen([
      cite(
        hang,
        say(
          `A ${hang.fact.call} call hangs, which explains the stall.`,
          `有 ${hang.fact.call} 调用卡住，足以解释停滞。`,
        ),
      ),
    ]);
  }
  const last = aged.at(-1);
  const old = cite(
    version.observation,
    say(
      `The kubelet is ${version.text}, before the fix in 1.14.`,
      `kubelet 版本为 ${version.text}，早于 1.14 的修复。`,
    ),
  );
  if (last === undefined || last.ageMs < UNBOUNDED_MS) {
    const quiet =
      aged.length === 0
        ? []
        : [
            cite(
              aged[aged.length - 1]?.observation ?? version.observation,
              say('PLEG’s age is not growing without bound.', '“pleg was last seen active” 的时间没有持续增长。'),
            ),
          ];
    return notSeen(quiet, [missing('kubelet-log', view), ...missingOf(view, ['kubelet'])]);
  }
  const answers = answering(view);
  const sure = answers.length > 0 && grows(aged);
  return held({
    status: sure ? 'confirmed' : 'likely',
    ...weigh(sure ? 'hangAlone' : 'circumstantial'),
    subjects: [entityId.node(), ...version.observation.about.slice(0, 1)],
    evidence: [
      old,
      cite(
        last.observation,
        say(
          `PLEG was last seen active ${formatDuration(last.ageMs)} ago.`,
          `PLEG 上次活动是在 ${formatDuration(last.ageMs)} 之前。`,
        ),
      ),
      ...answers,
    ],
    missing: answers.length > 0 ? [] : missingOf(view, ['docker', 'cri']),
    summary: say(
      `The kubelet (${version.text}) is in the relist deadlock fixed in 1.14.`,
      `kubelet（${version.text}）陷入了 1.14 才修复的 relist 死锁。`,
    ),
  });
}

interface Age {
  readonly observation: Observation<'log-signal'> | Observation<'kubelet-pleg'>;
  readonly ageMs: number;
}

/** What was recently said of PLEG's age, oldest first. */
function ages(view: CaseView): readonly Age[] {
  const logged = view
    .all('log-signal')
    .flatMap((o): Age[] =>
      o.fact.ageMs !== null && isFresh(view, o) ? [{ observation: o, ageMs: o.fact.ageMs }] : [],
    );
  const metric = view
    .all('kubelet-pleg')
    .flatMap((o): Age[] => (o.fact.lastSeenAgeMs === null ? [] : [{ observation: o, ageMs: o.fact.lastSeenAgeMs }]));
  return [...logged, ...metric].toSorted((a, b) => a.observation.at - b.observation.at);
}

/** The age grew as fast as time passed: no relist ended in between. */
function grows(aged: readonly Age[]): boolean {
  const [first, last] = [aged[0], aged.at(-1)];
  if (first === undefined || last === undefined || first === last) return false;
  return (
    last.ageMs > RELIST_THRESHOLD_MS &&
    Math.abs(last.ageMs - first.ageMs - (last.observation.at - first.observation.at)) < 15_000
  );
}

/** Evidence that list and all status calls answer: as many as there are containers. */
function answering(view: CaseView): Evidence[] {
  return engines(view).flatMap((e) => {
    const list = listAnswer(e);
    const total = view.fact(e.id, 'container-counts')?.total;
    if (list === null || total === undefined || e.statuses.length < total) return [];
    return [
      cite(
        list,
        say(
          `${e.endpoint} answered the list and the status of all ${total} containers.`,
          `${e.endpoint} 对列表和全部 ${total} 个容器的状态查询都有响应。`,
        ),
      ),
    ];
  });
}

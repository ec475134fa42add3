import { entityId } from '../evidence/entity.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Text } from '../text/text.ts';
import { formatDuration } from '../text/units.ts';
import type { Assessment, Cause, Evidence, Remedy } from './cause.ts';
import { cite, held, notSeen, weigh } from './support/assessment.ts';
import { engines, noRuntimeHere } from './support/engines.ts';
import { RELIST_THRESHOLD_MS } from './support/kubelet.ts';
import { missing } from './support/missing.ts';
import { REFERENCES } from './support/references.ts';
import { estimateRelists, type RelistEstimate } from './support/relist-estimate.ts';
import { reboot, restartKubelet } from './support/remedies.ts';
import { say } from './support/say.ts';
import { THRESHOLDS } from './support/thresholds.ts';

/** Share of the threshold above which the estimate is worth a warning. */
const NEAR = 0.5;

/** So many containers that one relist after another takes too long. */
export const tooManyContainers: Cause = {
  id: 'too-many-containers',
  title: say('Too many containers to relist in time', '容器过多，relist 来不及完成'),
  assess,
  leadsTo: [
    {
      state: 'relist-slow',
      mechanism: say(
        'Relist inspects the changed pods one after another, each as long as a status call takes.',
        'relist 逐个检查有变化的 Pod，每个都要花一次状态查询的时间。',
      ),
      reference: REFERENCES.manyContainers,
      inevitable: true,
    },
    {
      state: 'runtime-calls-slow',
      mechanism: say('The runtime walks all its containers for each list.', '每次列表，运行时都要遍历全部容器。'),
      reference: REFERENCES.manyContainers,
    },
  ],
  about: say(
    'So many pods or containers, exited ones included, that listing them and asking for their status one by one takes longer than the 3 minutes the kubelet allows. What counts is the number of containers times the latency of one status call, both of which are measured here.',
    'Pod 或容器（包括已退出的）多到列出并逐个查询状态所需的时间超过 kubelet 允许的 3 分钟。关键是容器数量乘以单次状态查询的耗时，两者均已实测。',
  ),
  shownBy: [
    say(
      'The list plus the sum of all status latencies passes 3 minutes.',
      '列表耗时加上全部状态查询耗时之和超过 3 分钟。',
    ),
  ],
  ruledOutBy: [
    say(
      'At the measured latencies a relist over every container ends within seconds.',
      '按实测耗时，对全部容器做一次 relist 只需数秒。',
    ),
  ],
  references: [REFERENCES.relist, REFERENCES.manyContainers, REFERENCES.relistThreshold],
  remedies: (view) => remedies(view),
  generalRemedies: general('docker'),
  confirm: [
    {
      command: 'docker ps -aq | wc -l; crictl ps -aq | wc -l',
      shows: say('how many containers there are, exited ones included', '容器总数（含已退出）'),
    },
    {
      command: 'time docker inspect $(docker ps -aq) >/dev/null',
      shows: say('what asking for each costs', '逐个查询的耗时'),
    },
  ],
};

function assess(view: CaseView): Assessment {
  const estimates = estimateRelists(view, RELIST_THRESHOLD_MS);
  const worst = slowest(view);
  if (worst === undefined || worst.relistMs < RELIST_THRESHOLD_MS * NEAR) {
    const lacking =
      estimates.length > 0 || noRuntimeHere(view).length > 0
        ? []
        : [missing(engines(view).some((e) => e.kind === 'cri') ? 'cri' : 'docker', view)];
    return notSeen([...estimates.map(fastEnough), ...none(view), ...noRuntimeHere(view)], lacking);
  }
  const over = worst.relistMs >= RELIST_THRESHOLD_MS;
  const seen = over ? slowRelists(view) : [];
  return held({
    status: over ? (seen.length > 0 ? 'confirmed' : 'likely') : 'possible',
    ...weigh(over ? (seen.length > 0 ? 'hangAlone' : 'circumstantial') : 'hint'),
    subjects: [entityId.node(), worst.engine.id],
    evidence: [
      estimateEvidence(worst),
      cite(
        worst.list,
        say(
          `The list took ${formatDuration(worst.list.fact.tookMs)}.`,
          `列表调用耗时 ${formatDuration(worst.list.fact.tookMs)}。`,
        ),
      ),
      ...seen,
    ],
    summary: say(
      `${worst.containers} containers at ${formatDuration(worst.meanStatusMs)} each: a relist over all of them takes about ${formatDuration(worst.relistMs)}, the kubelet allows 3m.`,
      `${worst.containers} 个容器、每次状态查询 ${formatDuration(worst.meanStatusMs)}：对全部容器做一次 relist 约需 ${formatDuration(worst.relistMs)}，而 kubelet 只允许 3m。`,
    ),
  });
}

/** The engine over which a relist would take longest. */
function slowest(view: CaseView): RelistEstimate | undefined {
  return estimateRelists(view, RELIST_THRESHOLD_MS).toSorted((a, b) => b.relistMs - a.relistMs)[0];
}

/** The kubelet's own word that relists are slow: then the estimate is borne out. */
function slowRelists(view: CaseView): Evidence[] {
  return view
    .all('kubelet-pleg')
    .filter((o) => (o.fact.relistMeanMs ?? 0) > 10_000 || (o.fact.lastSeenAgeMs ?? 0) >= THRESHOLDS.lateRelist.value)
    .map((o) => cite(o, say('The kubelet’s own metrics show slow relists.', 'kubelet 自身的指标显示 relist 很慢。')));
}

function estimateEvidence(e: RelistEstimate): Evidence {
  return cite(
    e.slowest,
    say(
      `Status calls on ${e.engine.endpoint} take ${formatDuration(e.meanStatusMs)} on average, ${formatDuration(e.slowest.fact.tookMs)} at most; there are ${e.containers} containers.`,
      `${e.engine.endpoint} 的状态查询平均耗时 ${formatDuration(e.meanStatusMs)}，最长 ${formatDuration(e.slowest.fact.tookMs)}；共有 ${e.containers} 个容器。`,
    ),
  );
}

function fastEnough(e: RelistEstimate): Evidence {
  return cite(
    e.list,
    say(
      `A relist over all ${e.containers} containers on ${e.engine.endpoint} would take about ${formatDuration(e.relistMs)}; the 3m limit is reached at about ${e.ceiling.likely} containers${bounds(e).en}.`,
      `对 ${e.engine.endpoint} 上全部 ${e.containers} 个容器做一次 relist 约需 ${formatDuration(e.relistMs)}；约 ${e.ceiling.likely} 个容器${bounds(e).zh}时才会达到 3m 上限。`,
    ),
  );
}

/** How far the ceiling may be off, as the latencies scatter; nothing where that bounds nothing. */
function bounds({ ceiling: { least, most } }: RelistEstimate): Text {
  if (most === Number.MAX_SAFE_INTEGER || least === most) return say('', '');
  return say(` (95 %: ${least} to ${most})`, `（95 %：${least} 到 ${most}）`);
}

function none(view: CaseView): Evidence[] {
  return view
    .all('container-counts')
    .filter((o) => o.fact.total === 0)
    .map((o) => cite(o, say('There are no containers.', '没有任何容器。')));
}

function remedies(view: CaseView): readonly Remedy[] {
  return general(slowest(view)?.engine.kind === 'docker' ? 'docker' : 'crictl');
}

function general(tool: 'docker' | 'crictl'): readonly Remedy[] {
  return [
    {
      action: 'remove-exited-containers',
      title: say('Remove exited containers', '清理已退出的容器'),
      works: true,
      why: say(
        'Exited containers are inspected as well; often they are most of the count.',
        '已退出的容器同样会被查询，往往占了大多数。',
      ),
      command:
        tool === 'docker' ? 'docker container prune --filter until=24h' : 'crictl rm $(crictl ps -aq --state Exited)',
      risk: say(
        'Their logs and exit codes are gone; the kubelet may count restarts anew.',
        '其日志与退出码会丢失；kubelet 的重启计数可能重新开始。',
      ),
    },
    {
      action: 'lower-pod-count',
      title: say(
        'Run fewer pods on the node (maxPods), find what creates so many',
        '减少该节点的 Pod 数（maxPods），并查明是谁创建了这么多',
      ),
      works: true,
      why: say('The relist time grows with their number.', 'relist 时间随数量增长。'),
      command: null,
      risk: say('Needs room on other nodes.', '需要其他节点有容量。'),
    },
    restartKubelet(null, {
      works: false,
      why: say(
        'The new kubelet inspects every pod at start: that takes longest of all.',
        '新的 kubelet 启动时会检查所有 Pod，耗时反而最长。',
      ),
    }),
    { ...reboot(say('Exited containers outlive it.', '已退出的容器在重启后仍然存在。')), works: false },
  ];
}

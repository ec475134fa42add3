import type { Cause } from '../causes/cause.ts';
import { holds, isFresh } from '../causes/support/assessment.ts';
import { callsPerStuckPod, kubeletComponent, kubeletVersion } from '../causes/support/kubelet.ts';
import { freshSignals } from '../causes/support/kubelet-word.ts';
import { topicName } from '../causes/support/missing.ts';
import { flapsEndedAt } from '../causes/support/past-flaps.ts';
import { count, listNames, say } from '../causes/support/say.ts';
import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import { joinTexts, type Text } from '../text/text.ts';
import { formatDuration } from '../text/units.ts';
import { aggravationsOf } from './aggravations.ts';
import type { ChainLink, Diagnosis } from './diagnosis.ts';
import type { Graph } from './graph.ts';
import { harmless } from './harmless.ts';
import { notExamined } from './not-examined.ts';
import { textNotes } from './text-notes.ts';
import { listUnseen } from './unseen.ts';
import { type Conclusion, confirmedSymptoms, explainedBy } from './verdict.ts';

/** What a reader should know beside the verdict: other faults, limits of the claim, what was seen and is harmless, what was not examined. */
export function buildNotes(
  graph: Graph,
  causes: readonly Cause[],
  found: Conclusion,
  chain: readonly ChainLink[],
  flaps: Diagnosis['flaps'],
): readonly Text[] {
  const { view } = graph;
  return [
    ...incompleteHealth(view, found),
    ...noNode(view, found),
    ...otherRoots(graph, causes, found),
    ...madeWorse(graph, causes, found, chain),
    ...mayLieDeeper(graph, causes, found),
    ...unexplained(graph, found),
    ...reachOfClaim(view, found, chain),
    ...flapNote(view, flaps),
    ...slowButPassing(graph, found),
    ...harmless(view),
    ...stale(view),
    ...ownStuckReads(view),
    ...textNotes(view),
    ...notExamined(view),
  ];
}

/** Nothing found where much was not looked at is no clean bill of health. */
function incompleteHealth(view: CaseView, found: Conclusion): Text[] {
  const unseen = listUnseen(view).filter(({ why }) => why !== 'not-here');
  if (found.kind !== 'healthy' || unseen.length === 0) return [];
  const names = joinTexts(
    unseen.map(({ topic }) => topicName(topic)),
    say(', ', '、'),
  );
  return [
    say(
      `Nothing wrong was found, but this is no clean bill of health: not examined were ${names.en}.`,
      `没有发现问题，但不能据此认为节点健康：以下内容未检查：${names.zh}。`,
    ),
  ];
}

/** A machine without runtime and kubelet is healthy, but hardly what was meant. */
function noNode(view: CaseView, found: Conclusion): Text[] {
  if (found.kind !== 'healthy' || !view.gaps('components').some((g) => g.fact.why === 'absent')) return [];
  return [
    say(
      'No container runtime and no kubelet runs on this host. Was it meant to be examined? Run notready on the node itself.',
      '本机没有运行容器运行时，也没有 kubelet。要检查的确实是这台机器吗？请在节点上运行 notready。',
    ),
  ];
}

function otherRoots(graph: Graph, causes: readonly Cause[], found: Conclusion): Text[] {
  if (found.kind !== 'cause') return [];
  return found.others.flatMap((slug) => {
    const cause = causes.find((c) => c.id === slug);
    const summary = graph.nodes.get(slug)?.assessment.summary;
    if (cause === undefined) return [];
    const [en, zh] = [summary?.en ?? cause.title.en, summary?.zh ?? cause.title.zh];
    return [
      say(
        `There is a second fault, independent of the verdict (${slug}): ${en}`,
        `另有一个与结论无关的独立故障（${slug}）：${zh}`,
      ),
    ];
  });
}

function madeWorse(graph: Graph, causes: readonly Cause[], found: Conclusion, chain: readonly ChainLink[]): Text[] {
  return aggravationsOf(graph, found, chain).flatMap((slug) => {
    const cause = causes.find((c) => c.id === slug);
    const summary = graph.nodes.get(slug)?.assessment.summary ?? cause?.title;
    if (summary === undefined) return [];
    return [
      say(`It is made worse by something else (${slug}): ${summary.en}`, `另有加重因素（${slug}）：${summary.zh}`),
    ];
  });
}

/** The root holds, and what may have brought it about was not to be settled. */
function mayLieDeeper({ nodes }: Graph, causes: readonly Cause[], found: Conclusion): Text[] {
  if (found.kind !== 'cause' || nodes.get(found.root)?.assessment.status !== 'confirmed') return [];
  const titles = causes.filter((c) => found.behind.includes(c.id)).map((c) => c.title);
  if (titles.length === 0) return [];
  const names = joinTexts(titles.slice(0, 3), say('; ', '；'));
  return [
    say(
      `That is so, but something else may have brought it about, which could not be settled by what was examined: ${names.en}.`,
      `上述情况属实，但可能另有起因，现有检查内容不足以判定：${names.zh}。`,
    ),
  ];
}

function unexplained(graph: Graph, found: Conclusion): Text[] {
  if (found.kind !== 'cause') return [];
  const alone = confirmedSymptoms(graph).filter((n) => explainedBy(graph, n.state.id, []) === null);
  return alone.map((n) =>
    say(`Nothing found here explains: ${n.state.title.en}.`, `未能解释的现象：${n.state.title.zh}。`),
  );
}

/** Where the chain ends before the node's Ready, it is said; so is why what is expected was not seen. */
function reachOfClaim(view: CaseView, found: Conclusion, chain: readonly ChainLink[]): Text[] {
  if (found.kind !== 'cause') return [];
  const last = chain.at(-1);
  if (chain.some((l) => l.status === 'expected')) {
    // The chain itself marks what is expected; why it was not seen is for the note.
    if (kubeletComponent(view) !== null || view.all('text-input').length > 0) return [];
    return [
      say(
        'What is marked as expected was not seen: no kubelet was found here.',
        '标为“推断”的状态没有直接观察到：本机没有发现 kubelet。',
      ),
    ];
  }
  const reaches =
    last !== undefined &&
    [
      'node-not-ready',
      'pleg-unhealthy',
      'runtime-reported-down',
      'network-not-ready',
      'kubelet-not-reporting',
    ].includes(last.state);
  if (reaches) return [];
  return last?.state === 'pod-stuck-terminating' ? [OF_A_POD] : [NOT_YET];
}

const OF_A_POD = say(
  'Nothing seen here takes the node’s Ready away: it is trouble of pods and of whoever waits for them to end, such as a drain.',
  '目前看到的故障不会让节点失去 Ready：受影响的是 Pod，以及等待它们结束的操作（例如 drain）。',
);
const NOT_YET = say(
  'Nothing seen here takes the node’s Ready away by itself. It does once a runtime call hangs on it and the kubelet’s relist waits.',
  '目前看到的故障本身还不会让节点失去 Ready。一旦有运行时调用卡在它上面、kubelet 的 relist 随之等待，节点就会抖动。',
);

function flapNote(view: CaseView, flaps: Diagnosis['flaps']): Text[] {
  const calls = flaps?.inferredHungCalls ?? null;
  if (calls === null || flaps?.inferredRelistSeconds == null) return [];
  const took = formatDuration(flaps.inferredRelistSeconds * 1000);
  const perPod = callsPerStuckPod(view);
  const version = kubeletVersion(view);
  const pods = calls / perPod;
  const reading =
    version === null
      ? say(
          `with kubelets before 1.33, which ask for a stuck pod twice, that is ${Math.max(1, Math.round(calls / 2))} stuck pod(s), with current ones ${calls}`,
          `1.33 之前的 kubelet 会对卡住的 Pod 查询两次，对应 ${Math.max(1, Math.round(calls / 2))} 个卡住的 Pod；新版本则对应 ${calls} 个`,
        )
      : say(
          `with kubelet ${version.text} that is about ${count(Math.max(1, Math.round(pods)), 'stuck pod')}`,
          `对于 kubelet ${version.text}，约为 ${Math.max(1, Math.round(pods))} 个卡住的 Pod`,
        );
  return [
    say(
      `The rhythm of the flaps says that one relist takes ${took}, that is ${count(calls, 'timed-out call')}; ${reading.en}.`,
      `从抖动的节奏推断，一次 relist 耗时 ${took}，即有 ${calls} 个调用超时；${reading.zh}。`,
    ),
  ];
}

/** A runtime that takes its time and answers: worth knowing, and no reason for a lost Ready. */
function slowButPassing({ nodes }: Graph, found: Conclusion): Text[] {
  const slow = ['runtime-calls-slow', 'relist-slow'] as const;
  const seen = slow.flatMap((id) => nodes.get(id)?.assessment ?? []).filter((a) => holds(a));
  if (found.kind !== 'healthy' || seen.length === 0) return [];
  const first = seen[0]?.evidence[0]?.text;
  const [en, zh] = first === undefined ? ['', ''] : [` ${first.en}`, first.zh];
  return [
    say(
      `The runtime is slow, but the kubelet’s relist passes: Ready is lost only when one takes more than 3 minutes.${en}`,
      `运行时偏慢，但 kubelet 的 relist 仍能按时完成：只有一次 relist 超过 3 分钟才会失去 Ready。${zh}`,
    ),
  ];
}

/** Old complaints are named as old, so that nobody takes them for the present. */
function stale(view: CaseView): Text[] {
  const old = view
    .all('log-signal')
    .filter((o) => o.fact.signal === 'pleg-unhealthy' || o.fact.signal === 'node-became-not-ready');
  const newest = old.toSorted((a, b) => b.at - a.at)[0];
  const conditions = view.all('node-ready').filter((o) => o.fact.status !== 'True' && !isFresh(view, o));
  const newestCondition = conditions.toSorted((a, b) => b.at - a.at)[0];
  return [...endedNote(view), ...staleNote(view, newest), ...staleNote(view, newestCondition)];
}

function endedNote(view: CaseView): Text[] {
  const ended = flapsEndedAt(view);
  if (ended === null || freshSignals(view, 'node-became-not-ready', 'pleg-unhealthy').length === 0) return [];
  const ago = formatDuration(Math.max(0, view.now - ended));
  return [
    say(
      `Ready was lost and came back ${ago} ago, and the kubelet’s relists have gone through since: that is over and not counted as present.`,
      `Ready 曾丢失，已于 ${ago} 前恢复，此后 kubelet 的 relist 都能完成：故障已经结束，不计入当前状态。`,
    ),
  ];
}

function staleNote(view: CaseView, o: Observation<'log-signal'> | Observation<'node-ready'> | undefined): Text[] {
  if (o === undefined || isFresh(view, o)) return [];
  const ago = formatDuration(view.now - o.at);
  return [
    say(
      `The newest sign of a lost Ready is ${ago} old. It is not counted as present (only the last 10 minutes are).`,
      `最近一次失去 Ready 的迹象是在 ${ago} 之前，不计入当前状态（只计最近 10 分钟）。`,
    ),
  ];
}

function ownStuckReads(view: CaseView): Text[] {
  const stuck = view.all('stuck-read');
  if (stuck.length === 0) return [];
  const paths = listNames([...new Set(stuck.map((o) => o.fact.path))]);
  return [
    say(
      `${count(stuck.length, 'read')} of notready itself did not return and ${stuck.length === 1 ? 'was' : 'were'} left behind: ${paths.en}.`,
      `notready 自身有 ${stuck.length} 次读取没有返回，已被放弃：${paths.zh}。`,
    ),
  ];
}

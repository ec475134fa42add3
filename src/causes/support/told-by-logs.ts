import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import type { Assessment } from '../cause.ts';
import { cite, held, isFresh, weigh } from './assessment.ts';
import { engines } from './engines.ts';
import { freshSignals, quoteLine } from './kubelet-word.ts';
import { missing } from './missing.ts';
import { nameOf } from './names.ts';
import { listNames, say } from './say.ts';

type Line = Observation<'log-signal'>;

/** Calls that ask for one container, sandbox or pod. Source: cri-api runtime/v1 api.proto; GetPodStatus is the kubelet's own. */
const OF_ONE = new Set(['ContainerStatus', 'PodSandboxStatus', 'GetPodStatus', 'ContainerStats']);
/** Calls that ask for all of them, or for the runtime itself. */
const OF_ALL = new Set(['ListContainers', 'ListPodSandbox', 'Version', 'Status', 'ListContainerStats']);
/** So many containers at once are no fault of a few. */
const FEW = 5;

/** Calls that the kubelet says timed out, where no endpoint was called here. */
function timedOutCalls(view: CaseView, calls: ReadonlySet<string>): readonly Line[] {
  if (engines(view).length > 0) return [];
  return freshSignals(view, 'runtime-call-timeout').filter((o) => calls.has(o.fact.call ?? ''));
}

/**
 * Status calls that time out while nothing says that the list does. Relist asks for a status only after its list has
 * come (pkg/kubelet/pleg/generic.go @ v1.20.2), so the line itself tells that the runtime lists.
 */
export function toldStatusHung(view: CaseView): Assessment | null {
  const calls = timedOutCalls(view, OF_ONE);
  const states = tasksWithoutState(view);
  const lines = calls.length > 0 ? calls : states;
  const lists = [...timedOutCalls(view, OF_ALL), ...freshSignals(view, 'relist-failed', 'runtime-down')];
  const containers = containersOf(lines);
  if (lines.length === 0 || lists.length > 0 || containers.length > FEW) return null;
  const names = listNames(containers.map((id) => nameOf(view, id)));
  const summary =
    calls.length > 0
      ? say(
          `By the kubelet’s word the status of ${names.en === '' ? 'a pod' : names.en} does not come within the request timeout, while lists come.`,
          `按 kubelet 所说，${names.zh === '' ? '某个 Pod' : names.zh} 的状态查询在请求超时内没有返回，而列表调用正常。`,
        )
      : say(
          `By containerd’s word the shim of ${names.en} does not tell its state within 2 s, again and again.`,
          `按 containerd 所说，${names.zh} 的 shim 多次未能在 2 秒内返回状态。`,
        );
  return likely(lines, containers.length > 0 ? containers : subjectsOf(lines), summary, view);
}

/**
 * Containers whose state containerd does not get from their shim, more than once: once may be load. It asks for it for
 * each status and list, and waits 2 s. Source: containerd services/tasks/local.go stateTimeout @ 1.3 to 2.x.
 */
function tasksWithoutState(view: CaseView): readonly Line[] {
  if (engines(view).length > 0) return [];
  const lines = freshSignals(view, 'task-state-timeout');
  const again = (id: string): boolean => lines.filter((o) => o.fact.containerId === id).length > 1;
  return lines.filter((o) => o.fact.containerId !== null && again(o.fact.containerId));
}

function containersOf(lines: readonly Line[]): readonly EntityId[] {
  return [...new Set(lines.flatMap((o) => o.about.filter((id) => id.startsWith('container:'))))];
}

/** Calls about the runtime as a whole that time out. */
export function toldRuntimeSilent(view: CaseView): Assessment | null {
  const lines = timedOutCalls(view, OF_ALL);
  if (lines.length === 0) return null;
  return likely(
    lines,
    [entityId.node()],
    say(
      'By the kubelet’s word the runtime does not answer calls about all containers.',
      '按 kubelet 所说，运行时连针对全部容器的调用都没有应答。',
    ),
    view,
  );
}

/** A kubelet that says why it ends. */
export function toldKubeletFailed(view: CaseView): Assessment | null {
  const failed = freshSignals(view, 'kubelet-failed');
  const ended = freshSignals(view, 'unit-failed').filter((o) => /kubelet|k3s|rke2/.test(o.fact.line));
  const lines = [...ended, ...failed];
  const started = freshSignals(view, 'kubelet-started').at(-1);
  const last = lines.reduce((max, o) => Math.max(max, o.at), 0);
  if (lines.length === 0 || (started !== undefined && started.at > last)) return null;
  return likely(
    lines,
    subjectsOf(lines),
    say('The kubelet ends as soon as it is started.', 'kubelet 一启动就退出。'),
    view,
    'logNamesCause',
  );
}

/** Something failed for want of a process or a watch. */
export function toldCountUsedUp(view: CaseView): Assessment | null {
  const lines = freshSignals(view, 'no-processes-left', 'no-watches-left', 'pid-pressure');
  if (lines.length === 0) return null;
  const watches = lines.every((o) => o.fact.signal === 'no-watches-left');
  return likely(
    lines,
    subjectsOf(lines),
    watches
      ? say('No inotify watch or instance is left for the kubelet.', 'kubelet 已无可用的 inotify watch 或实例。')
      : say('No process or thread could be started any more.', '已无法再创建进程或线程。'),
    view,
  );
}

/** The kubelet evicts for want of room, or a daemon could not write. */
export function toldDiskFull(view: CaseView): Assessment | null {
  const lines = freshSignals(view, 'disk-pressure');
  if (lines.length === 0) return null;
  return likely(
    lines,
    subjectsOf(lines),
    say('By the daemons’ own word there is no room on a disk of the node.', '守护进程自己报告节点磁盘空间不足。'),
    view,
    'logNamesCause',
  );
}

/**
 * Memory that is there, but in no piece large enough: runc's new namespaces want contiguous pages. Source: mm/page_alloc.c
 * warn_alloc; PAGE_ALLOC_COSTLY_ORDER is 3.
 */
export function toldNoContiguousMemory(view: CaseView): Assessment | null {
  const failed = view
    .all('kernel-signal')
    .filter((o) => o.fact.signal === 'page-allocation-failure' && isFresh(view, o))
    .filter((o) => Number(/order:(\d{1,2})/.exec(o.fact.line)?.[1] ?? 0) > COSTLY_ORDER)
    .filter((o) => /^(?:runc|crun|docker|containerd|kubelet|crio)/.test(o.fact.task ?? ''));
  const first = failed.at(-1);
  if (first === undefined) return null;
  const task = first.fact.task ?? '';
  return held({
    status: 'likely',
    ...weigh('logNamesCause'),
    subjects: first.about,
    evidence: [cite(first, say(`Kernel: ${first.fact.line}`, `内核：${first.fact.line}`))],
    missing: [missing('pressure', view)],
    summary: say(
      `The kernel had no contiguous memory for ${task}: memory is fragmented or exhausted.`,
      `内核无法为 ${task} 分配连续内存：内存碎片化或已耗尽。`,
    ),
  });
}

const COSTLY_ORDER = 3;

function subjectsOf(lines: readonly Line[]): readonly EntityId[] {
  return [...new Set(lines.flatMap((o) => o.about.slice(0, 1)))];
}

/** Never more than likely: it is one side's word, and what only the node shows was not seen. */
function likely(
  lines: readonly Line[],
  subjects: readonly EntityId[],
  summary: Text,
  view: CaseView,
  restsOn: 'recentLog' | 'logNamesCause' = 'recentLog',
): Assessment {
  return held({
    status: 'likely',
    ...weigh(restsOn),
    subjects,
    evidence: lines.slice(-3).map((o) => quoteLine(view, o)),
    missing: [missing('components', view)],
    summary,
  });
}

import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { formatDuration } from '../../text/units.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { engines } from '../support/engines.ts';
import { type BugSight, bugsSeen, versionEvidence } from '../support/known-bugs.ts';
import { freshReady, freshSignals, quoteLine } from '../support/kubelet-word.ts';
import { missing, missingOf } from '../support/missing.ts';
import { nameOf } from '../support/names.ts';
import { hungOci, type OciProcess, ociProcesses } from '../support/oci-processes.ts';
import { count, listNames, say } from '../support/say.ts';
import { hungStatuses } from '../support/status-calls.ts';

/** Holds OCI runtime processes that do not end against the case. */
export function assessOciHung(view: CaseView): Assessment {
  const bugs = bugsSeen(view, 'oci-runtime-hung');
  const hung = hungOci(view);
  if (hung.length > 0) return assessProcesses(view, hung, bugs);
  const agreed = bugs.find((b) => b.version !== null && b.traces.length > 0);
  if (agreed !== undefined) return assessBug(view, agreed);
  return (
    shownBesideHang(view, bugs) ?? neverStarted(view, bugs) ?? told(view) ?? byVersion(view, bugs) ?? inOrder(view)
  );
}

function assessProcesses(view: CaseView, hung: readonly OciProcess[], bugs: readonly BugSight[]): Assessment {
  const containers = containersOf(hung);
  const waited = hungStatuses(view).some((h) => containers.includes(h.container));
  const felt = waited || isFelt(view);
  return held({
    status: felt ? 'confirmed' : 'likely',
    ...weigh(waited ? 'hangWithCulprit' : felt ? 'shortageFelt' : 'heldProcess'),
    subjects: [...containers, ...hung.map((p) => p.id), ...shimsOf(view, containers)],
    evidence: [...hung.slice(0, 4).map((p) => processEvidence(view, p)), ...bugs.slice(0, 1).flatMap(versionEvidence)],
    missing: missingOf(view, ['processes', 'kernel-stacks']),
    summary: summarise(view, hung),
  });
}

function summarise(view: CaseView, hung: readonly OciProcess[]) {
  const names = listNames(containersOf(hung).map((c) => nameOf(view, c)));
  const verbs = [...new Set(hung.map((p) => p.verb))].join(', ');
  const [en, zh] = names.en === '' ? ['', ''] : [` for ${names.en}`, `（容器 ${names.zh}）`];
  return say(
    `${count(hung.length, 'process', 'processes')} of the OCI runtime (${verbs})${en} ${hung.length === 1 ? 'does' : 'do'} not end; the shim waits for ${hung.length === 1 ? 'it' : 'them'} with its lock held.`,
    `有 ${hung.length} 个 OCI 运行时进程（${verbs}）${zh}没有结束；shim 持锁等待它们。`,
  );
}

function processEvidence(view: CaseView, p: OciProcess): Evidence {
  const { pid, comm, state } = p.observation.fact;
  const age = p.ageMs === null ? null : formatDuration(p.ageMs);
  const what = p.verb === 'unknown' || comm.startsWith('runc:') ? comm : `${comm} ${p.verb}`;
  const who = p.container === null ? null : nameOf(view, p.container);
  return cite(
    p.observation,
    say(
      `${what} (pid ${pid}, state ${state})${who === null ? '' : ` for ${who}`} ${age === null ? 'is still there' : `has run for ${age}`}; it usually ends within a second.`,
      `${what}（pid ${pid}，状态 ${state}）${who === null ? '' : `，容器 ${who}，`}${age === null ? '仍未结束' : `已运行 ${age}`}；通常应在 1 秒内结束。`,
    ),
  );
}

function assessBug(view: CaseView, sight: BugSight): Assessment {
  const { bug, traces } = sight;
  return held({
    status: 'confirmed',
    ...weigh('hangAlone'),
    subjects: [entityId.node()],
    evidence: [...versionEvidence(sight), ...traces],
    missing: missingOf(view, ['processes']),
    summary: say(
      `The OCI runtime hangs by a known bug: ${bug.title.en}. To be rid of it, ${bug.advice.en}.`,
      `OCI 运行时因已知缺陷卡住：${bug.title.zh}。解决办法：${bug.advice.zh}。`,
    ),
  });
}

/** In a list of processes without times, one of runc is passing, unless something waits and a person shows it. */
function shownBesideHang(view: CaseView, bugs: readonly BugSight[]): Assessment | null {
  const shown = ociProcesses(view).filter((p) => p.ageMs === null);
  // runc and its init together: the one waits for the other.
  const pair = shown.some((p) => p.verb === 'init') && shown.some((p) => p.verb !== 'init');
  if (shown.length === 0) return null;
  const felt = isFelt(view);
  return held({
    status: felt && pair ? 'likely' : 'possible',
    ...weigh(felt && pair ? 'circumstantial' : 'hint'),
    subjects: [...containersOf(shown), ...shown.map((p) => p.id)],
    evidence: [...shown.slice(0, 4).map((p) => processEvidence(view, p)), ...bugs.slice(0, 1).flatMap(versionEvidence)],
    missing: [missing('processes', view)],
    summary: summarise(view, shown),
  });
}

/**
 * A container that stays in Created and whose status does not come: its start went as far as runc and not back. Many
 * are created and never started for reasons of their own, so something must wait for this one.
 */
function neverStarted(view: CaseView, bugs: readonly BugSight[]): Assessment | null {
  const waited = new Set(hungStatuses(view).map((h) => h.container));
  const named = new Set(freshSignals(view, 'runtime-call-timeout').flatMap((o) => o.about));
  const created = view.all('container').filter(({ fact, about: [id] }) => {
    return fact.state === 'created' && id !== undefined && (waited.has(id) || named.has(id) || hasTask(view, id));
  });
  if (created.length === 0 || !isFelt(view)) return null;
  return held({
    status: 'likely',
    ...weigh('circumstantial'),
    subjects: created.flatMap((o) => o.about.slice(0, 1)),
    evidence: [
      ...created.slice(0, 3).map((o) => createdEvidence(view, o)),
      ...bugs.slice(0, 1).flatMap(versionEvidence),
    ],
    missing: [missing('processes', view)],
    summary: say(
      'A container stays in Created and its status does not come: the runc that starts it has most likely not returned.',
      '有容器一直停在 Created 且状态查询没有返回：启动它的 runc 很可能没有结束。',
    ),
  });
}

/** containerd has a task of it, so that runc was started. */
function hasTask(view: CaseView, container: EntityId): boolean {
  return view.about(container, 'task').length > 0;
}

function createdEvidence(view: CaseView, o: Observation<'container'>): Evidence {
  const name = nameOf(view, o.about[0] ?? entityId.node());
  return cite(
    o,
    say(`${name} is in Created, though its start went as far as runc.`, `${name} 处于 Created，但其启动已走到 runc。`),
  );
}

/** Calls that go through runc time out while those that only read come: so the kubelet tells. */
function told(view: CaseView): Assessment | null {
  if (engines(view).length > 0) return null;
  const states = freshSignals(view, 'task-state-timeout');
  const through = freshSignals(view, 'runtime-call-timeout').filter((o) => THROUGH.has(o.fact.call ?? ''));
  const lines = [...states, ...through];
  const first = lines[0];
  if (first === undefined) return null;
  return held({
    status: 'possible',
    ...weigh('hint'),
    subjects: [...new Set(lines.flatMap((o) => o.about.filter((id) => id.startsWith('container:'))))],
    evidence: lines.slice(-3).map((o: Observation<'log-signal'>) => quoteLine(view, o)),
    missing: [missing('processes', view)],
    summary: say(
      'Calls that start or end containers time out: the OCI runtime or a shim may hang.',
      '启动或终止容器的调用超时：可能是 OCI 运行时或 shim 卡住。',
    ),
  });
}

const THROUGH = new Set(['StartContainer', 'CreateContainer', 'RunPodSandbox', 'StopPodSandbox', 'StopContainer']);

function byVersion(view: CaseView, bugs: readonly BugSight[]): Assessment | null {
  const [sight] = bugs.filter((b) => b.version !== null);
  if (sight === undefined || ociProcesses(view).length > 0 || !isFelt(view)) return null;
  return held({
    status: 'possible',
    ...weigh('versionOnly'),
    subjects: [entityId.node()],
    evidence: versionEvidence(sight),
    missing: [missing('processes', view)],
    summary: say(
      `This version is known to hang: ${sight.bug.title.en}. No process of it was seen to.`,
      `该版本存在已知的卡死缺陷：${sight.bug.title.zh}。但没有看到卡住的进程。`,
    ),
  });
}

/** Ready is lost or calls hang: something waits. */
function isFelt(view: CaseView): boolean {
  if (hungStatuses(view).length > 0 || engines(view).some((e) => e.hung.length > 0)) return true;
  if (freshReady(view)?.fact.status === 'False') return true;
  return freshSignals(view, 'pleg-unhealthy', 'runtime-down', 'runtime-call-timeout', 'relist-failed').length > 0;
}

function containersOf(processes: readonly OciProcess[]): readonly EntityId[] {
  return [...new Set(processes.flatMap((p) => p.container ?? []))];
}

function shimsOf(view: CaseView, containers: readonly EntityId[]): readonly EntityId[] {
  return containers.flatMap((c) => view.from(c, 'supervises'));
}

function inOrder(view: CaseView): Assessment {
  const counts = view.all('process-counts').at(-1);
  const none = counts !== undefined && Object.keys(counts.fact.lingering).every((name) => !/runc|crun/.test(name));
  const against = none
    ? [cite(counts, say('No process of the OCI runtime is older than 30 s.', '没有运行超过 30 秒的 OCI 运行时进程。'))]
    : [];
  return notSeen(against, missingOf(view, ['processes']), 'processes');
}

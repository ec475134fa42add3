import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import { formatDuration } from '../../text/units.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { type HeldDaemon, HOLD_WORDS, heldShims, holdEvidence } from '../support/daemons.ts';
import { engines, listAnswer, noRuntimeHere } from '../support/engines.ts';
import { isPaused } from '../support/kin.ts';
import { missing, missingOf } from '../support/missing.ts';
import { nameOf } from '../support/names.ts';
import { count, listNames, say } from '../support/say.ts';
import { type HungStatus, hungStatuses, podMates } from '../support/status-calls.ts';
import { toldStatusHung } from '../support/told-by-logs.ts';

/** Holds hung status calls against the case. */
export function assessStatusHung(view: CaseView): Assessment {
  const hung = hungStatuses(view);
  if (hung.length > 0) return assessHung(view, hung);
  const stopped = heldShims(view).filter((s) => s.hold === 'stopped' || s.hold === 'traced');
  const against = statusesInOrder(view);
  const silent = silentShims(view);
  if (stopped.length > 0 || silent.length > 0) return assessSilentShims(view, stopped, silent, against);
  const told = toldStatusHung(view);
  if (told !== null) return told;
  return notSeen(against.length > 0 ? against : noRuntimeHere(view), missingOf(view, ['docker', 'cri']), 'docker');
}

function assessHung(view: CaseView, hung: readonly HungStatus[]): Assessment {
  const culprits = hung.flatMap((h) => (h.shim.kind === 'held' ? [h.shim.shim] : []));
  const known = hung.filter((h) => h.shim.kind === 'held' || h.shim.kind === 'gone');
  const status = known.length > 0 || othersAnswer(hung) ? 'confirmed' : 'likely';
  const processes = hung.flatMap((h) => view.to(h.container, 'runs'));
  return held({
    status,
    ...weigh(known.length > 0 ? 'hangWithCulprit' : status === 'confirmed' ? 'hangAlone' : 'circumstantial'),
    subjects: [
      ...hung.map((h) => h.container),
      ...culprits.map((s) => s.id),
      ...culprits.flatMap((s) => view.to(s.id, 'is-process')),
      ...processes,
    ],
    evidence: [...hung.flatMap((h) => hangEvidence(view, h)), ...triggers(view, hung)],
    missing: known.length > 0 ? [] : missingOf(view, ['processes', 'components']),
    summary: summarise(view, hung),
  });
}

/** Whether some other container's status answered on the same engine, well within the deadline. */
function othersAnswer(hung: readonly HungStatus[]): boolean {
  return hung.some((h) => {
    const answered = h.engine.statuses.filter((o) => o.fact.outcome === 'ok');
    const waiting = h.engine.statuses.length - answered.length;
    return answered.some((o) => o.fact.tookMs < h.call.fact.deadlineMs / 2) && answered.length >= waiting;
  });
}

function hangEvidence(view: CaseView, h: HungStatus): Evidence[] {
  const name = nameOf(view, h.container);
  const waited = formatDuration(h.call.fact.deadlineMs);
  const list = formatDuration(h.list.fact.tookMs);
  const answered = h.engine.statuses.filter((o) => o.fact.outcome === 'ok').length;
  return [
    ...shimEvidence(h.shim),
    cite(
      h.call,
      say(
        `The status of ${name} did not come within ${waited}; ${count(answered, 'other container')} on ${h.engine.endpoint} answered.`,
        `${name} 的状态查询在 ${waited} 内没有返回；${h.engine.endpoint} 上其他 ${answered} 个容器有响应。`,
      ),
    ),
    cite(
      h.list,
      say(`The list on ${h.engine.endpoint} took ${list}.`, `${h.engine.endpoint} 的列表调用耗时 ${list}。`),
    ),
  ];
}

/** What is wrong with the shim, where that was seen. */
function shimEvidence(shim: HungStatus['shim']): Evidence[] {
  if (shim.kind === 'held') return [holdEvidence(shim.shim)];
  if (shim.kind !== 'gone') return [];
  const { pid, comm, ppid } = shim.process.fact;
  return [
    cite(
      shim.process,
      say(
        `Its shim is gone: process ${pid} (${comm}) now has parent ${ppid}.`,
        `其 shim 已消失：进程 ${pid}（${comm}）现在的父进程是 ${ppid}。`,
      ),
    ),
  ];
}

/** A crash-looping neighbour makes the kubelet ask for the hung container again and again. */
function triggers(view: CaseView, hung: readonly HungStatus[]): Evidence[] {
  return hung.flatMap((h) =>
    podMates(view, h.container).flatMap((mate) => {
      const o = view.latest(mate, 'container');
      if (o === null || !o.fact.crashLooping) return [];
      const [name, other] = [nameOf(view, mate), nameOf(view, h.container)];
      return [
        cite(
          o,
          say(
            `Trigger: ${name} of the same pod crash-loops; each crash makes relist ask for ${other} too.`,
            `触发因素：同一 Pod 的 ${name} 在 crash loop；每次崩溃都会让 relist 再次查询 ${other}。`,
          ),
        ),
      ];
    }),
  );
}

function summarise(view: CaseView, hung: readonly HungStatus[]): Text {
  // One container may be served by two endpoints: dockerd and the dockershim before it.
  const names = listNames([...new Set(hung.map((h) => nameOf(view, h.container)))]);
  const why = whyHung(hung);
  return say(
    `The status of ${names.en} never comes while the list is fast: ${why.en}.`,
    `${names.zh} 的状态查询永不返回，而列表调用很快：${why.zh}。`,
  );
}

function whyHung(hung: readonly HungStatus[]): Text {
  const held = hung.flatMap((h) => (h.shim.kind === 'held' ? [h.shim.shim] : []));
  const [first, ...more] = [...new Map(held.map((s) => [s.pid, s])).values()];
  if (first !== undefined && more.length > 0) {
    const each = listNames([first, ...more].map((s) => `${s.pid} ${HOLD_WORDS[s.hold].en}`));
    const zh = listNames([first, ...more].map((s) => `${s.pid} ${HOLD_WORDS[s.hold].zh}`)).zh;
    return say(`their shims hang (pid ${each.en})`, `各自的 shim 卡住（pid ${zh}）`);
  }
  if (first !== undefined) {
    const { en, zh } = HOLD_WORDS[first.hold];
    return say(`its shim (pid ${first.pid}) is ${en}`, `其 shim（pid ${first.pid}）${zh}`);
  }
  return hung[0]?.shim.kind === 'gone'
    ? say('its shim is gone', '其 shim 已消失')
    : say('its shim hangs or an operation holds its lock', '其 shim 卡住，或有操作占着它的锁');
}

/**
 * containerd's own list of tasks asks every shim, so one that is silent holds it up although the CRI, which answers
 * from memory, is fast; asked task by task it gives the silent ones up after 2 s and calls them UNKNOWN
 * (services/tasks/local.go @ containerd v1.6.20).
 */
function silentShims(view: CaseView): readonly Evidence[] {
  const listed = engines(view).flatMap((e) => e.hung.filter((o) => o.fact.call === 'tasks' && e.answered.length > 0));
  if (listed.length === 0) return [];
  const unknown = view.all('task').filter((o) => o.fact.status === 'UNKNOWN');
  return [
    ...listed.map((o) =>
      cite(
        o,
        say(
          `containerd’s list of tasks, which asks every shim, did not come within ${formatDuration(o.fact.deadlineMs)}.`,
          `containerd 的 task 列表（会询问每个 shim）在 ${formatDuration(o.fact.deadlineMs)} 内没有返回。`,
        ),
      ),
    ),
    ...unknown.map((o) =>
      cite(
        o,
        say(
          `containerd got no word from the shim of ${nameOf(view, `container:${o.fact.containerId}`)}: its task is UNKNOWN.`,
          `containerd 没有得到 ${nameOf(view, `container:${o.fact.containerId}`)} 的 shim 的答复：其 task 状态为 UNKNOWN。`,
        ),
      ),
    ),
  ];
}

/** Shims that answer nothing while status calls still come: the runtime gives those from memory. */
function assessSilentShims(
  view: CaseView,
  stopped: readonly HeldDaemon[],
  silent: readonly Evidence[],
  against: readonly Evidence[],
): Assessment {
  const supervised = stopped.flatMap((s) => view.to(s.id, 'supervises')).filter((c) => !isPaused(view, c));
  const unknown = view.all('task').filter((o) => o.fact.status === 'UNKNOWN');
  const containers = supervised.length > 0 ? supervised : unknown.flatMap((o) => o.about.slice(0, 1));
  const names = listNames([...new Set(containers)].map((c) => nameOf(view, c)));
  const proven = stopped.length > 0 && silent.length > 0;
  const calls = against.length > 0 ? STILL_ANSWER : NOT_EXAMINED;
  return held({
    status: proven ? 'confirmed' : 'likely',
    ...weigh(proven ? 'hangWithCulprit' : 'heldProcess'),
    subjects: [...containers, ...stopped.map((s) => s.id), ...stopped.flatMap((s) => view.to(s.id, 'is-process'))],
    evidence: [...stopped.map(holdEvidence), ...silent],
    against,
    // The runtime answers from memory while the shim is silent.
    reconciled: proven,
    missing: against.length > 0 ? [] : [missing('docker', view), missing('cri', view)],
    summary: say(
      `The shim of ${names.en === '' ? 'a container' : names.en} ${stopped.length > 0 ? 'is stopped' : 'is silent'}: whatever goes through it (kill, exec, exit) hangs. ${calls.en}`,
      `${names.zh === '' ? '某个容器' : names.zh} 的 shim ${stopped.length > 0 ? '被停住' : '没有应答'}：凡是经过它的操作（kill、exec、退出通知）都会卡住。${calls.zh}`,
    ),
  });
}

const STILL_ANSWER = say(
  'Status calls still answer, from the runtime’s memory.',
  '状态查询目前仍有响应（来自运行时内存）。',
);
const NOT_EXAMINED = say('Status calls were not examined.', '未检查状态查询。');

function statusesInOrder(view: CaseView): Evidence[] {
  return engines(view).flatMap((engine) => {
    const answered = engine.statuses.filter((o) => o.fact.outcome === 'ok');
    const slowest = answered.toSorted((a, b) => b.fact.tookMs - a.fact.tookMs)[0];
    if (slowest !== undefined) {
      const [n, took] = [answered.length, formatDuration(slowest.fact.tookMs)];
      return [
        cite(
          slowest,
          say(
            `The status of ${count(n, 'container')} on ${engine.endpoint} came, the slowest in ${took}.`,
            `${engine.endpoint} 上 ${n} 个容器的状态查询都已返回，最慢 ${took}。`,
          ),
        ),
      ];
    }
    const list = listAnswer(engine);
    const none = view.fact(engine.id, 'container-counts')?.total === 0;
    return list !== null && none
      ? [cite(list, say(`${engine.endpoint} has no containers.`, `${engine.endpoint} 上没有容器。`))]
      : [];
  });
}

import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { joinTexts, type Text } from '../../text/text.ts';
import { formatDuration } from '../../text/units.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { type HeldDaemon, HOLD_WORDS, heldRuntimes, holdEvidence } from '../support/daemons.ts';
import { isDockershim } from '../support/dockershim.ts';
import { type EngineHealth, engines, listAnswer, listHang, noRuntimeHere } from '../support/engines.ts';
import { missingOf } from '../support/missing.ts';
import { byRuntimeWord, runtimeWord } from '../support/runtime-word.ts';
import { listNames, say } from '../support/say.ts';
import { toldRuntimeSilent } from '../support/told-by-logs.ts';

/** A runtime that does not answer as a whole, with the daemons to blame. */
interface Unresponsive {
  readonly engines: readonly EngineHealth[];
  readonly daemons: readonly HeldDaemon[];
}

/** Engines whose calls hang although they are not about one container, and daemons that cannot work. */
export function unresponsiveRuntimes(view: CaseView): Unresponsive {
  const hanging = engines(view)
    .filter((e) => e.hung.length > 0 && (e.answered.length === 0 || listHang(e) !== null))
    .filter((e) => !isKubeletsOwn(view, e));
  // A daemon with one thread in D goes on answering with its others: it counts where its calls hang.
  const counts = (d: HeldDaemon): boolean => d.hold !== 'blocked' || hanging.some((e) => e.components.includes(d.id));
  return { engines: hanging, daemons: heldRuntimes(view).filter((d) => d.hold !== 'dead' && counts(d)) };
}

/** A dockershim that is silent while the dockerd behind it lists: the kubelet hangs, or a lock within it. */
function isKubeletsOwn(view: CaseView, engine: EngineHealth): boolean {
  return isDockershim(engine) && engines(view).some((e) => e.kind === 'docker' && listAnswer(e) !== null);
}

export function assessUnresponsive(view: CaseView): Assessment {
  const { engines: hanging, daemons } = unresponsiveRuntimes(view);
  if (hanging.length === 0 && daemons.length === 0)
    return hurried(view) ?? told(view) ?? toldRuntimeSilent(view) ?? inOrder(view);
  return held({
    ...grade(hanging, daemons),
    subjects: [
      ...daemons.map((d) => d.id),
      ...hanging.flatMap((e) => e.components),
      ...hanging.map((e) => e.id),
      ...daemons.flatMap((d) => view.to(d.id, 'is-process')),
      ...daemons.flatMap((d) => d.threads.map((t) => t.id)),
    ],
    evidence: [
      ...daemons.map(holdEvidence),
      ...hanging.flatMap(hangEvidence),
      ...stillAnswering(view, hanging, daemons),
    ],
    missing: daemons.length > 0 ? [] : missingOf(view, ['components', 'processes']),
    summary: summarise(hanging, daemons),
  });
}

/** By the kubelet alone, where nothing else was to be seen. */
function told(view: CaseView): Assessment | null {
  const word = runtimeWord(view);
  return word === null || word.refused ? null : byRuntimeWord(view, word, 'silent');
}

/** Calls that timed out after too short a wait to say more than that it may be so. */
function hurried(view: CaseView): Assessment | null {
  const late = engines(view).filter((e) => e.answered.length === 0 && e.hurried.length > 0);
  if (late.length === 0) return null;
  const sockets = listNames(late.map((e) => e.endpoint));
  return held({
    status: 'possible',
    ...weigh('hint'),
    subjects: late.map((e) => e.id),
    evidence: late.flatMap((e) => e.hurried.map((o) => timeoutEvidence(e, o))),
    missing: missingOf(view, ['docker', 'cri', 'components', 'processes']),
    summary: say(
      `${sockets.en} did not answer, but could not be given long enough to say that it hangs.`,
      `${sockets.zh} 没有应答，但等待时间太短，不足以断定它卡住。`,
    ),
  });
}

function grade(
  hanging: readonly EngineHealth[],
  daemons: readonly HeldDaemon[],
): ReturnType<typeof weigh> & { status: 'confirmed' | 'likely' } {
  if (hanging.some((e) => e.held.length > 0) || (hanging.length > 0 && daemons.length > 0)) {
    return { status: 'confirmed', ...weigh('hangWithCulprit') };
  }
  if (daemons.length > 0) return { status: 'likely', ...weigh('heldProcess') };
  // Behind a dockershim that is silent there may be a kubelet that hangs.
  if (hanging.some((e) => e.answered.length === 0 && e.hung.length >= 2 && !isDockershim(e)))
    return { status: 'confirmed', ...weigh('hangAlone') };
  // One call that hung, or a list that hangs while the version answers: a lock inside the daemon rather than all of it.
  return { status: 'likely', ...weigh('circumstantial') };
}

function timeoutEvidence(e: EngineHealth, o: Observation<'call'>): Evidence {
  const waited = formatDuration(o.fact.deadlineMs);
  return cite(
    o,
    say(
      `${o.fact.call} on ${e.endpoint} did not answer within ${waited}.`,
      `${e.endpoint} 的 ${o.fact.call} 调用在 ${waited} 内没有应答。`,
    ),
  );
}

function hangEvidence(e: EngineHealth): Evidence[] {
  const hung = e.hung.map((o) => timeoutEvidence(e, o));
  const answered = e.answered.map((o) =>
    cite(
      o,
      say(
        `${o.fact.call} on the same socket answered in ${formatDuration(o.fact.tookMs)}.`,
        `同一 socket 的 ${o.fact.call} 调用在 ${formatDuration(o.fact.tookMs)} 内应答。`,
      ),
    ),
  );
  return [...hung, ...answered];
}

/** dockerd answers lists from its own memory, so a stopped containerd beneath it does not show there. */
function stillAnswering(view: CaseView, hanging: readonly EngineHealth[], daemons: readonly HeldDaemon[]): Evidence[] {
  const containerd = daemons.some((d) => d.name === 'containerd') || hanging.some((e) => e.kind !== 'docker');
  if (!containerd) return [];
  return engines(view).flatMap((e) => {
    const list = e.kind === 'docker' ? listAnswer(e) : null;
    if (list === null) return [];
    const took = formatDuration(list.fact.tookMs);
    return [
      cite(
        list,
        say(
          `dockerd still lists containers in ${took}: it does so from its own memory, without containerd. Starting, stopping and killing hang.`,
          `dockerd 仍能在 ${took} 内列出容器：它用的是自己内存中的数据，不经过 containerd。启动、停止和 kill 都会卡住。`,
        ),
      ),
    ];
  });
}

function summarise(hanging: readonly EngineHealth[], daemons: readonly HeldDaemon[]): Text {
  // containerd speaks its own API and CRI on one socket.
  const sockets = listNames([...new Set(hanging.map((e) => e.endpoint))]);
  const names = listNames(daemons.map((d) => `${d.name} (pid ${d.pid})`));
  const holds = joinTexts(
    [...new Set(daemons.map((d) => d.hold))].map((h) => HOLD_WORDS[h]),
    say(', ', '、'),
  );
  if (daemons.length > 0 && hanging.length > 0) {
    return say(
      `${names.en} is ${holds.en}: calls to ${sockets.en} hang.`,
      `${names.zh} ${holds.zh}：对 ${sockets.zh} 的调用全部卡住。`,
    );
  }
  if (daemons.length > 0) {
    return say(
      `${names.en} is ${holds.en}; whoever calls it waits.`,
      `${names.zh} ${holds.zh}；调用它的一方只能等待。`,
    );
  }
  const whole = hanging.some((e) => e.answered.length === 0);
  return whole
    ? say(`The runtime behind ${sockets.en} does not answer at all.`, `${sockets.zh} 背后的运行时完全没有应答。`)
    : say(
        `The runtime behind ${sockets.en} answers some calls, but its list hangs.`,
        `${sockets.zh} 背后的运行时能应答部分调用，但列表调用卡住。`,
      );
}

function inOrder(view: CaseView): Assessment {
  const answered = engines(view).flatMap((e) => {
    const call = listAnswer(e) ?? e.answered[0];
    if (call === undefined) return [];
    const took = formatDuration(call.fact.tookMs);
    return [
      cite(
        call,
        say(
          `${e.endpoint} answered ${call.fact.call} in ${took}.`,
          `${e.endpoint} 的 ${call.fact.call} 调用在 ${took} 内应答。`,
        ),
      ),
    ];
  });
  const against = answered.length > 0 ? answered : noRuntimeHere(view);
  return notSeen(against, missingOf(view, ['docker', 'cri', 'containerd']), 'cri');
}

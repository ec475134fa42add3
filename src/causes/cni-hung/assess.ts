import type { EntityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import { formatDuration } from '../../text/units.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { freshSignals, quoteLine } from '../support/kubelet-word.ts';
import { missingOf } from '../support/missing.ts';
import { nameOf, shortId } from '../support/names.ts';
import { count, say } from '../support/say.ts';
import { type HungStatus, hungStatuses } from '../support/status-calls.ts';
import { THRESHOLDS } from '../support/thresholds.ts';

type CniCall = Observation<'cni-call'>;

/** CNI calls that take far longer than any should, the outermost process of each. */
export function slowCniCalls(view: CaseView): readonly CniCall[] {
  const slow = view.all('cni-call').filter((o) => o.fact.ageMs >= THRESHOLDS.slowCniCall.value);
  const oldestFirst = slow.toSorted((a, b) => b.fact.ageMs - a.fact.ageMs);
  const byCall = new Map<string, CniCall>();
  // A plugin hands its environment on to what it starts: the oldest is the plugin itself.
  for (const o of oldestFirst) {
    const key = o.fact.containerId === null ? `${o.fact.pid}` : `${o.fact.command} ${o.fact.containerId}`;
    if (!byCall.has(key)) byCall.set(key, o);
  }
  return [...byCall.values()];
}

/** Status calls that wait for the lock of a sandbox whose CNI call hangs; a shim at fault would hold them up by itself. */
export function heldStatuses(view: CaseView): readonly HungStatus[] {
  const sandboxes = slowCniCalls(view).flatMap((o) => o.about);
  return hungStatuses(view).filter(
    (h) => sandboxes.includes(h.container) && h.shim.kind !== 'held' && h.shim.kind !== 'gone',
  );
}

/** Holds CNI calls that do not end against the case. */
export function assessCni(view: CaseView): Assessment {
  const slow = slowCniCalls(view);
  const logged = freshSignals(view, 'cni-failed').slice(-2);
  const oldest = slow[0];
  if (oldest !== undefined) return hanging(view, slow, oldest, logged);
  const timedOut = logged.filter((o) => /deadline exceeded|DeadlineExceeded|timed? ?out/i.test(o.fact.line));
  if (timedOut.length > 0) return byLog(view, timedOut);
  const seen = view.all('process-counts').slice(-1);
  const none = say('No CNI plugin is at work for long.', '没有长时间运行的 CNI 插件。');
  return notSeen(
    seen.map((o) => cite(o, none)),
    missingOf(view, ['processes']),
    'processes',
  );
}

function hanging(
  view: CaseView,
  slow: readonly CniCall[],
  oldest: CniCall,
  logged: readonly Observation<'log-signal'>[],
): Assessment {
  const waiting = heldStatuses(view);
  const sure = logged.length + waiting.length > 0 || oldest.fact.ageMs >= THRESHOLDS.hungCniCall.value;
  return held({
    status: sure ? 'confirmed' : 'likely',
    ...weigh(sure ? 'waitChannel' : 'heldProcess'),
    subjects: slow.flatMap((o) => [...o.about, ...callerOf(o)]),
    evidence: [
      ...slow.slice(0, 3).map(callEvidence),
      ...waiting.slice(0, 2).map((h) => heldEvidence(view, h)),
      ...logged.map((o) => quoteLine(view, o)),
    ],
    summary: summaryOf(oldest, slow.length),
  });
}

function heldEvidence(view: CaseView, { container, call }: HungStatus): Evidence {
  const name = nameOf(view, container);
  return cite(
    call,
    say(
      `The status of ${name} does not come meanwhile: the call holds its lock.`,
      `其间 ${name} 的状态查询没有返回：该调用占着它的锁。`,
    ),
  );
}

function callerOf({ fact: { caller } }: CniCall): readonly EntityId[] {
  return caller === null ? [] : [`process:${caller.pid}`];
}

function byLog(view: CaseView, logged: readonly Observation<'log-signal'>[]): Assessment {
  return held({
    status: 'possible',
    ...weigh('hint'),
    subjects: logged.flatMap((o) => o.about.filter((id) => id.startsWith('container:'))),
    evidence: logged.map((o) => quoteLine(view, o)),
    summary: say(
      'CNI calls ran into their deadline within the last 10 minutes; none hangs now.',
      '最近 10 分钟内有 CNI 调用超时；当前没有卡住的调用。',
    ),
  });
}

function podOf({ podNamespace, podName, containerId }: CniCall['fact']): string {
  if (podName !== null) return podNamespace === null ? podName : `${podNamespace}/${podName}`;
  return containerId === null ? '' : shortId(containerId);
}

function summaryOf({ fact }: CniCall, calls: number): Text {
  const age = formatDuration(fact.ageMs);
  const pod = podOf(fact);
  const more =
    calls === 1 ? say('', '') : say(` (${count(calls, 'such call')} in all)`, `（共 ${calls} 个这样的调用）`);
  return say(
    `The CNI plugin ${fact.plugin} (pid ${fact.pid}) has been at ${fact.command} for ${age}${pod === '' ? '' : ` for pod ${pod}`} and does not end${more.en}.`,
    `CNI 插件 ${fact.plugin}（pid ${fact.pid}）执行 ${fact.command} 已 ${age} 仍未结束${pod === '' ? '' : `，对应 Pod ${pod}`}${more.zh}。`,
  );
}

function callEvidence(o: CniCall): Evidence {
  const { plugin, pid, command, ageMs, state, wchan, netns, caller } = o.fact;
  const waits = wchan === null ? state : `${state}, ${wchan}`;
  const by =
    caller === null
      ? say('', '')
      : say(`, started by ${caller.name} (pid ${caller.pid})`, `，由 ${caller.name}（pid ${caller.pid}）启动`);
  const net = netns === null ? '' : `; ${netns}`;
  const pod = podOf(o.fact);
  return cite(
    o,
    say(
      `${plugin} (pid ${pid}), CNI ${command}${pod === '' ? '' : ` of ${pod}`}: ${formatDuration(ageMs)} old (${waits}${net})${by.en}.`,
      `${plugin}（pid ${pid}），CNI ${command}${pod === '' ? '' : `（${pod}）`}：已运行 ${formatDuration(ageMs)}（${waits}${net}）${by.zh}。`,
    ),
  );
}

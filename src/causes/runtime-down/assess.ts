import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { formatDuration } from '../../text/units.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { cite, held, isFresh, notSeen, weigh } from '../support/assessment.ts';
import { runningComponents } from '../support/components.ts';
import { type HeldDaemon, heldRuntimes, holdEvidence } from '../support/daemons.ts';
import { type EngineHealth, engines, noRuntimeHere } from '../support/engines.ts';
import { kubeletEndpoint } from '../support/kubelet.ts';
import { missingOf } from '../support/missing.ts';
import { byRuntimeWord, runtimeWord } from '../support/runtime-word.ts';
import { count, listNames, say } from '../support/say.ts';

/** Restarts by systemd from which we speak of a crash loop, if the last start is recent too. */
const CRASH_LOOP_RESTARTS = 3;

type Absent = Observation<'component-absent'>;

/** Runtime daemons that something here expects and that do not run. */
export function absentRuntimes(view: CaseView): readonly Absent[] {
  return view.all('component-absent').filter((o) => o.fact.name !== 'kubelet');
}

export function assessDown(view: CaseView): Assessment {
  const absent = absentRuntimes(view);
  const refusing = engines(view).filter((e) => e.refused.length > 0 && e.answered.length === 0);
  const looping = crashLoops(view);
  const dead = heldRuntimes(view).filter((d) => d.hold === 'dead');
  const onlyDead = absent.every((o) => dead.some((d) => d.name === o.fact.name));
  if (dead.length > 0 && onlyDead) return assessDead(view, dead);
  if (absent.length === 0 && refusing.length === 0 && looping.length === 0) {
    const word = runtimeWord(view);
    if (word?.refused) return byRuntimeWord(view, word, 'down');
    const up = running(view);
    return notSeen(
      up.length > 0 ? up : noneExpected(view),
      missingOf(view, ['components', 'docker', 'cri']),
      'components',
    );
  }
  return held({
    ...grade(view, absent, refusing, looping.length),
    subjects: [
      ...absent.flatMap((o) => o.about.slice(0, 1)),
      ...dead.map((d) => d.id),
      ...looping.flatMap((o) => o.about.slice(0, 1)),
      ...refusing.map((e) => e.id),
    ],
    evidence: [
      ...absent.map(absentEvidence),
      ...dead.map(holdEvidence),
      ...refusing.flatMap(refusedEvidence),
      ...looping.map(loopEvidence),
    ],
    against: running(view),
    missing: missingOf(view, ['systemd']),
    summary: summarise(view, absent, refusing, looping),
  });
}

/** A daemon that ended, that nobody has reaped and nobody replaces is no more there than one that is gone. */
function assessDead(view: CaseView, dead: readonly HeldDaemon[]): Assessment {
  const names = listNames(dead.map((d) => `${d.name} (pid ${d.pid})`));
  // One of that name which something else has started may be all that this node needs.
  const alone = dead.some((d) => !runningComponents(view).some((c) => c.name === d.name));
  return held({
    status: alone ? 'confirmed' : 'likely',
    ...weigh(alone ? 'statedByComponent' : 'heldProcess'),
    subjects: dead.map((d) => d.id),
    evidence: dead.map(holdEvidence),
    missing: missingOf(view, ['systemd']),
    summary: say(`${names.en} is dead and not yet reaped.`, `${names.zh} 已经死亡但尚未被回收。`),
  });
}

function grade(
  view: CaseView,
  absent: readonly Absent[],
  refusing: readonly EngineHealth[],
  looping: number,
): ReturnType<typeof weigh> & { status: 'confirmed' | 'likely' | 'possible' } {
  const firm = absent.filter((o) => o.fact.expectedBecause !== 'socket-file' && !replaced(view, o));
  if (firm.length > 0 && firm.every((o) => mayBeMistyped(view, o))) {
    return { status: 'likely', ...weigh('circumstantial') };
  }
  if (firm.length > 0) return { status: 'confirmed', ...weigh('statedByComponent') };
  const asked = refusing.some(
    (e) => !e.unusedByKubelet && (e.engine?.fact.foundBy === 'flag' || usedByKubelet(view, e)),
  );
  if (asked) return { status: 'confirmed', ...weigh('statedByComponent') };
  if (looping > 0) return { status: 'likely', ...weigh('circumstantial') };
  // A socket file outlives its daemon. On a host where another runtime answers it is a leftover.
  const another = engines(view).some((e) => e.answered.length > 0);
  return another ? { status: 'possible', ...weigh('hint') } : { status: 'confirmed', ...weigh('hangAlone') };
}

/**
 * Another daemon of the name runs: what expected this one is served, or outdated. Where the sockets of that one could
 * not be seen, as without root, it may be the very one that the shims belong to.
 */
function replaced(view: CaseView, { fact }: Absent): boolean {
  const others = runningComponents(view).filter((c) => c.name === fact.name);
  if (fact.expectedBecause === 'unit') return others.length > 0;
  return fact.expectedBecause === 'shims-left' && others.some((c) => c.observation.fact.listensOn.length === 0);
}

/** A path that somebody gave, and nothing there, not even a socket that was left. */
function mayBeMistyped(view: CaseView, { fact }: Absent): boolean {
  return fact.expectedBecause === 'endpoint-given' && fact.boundAt === undefined && kubeletEndpoint(view) === null;
}

function usedByKubelet(view: CaseView, e: EngineHealth): boolean {
  return kubeletEndpoint(view) !== null && !e.unusedByKubelet;
}

function crashLoops(view: CaseView): readonly Observation<'unit'>[] {
  return view.all('unit').filter((o) => {
    const runtime = o.about.some((id) => id.startsWith('component:') && !id.startsWith('component:kubelet@'));
    const recent = o.fact.activeSince === null || isFresh(view, { at: o.fact.activeSince });
    const failing = o.fact.subState === 'auto-restart' || (o.fact.restarts ?? 0) >= CRASH_LOOP_RESTARTS;
    return runtime && failing && recent;
  });
}

const EXPECTED = {
  'socket-file': say('its socket file is there, but nobody listens', '其 socket 文件还在，但没有进程监听'),
  unit: say('systemd has a unit for it', 'systemd 中有它的单元'),
  'shims-left': say('shims of its containers still run', '其容器的 shim 仍在运行'),
  config: say('its configuration is there', '其配置文件存在'),
  'endpoint-given': say('its endpoint was given', '指定了它的端点'),
} as const;

function absentEvidence(o: Absent): Evidence {
  const why = EXPECTED[o.fact.expectedBecause];
  const { name, detail } = o.fact;
  const [en, zh] = detail === '' ? ['', ''] : [` (${detail})`, `（${detail}）`];
  return cite(o, say(`${name} does not run, although ${why.en}${en}.`, `${name} 没有运行，而${why.zh}${zh}。`));
}

function refusedEvidence(e: EngineHealth): Evidence[] {
  return e.refused
    .slice(0, 2)
    .map((o) =>
      cite(
        o,
        say(
          `${o.fact.call} on ${e.endpoint} fails at once: ${o.fact.errorCode ?? o.fact.error ?? 'error'}.`,
          `${e.endpoint} 的 ${o.fact.call} 调用立即失败：${o.fact.errorCode ?? o.fact.error ?? '错误'}。`,
        ),
      ),
    );
}

function loopEvidence(o: Observation<'unit'>): Evidence {
  const n = o.fact.restarts ?? 0;
  return cite(
    o,
    say(
      `systemd restarted ${o.fact.unit} ${count(n, 'time')}; it is ${o.fact.activeState} (${o.fact.subState}).`,
      `systemd 已重启 ${o.fact.unit} ${n} 次；当前为 ${o.fact.activeState}（${o.fact.subState}）。`,
    ),
  );
}

function summarise(
  view: CaseView,
  absent: readonly Absent[],
  refusing: readonly EngineHealth[],
  looping: readonly Observation<'unit'>[],
) {
  const names = listNames([...new Set(absent.map((o) => o.fact.name as string))]);
  if (absent.length > 0 && absent.every((o) => mayBeMistyped(view, o))) {
    return say(
      `There is no socket where one was given: ${names.en} is not running, or the path is mistyped.`,
      `指定的路径上没有 socket：${names.zh} 没有运行，或者路径写错了。`,
    );
  }
  if (absent.length > 0) return say(`${names.en} is not running.`, `${names.zh} 没有运行。`);
  const sockets = listNames(refusing.map((e) => e.endpoint));
  if (refusing.length > 0)
    return say(
      `Nobody answers on ${sockets.en}: the runtime is not running.`,
      `${sockets.zh} 无人应答：运行时没有运行。`,
    );
  const units = listNames(looping.map((o) => o.fact.unit));
  return say(`${units.en} keeps crashing and being restarted.`, `${units.zh} 不断崩溃并被重启。`);
}

function noneExpected(view: CaseView): readonly Evidence[] {
  if (!view.examined('components')) return [];
  const text = say(
    'No container runtime is on this host, and nothing says that one should be.',
    '本机没有容器运行时，也没有迹象表明应当有。',
  );
  return noRuntimeHere(view).map((e) => ({ ...e, text }));
}

/** Runtime daemons that run, and endpoints that answer. */
function running(view: CaseView): Evidence[] {
  const daemons = runningComponents(view).filter((c) => c.name !== 'kubelet');
  const up = daemons.map(({ observation: o }) => {
    const age = o.fact.startedAt === null ? null : formatDuration(Math.max(0, view.now - o.fact.startedAt));
    return cite(
      o,
      say(
        `${o.fact.name} runs (pid ${o.fact.pid}${age === null ? '' : `, for ${age}`}).`,
        `${o.fact.name} 正在运行（pid ${o.fact.pid}${age === null ? '' : `，已运行 ${age}`}）。`,
      ),
    );
  });
  const answering = engines(view).flatMap((e) =>
    e.answered[0] ? [cite(e.answered[0], say(`${e.endpoint} answers.`, `${e.endpoint} 有应答。`))] : [],
  );
  return [...up, ...answering];
}

import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { componentNameOf, runningComponents } from '../support/components.ts';
import { lacking, openQuestions } from '../support/lacking.ts';
import { nameOf } from '../support/names.ts';
import { refusedForCount } from '../support/refused.ts';
import { count, say } from '../support/say.ts';
import { speedOf } from '../support/service-speed.ts';
import { toldCountUsedUp } from '../support/told-by-logs.ts';
import { type UsedLimit, usedLimits } from '../support/used-limits.ts';

const RUNTIMES: ReadonlySet<string> = new Set(['dockerd', 'containerd', 'crio']);

/** Holds used-up limits against the case: those of the host, of the daemons and of all pods together. */
export function assessLimits(view: CaseView): Assessment {
  const all = usedLimits(view);
  const ofChain = all.filter((l) => l.concerns !== 'container');
  const madeRoom = runtimesGone(view).length > 0 || refusedForCount(view).length > 0;
  const exhausted = ofChain.filter((l) => l.level === 'exhausted' || (madeRoom && hasHit(l)));
  if (exhausted[0] !== undefined) return weighExhausted(view, exhausted, exhausted[0]);
  const tight = ofChain.filter((l) => l.level === 'tight' || (l.observation.fact.hits ?? 0) > 0);
  const closed = all.filter((l) => l.concerns === 'container' && l.level === 'exhausted');
  const noted = [...tight, ...closed];
  if (noted[0] !== undefined) return possible(noted, noted[0]);
  const told = all.length === 0 ? toldCountUsedUp(view) : null;
  if (told !== null) return told;
  const missing = lacking(view, { processes: ['limit'], cgroups: ['limit'], 'open-files': [] });
  const against = enough(all);
  return notSeen(against, openQuestions(against, missing, 'cgroups'));
}

function weighExhausted(view: CaseView, exhausted: readonly UsedLimit[], first: UsedLimit): Assessment {
  const gone = goneFor(view, exhausted);
  const felt = consequences(view, exhausted, gone);
  const onlyWatches = exhausted.every((l) => l.observation.fact.resource.startsWith('inotify'));
  const unfelt = onlyWatches
    ? ({ status: 'possible', ...weigh('hint') } as const)
    : ({ status: 'likely', ...weigh('circumstantial') } as const);
  const verdict = felt === null ? unfelt : ({ status: 'confirmed', ...weigh('shortageFelt') } as const);
  const eater = largest(view, first);
  return held({
    ...verdict,
    subjects: [...exhausted.flatMap((l) => l.subjects), ...(eater?.subjects ?? []), ...gone.flatMap((o) => o.about)],
    evidence: [...exhausted.map(evidenceOf), ...(felt ?? []), ...(eater === null ? [] : [eater.evidence])],
    summary:
      first.level === 'exhausted'
        ? say(`No more can be had: ${first.text.en}.`, `已无法再分配：${first.text.zh}。`)
        : say(`Too little is left to start anything: ${first.text.en}.`, `余量不足以启动新的进程：${first.text.zh}。`),
  });
}

/** A group of a runtime's daemons that hit its limit: what ended, or did not come up, for want of a thread has made room again. */
function hasHit({ concerns, level, subjects, observation: { fact } }: UsedLimit): boolean {
  const ofRuntime = subjects.some((id) => RUNTIMES.has(componentNameOf(id) ?? ''));
  return concerns === 'daemon' && ofRuntime && level !== 'enough' && (fact.hits ?? 0) > 0;
}

function runtimesGone(view: CaseView): readonly Observation<'component-absent'>[] {
  return view.all('component-absent').filter((o) => RUNTIMES.has(o.fact.name));
}

/** Daemons that are missing and may have ended, or not come up, for it. */
function goneFor(view: CaseView, exhausted: readonly UsedLimit[]): readonly Observation<'component-absent'>[] {
  if (exhausted.some((l) => l.concerns === 'host')) return view.all('component-absent');
  return exhausted.some(hasHit) ? runtimesGone(view) : [];
}

/** What came of it; null where nothing did. A limit that counts its hits says so itself. */
function consequences(
  view: CaseView,
  exhausted: readonly UsedLimit[],
  gone: readonly Observation<'component-absent'>[],
): readonly Evidence[] | null {
  const refused = refusedForCount(view);
  const missed = gone.map((o) => cite(o, say(`${o.fact.name} is not running.`, `${o.fact.name} 没有在运行。`)));
  // A daemon that runs has its inotify instances: slow calls are not for want of those.
  const countable = exhausted.some((l) => !l.observation.fact.resource.startsWith('inotify'));
  const speed = speedOf(view, runningComponents(view));
  const slow = countable && speed.speed === 'slow' ? speed.evidence : [];
  const hit = exhausted.some((l) => (l.observation.fact.hits ?? 0) > 0);
  const felt = [...refused, ...missed, ...slow];
  return felt.length > 0 || hit ? felt : null;
}

function possible(noted: readonly UsedLimit[], first: UsedLimit): Assessment {
  const own = first.concerns === 'container';
  const summary = own
    ? say(
        `${first.text.en}. That is the container’s own affair, except that exec probes in it cannot start.`,
        `${first.text.zh}。这属于该容器自己的问题，不过其中的 exec 探针会启动失败。`,
      )
    : say(
        `${first.text.en}: not used up, but close or hit before.`,
        `${first.text.zh}：尚未用尽，但已接近上限或曾触顶。`,
      );
  return held({
    status: 'possible',
    ...weigh('hint'),
    subjects: noted.flatMap((l) => l.subjects),
    evidence: noted.map(evidenceOf),
    summary,
  });
}

function evidenceOf({ observation, text }: UsedLimit): Evidence {
  return cite(observation, say(`${text.en}.`, `${text.zh}。`));
}

/** A container's process that alone holds a good part of what the host or all pods have. */
function largest(view: CaseView, { concerns, observation: { fact } }: UsedLimit) {
  if (concerns === 'daemon' || (fact.resource !== 'pids' && fact.resource !== 'threads')) return null;
  const found = view.all('process').flatMap((o) => {
    const process = o.about[0];
    const container = process === undefined ? undefined : view.to(process, 'in-container')[0];
    const large = o.fact.threads >= fact.used / 10;
    return process === undefined || container === undefined || !large ? [] : [{ o, process, container }];
  });
  const most = found.sort((a, b) => b.o.fact.threads - a.o.fact.threads)[0];
  if (most === undefined) return null;
  const { pid, comm, threads } = most.o.fact;
  const name = nameOf(view, most.container);
  const text = say(
    `Process ${pid} (${comm}) of ${name} alone has ${threads} threads.`,
    `${name} 的进程 ${pid}（${comm}）一个就有 ${threads} 个线程。`,
  );
  return { evidence: cite(most.o, text), subjects: [most.container, most.process] };
}

function enough(all: readonly UsedLimit[]): readonly Evidence[] {
  const shareOf = ({ observation: { fact } }: UsedLimit): number => fact.used / (fact.max ?? Number.POSITIVE_INFINITY);
  const most = [...all].sort((a, b) => shareOf(b) - shareOf(a))[0];
  if (most === undefined) return [];
  const text = say(
    `Of ${count(all.length, 'limit')} the one used most is far from its end: ${most.text.en}.`,
    `检查了 ${all.length} 项限额，用得最多的也还很充裕：${most.text.zh}。`,
  );
  return [cite(most.observation, text)];
}

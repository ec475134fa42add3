import type { EntityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { formatDuration, formatShare } from '../../text/units.ts';
import { cite } from './assessment.ts';
import {
  type BindingCgroup,
  bindingCgroups,
  isHost,
  namesOf,
  type RunningComponent,
  runningComponents,
} from './components.ts';
import { nameOf } from './names.ts';
import { say } from './say.ts';
import { type Findings, joinFindings, NOTHING, sign } from './shortage.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What the samples say of the CPU time that the daemons got. */
export function cpuFindings(view: CaseView): Findings {
  return joinFindings([
    ...bindingCgroups(view).map((cgroup) => throttling(view, cgroup)),
    ...runningComponents(view).map((c) => waiting(view, c)),
    steal(view),
    hostLoad(view),
  ]);
}

function throttling(view: CaseView, { id, daemons }: BindingCgroup): Findings {
  const seen = view.latest(id, 'cgroup-cpu');
  if (seen === null || seen.fact.quotaCpus === null || !tells(seen.fact)) return NOTHING;
  const { throttledPeriods, periods, quotaCpus } = seen.fact;
  const path = nameOf(view, id);
  const who = namesOf(daemons);
  if (throttledPeriods / periods < THRESHOLDS.throttledPeriods.value) {
    const little = say(
      `The CPU quota on cgroup ${path} (${who.en}) throttled only ${throttledPeriods} of ${periods} periods.`,
      `cgroup ${path}（${who.zh}）的 CPU 配额在 ${periods} 个周期中只限流了 ${throttledPeriods} 个。`,
    );
    return { signs: [], against: [cite(seen, little)] };
  }
  // Two digits that tell something: the least quota that the kernel takes is a thousandth of a CPU.
  const quota = quotaCpus < 0.1 ? Number(quotaCpus.toPrecision(2)) : Number(quotaCpus.toFixed(2));
  const within = formatDuration(seen.fact.windowMs);
  const text = say(
    `${who.en} ${daemons.length > 1 ? 'are' : 'is'} throttled by the quota of ${quota} CPU on cgroup ${path}: in ${throttledPeriods} of ${periods} periods within ${within}.`,
    `${who.zh} 被 cgroup ${path} 的 CPU 配额（${quota} 核）限流：${within} 内 ${periods} 个周期中有 ${throttledPeriods} 个被限。`,
  );
  return sign('own', cite(seen, text), [id, ...daemons.map((d) => d.id)]);
}

/** Enough periods; where the window is too short for so many, each of them throttled. */
function tells({ periods, throttledPeriods, periodMs, windowMs }: FactOf<'cgroup-cpu'>): boolean {
  const enough = THRESHOLDS.periodsToJudge.value;
  const isShort = (periodMs ?? 0) * enough > windowMs;
  return periods >= enough || (isShort && periods > 0 && throttledPeriods >= periods);
}

function waiting(view: CaseView, { id, name }: RunningComponent): Findings {
  const seen = view.latest(id, 'scheduling');
  if (seen === null || seen.fact.windowMs <= 0) return NOTHING;
  const { onCpuMs, waitedMs, windowMs } = seen.fact;
  const starved =
    waitedMs >= windowMs * THRESHOLDS.cpuWaitOfWindow.value &&
    waitedMs >= (onCpuMs + waitedMs) * THRESHOLDS.cpuWaitOfDemand.value;
  const [ran, waited, within] = [onCpuMs, waitedMs, windowMs].map(formatDuration);
  const text = say(
    `Within ${within} the threads of ${name} ran for ${ran} and waited ${waited} for a CPU.`,
    `${within} 内 ${name} 的线程运行了 ${ran}，排队等 CPU ${waited}。`,
  );
  if (starved) return sign('own', cite(seen, text), [id]);
  // While a quota holds its threads back they are not even queued for a CPU, and no wait is counted.
  return isThrottled(view, id) ? NOTHING : { signs: [], against: [cite(seen, text)] };
}

function isThrottled(view: CaseView, daemon: EntityId): boolean {
  return bindingCgroups(view).some(
    ({ id, daemons }) =>
      daemons.some((d) => d.id === daemon) && (view.latest(id, 'cgroup-cpu')?.fact.throttledPeriods ?? 0) > 0,
  );
}

function steal(view: CaseView): Findings {
  const seen = view.all('cpu').at(-1);
  if (seen === undefined || seen.fact.steal < THRESHOLDS.steal.value) return NOTHING;
  const share = formatShare(seen.fact.steal);
  const text = say(
    `The hypervisor withheld ${share} of the CPU time (steal).`,
    `${share} 的 CPU 时间被虚拟化层拿走（steal）。`,
  );
  return sign('shared', cite(seen, text), seen.about);
}

function hostLoad(view: CaseView): Findings {
  const seen = view.all('pressure').findLast((o) => o.fact.resource === 'cpu' && isHost(o.about));
  // Low pressure rules nothing out: it is averaged over all CPUs, so that one throttled daemon vanishes on a large host.
  if (seen === undefined || seen.fact.some.avg60 < THRESHOLDS.cpuPressure.value) return NOTHING;
  const { avg60, avg300 } = seen.fact.some;
  const text = say(
    `Tasks of the host waited for a CPU ${avg60} % of the last minute and ${avg300} % of the last five.`,
    `主机 CPU 压力：最近 1 分钟 ${avg60} %、最近 5 分钟 ${avg300} % 的时间有任务在等 CPU。`,
  );
  return sign('hint', cite(seen, text), seen.about);
}

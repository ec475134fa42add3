import type { FactOf } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { formatBytes, formatShare } from '../../text/units.ts';
import { cite } from './assessment.ts';
import { type BindingCgroup, bindingCgroups, isHost, namesOf } from './components.ts';
import { nameOf } from './names.ts';
import { say } from './say.ts';
import { type Findings, joinFindings, NOTHING, sign } from './shortage.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What the samples say of memory: the host's, and that of the daemons' cgroups. */
export function memoryFindings(view: CaseView): Findings {
  return joinFindings([
    hostPressure(view),
    available(view),
    faults(view),
    ...bindingCgroups(view).flatMap((cgroup) => [limited(view, cgroup), stalls(view, cgroup)]),
  ]);
}

function hostPressure(view: CaseView): Findings {
  const seen = view.all('pressure').findLast((o) => o.fact.resource === 'memory' && isHost(o.about));
  if (seen === undefined) return NOTHING;
  const { avg10, avg60, avg300 } = seen.fact.full ?? seen.fact.some;
  const text = say(
    `Memory pressure: all tasks stood still ${avg60} % of the last minute and ${avg300} % of the last five.`,
    `内存压力：最近 1 分钟 ${avg60} %、最近 5 分钟 ${avg300} % 的时间所有任务都因缺内存而停顿。`,
  );
  const limit = THRESHOLDS.memoryFull.value;
  if (avg60 >= limit) return sign('shared', cite(seen, text), seen.about);
  // Only just begun, or over by now: worth a word, but it does not explain a node that flaps.
  const passing = avg10 >= limit || avg300 >= limit || (seen.fact.windowFull ?? 0) * 100 >= limit;
  return passing ? sign('hint', cite(seen, text), seen.about) : { signs: [], against: [cite(seen, text)] };
}

function available(view: CaseView): Findings {
  const seen = view.all('memory').at(-1);
  if (seen === undefined || seen.fact.totalBytes <= 0) return NOTHING;
  const { availableBytes, totalBytes, directReclaims } = seen.fact;
  const left = formatBytes(availableBytes);
  const of = formatBytes(totalBytes);
  const nearlyNone =
    availableBytes <= THRESHOLDS.memoryAvailableBytes.value ||
    availableBytes / totalBytes <= THRESHOLDS.memoryAvailableShare.value;
  if (!nearlyNone) {
    const share = formatShare(availableBytes / totalBytes);
    return {
      signs: [],
      against: [
        cite(seen, say(`${left} of ${of} memory (${share}) is available.`, `可用内存 ${left}，共 ${of}（${share}）。`)),
      ],
    };
  }
  if (directReclaims === 0) {
    const text = say(`Only ${left} of ${of} memory is available.`, `内存共 ${of}，可用仅 ${left}。`);
    return sign('hint', cite(seen, text), seen.about);
  }
  const text = say(
    `Only ${left} of ${of} memory is available, and tasks had to free memory themselves before they got any (${directReclaims} direct reclaims).`,
    `内存共 ${of}，可用仅 ${left}，任务申请内存时须自己先回收（direct reclaim ${directReclaims} 次）。`,
  );
  return sign('shared', cite(seen, text), seen.about);
}

function faults(view: CaseView): Findings {
  const seen = view.all('memory').at(-1);
  if (seen === undefined || seen.fact.windowMs <= 0 || seen.fact.directReclaims === 0) return NOTHING;
  const perSecond = Math.round(seen.fact.majorFaults / (seen.fact.windowMs / 1000));
  if (perSecond < THRESHOLDS.majorFaults.value) return NOTHING;
  const text = say(
    `${perSecond} major faults a second: pages thrown out for lack of memory are read back from disk.`,
    `每秒 ${perSecond} 次 major fault：因内存不足被回收的页又要从磁盘读回。`,
  );
  return sign('shared', cite(seen, text), seen.about);
}

function limited(view: CaseView, { id, daemons, inside }: BindingCgroup): Findings {
  const seen = view.latest(id, 'cgroup-memory');
  const limit = seen?.fact.limitBytes ?? null;
  if (seen === null || limit === null || limit <= 0) return NOTHING;
  const { usedBytes, hits } = seen.fact;
  const [used, max, where] = [formatBytes(usedBytes), formatBytes(limit), nameOf(view, id)];
  const who = namesOf(daemons);
  if (!isAtLimit(seen.fact)) {
    const text = say(
      `Cgroup ${where} of ${who.en} uses ${used} of ${max}.`,
      `${who.zh} 所在 cgroup ${where} 内存用量 ${used}，上限 ${max}。`,
    );
    return { signs: [], against: [cite(seen, text)] };
  }
  // Full and never hit in the meantime: it says nothing either way.
  if ((hits ?? 0) === 0) return NOTHING;
  const text = say(
    `Cgroup ${where} of ${who.en} is at its memory limit: ${used} of ${max}, hit ${hits} times while it was watched.`,
    `${who.zh} 所在 cgroup ${where} 已顶到内存上限：${used}/${max}，采样期间触顶 ${hits} 次。`,
  );
  const needed = (THRESHOLDS.cgroupMemoryHits.value * seen.fact.windowMs) / 1000;
  const thrashes = inside.length > 0 && seen.fact.windowMs > 0 && (hits ?? 0) >= needed;
  return sign(thrashes ? 'own' : 'shared', cite(seen, text), [id, ...daemons.map((d) => d.id)]);
}

/** Whether a cgroup uses what its limit lets it. */
export function isAtLimit({ usedBytes, limitBytes }: FactOf<'cgroup-memory'>): boolean {
  return limitBytes !== null && usedBytes / limitBytes >= THRESHOLDS.cgroupMemoryUsed.value;
}

function stalls(view: CaseView, { id, inside }: BindingCgroup): Findings {
  const seen = view.about(id, 'pressure').findLast((o) => o.fact.resource === 'memory');
  const avg60 = (seen?.fact.full ?? seen?.fact.some)?.avg60 ?? 0;
  if (seen === undefined || inside.length === 0 || avg60 < THRESHOLDS.memoryFull.value) return NOTHING;
  const who = namesOf(inside);
  const text = say(
    `${who.en} stood still for lack of memory ${avg60} % of the last minute.`,
    `${who.zh} 在最近 1 分钟有 ${avg60} % 的时间因缺内存而停顿。`,
  );
  return sign('own', cite(seen, text), [...inside.map((d) => d.id), id]);
}

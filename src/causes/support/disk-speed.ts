import type { EntityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { formatBytes, formatDuration, formatShare } from '../../text/units.ts';
import type { Evidence } from '../cause.ts';
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
import { count, say } from './say.ts';
import { type Findings, joinFindings, NOTHING, sign } from './shortage.ts';
import { stuckThreads } from './stuck-threads.ts';
import { THRESHOLDS } from './thresholds.ts';
import { classifyWait } from './wait-kind.ts';

/** What the samples say of the disks that the daemons live on. */
export function diskFindings(view: CaseView): Findings {
  const daemons = runningComponents(view);
  return joinFindings([
    ...disksUnder(view, daemons).map((d) => latency(view, d)),
    ...bindingCgroups(view).flatMap((cgroup) => [ceiling(view, cgroup), stalls(view, cgroup)]),
    ...daemons.map((c) => waitingThreads(view, c)),
    hostPressure(view),
  ]);
}

interface Disk {
  readonly device: EntityId;
  readonly mount: EntityId;
  readonly users: readonly RunningComponent[];
}

function disksUnder(view: CaseView, daemons: readonly RunningComponent[]): readonly Disk[] {
  const found = new Map<EntityId, { mount: EntityId; users: RunningComponent[] }>();
  for (const daemon of daemons) {
    for (const mount of view.to(daemon.id, 'stored-on')) {
      for (const device of view.to(mount, 'on-device')) {
        const known = found.get(device) ?? { mount, users: [] };
        if (!known.users.includes(daemon)) known.users.push(daemon);
        found.set(device, known);
      }
    }
  }
  return [...found].map(([device, { mount, users }]) => ({ device, mount, users }));
}

function latency(view: CaseView, { device, mount, users }: Disk): Findings {
  const seen = view.latest(device, 'disk-activity');
  if (seen === null) return NOTHING;
  const { name, awaitMs, completed, inFlight } = seen.fact;
  const { en, zh } = namesOf(users);
  if (awaitMs === null || completed === 0) {
    // Requests of which none ends are a device that stopped answering, another cause.
    return inFlight > 0
      ? NOTHING
      : inOrder(seen, `Disk ${name} with the data of ${en} is idle.`, `${zh} 的数据盘 ${name} 空闲。`);
  }
  const busy = formatShare(Math.min(1, seen.fact.utilisation));
  const took = awaitMs < 1 ? '<1ms' : formatDuration(awaitMs);
  if (awaitMs < THRESHOLDS.diskAwait.value) {
    return inOrder(
      seen,
      `Disk ${name} with the data of ${en} is ${busy} busy and still answers in ${took} on average.`,
      `${zh} 的数据盘 ${name} 使用率 ${busy}，平均响应仍只需 ${took}。`,
    );
  }
  const text = say(
    `Disk ${name} under ${nameOf(view, mount)}, with the data of ${en}, takes ${took} per request on average; it is ${busy} busy with ${inFlight} in flight.`,
    `${zh} 的数据盘 ${name}（挂载于 ${nameOf(view, mount)}）平均每个请求耗时 ${took}，使用率 ${busy}，在途请求 ${inFlight} 个。`,
  );
  return sign('own', cite(seen, text), [device, mount, ...users.map((u) => u.id)]);
}

function inOrder(seen: Observation<'disk-activity'>, en: string, zh: string): Findings {
  return { signs: [], against: [cite(seen, say(en, zh))] };
}

/** A ceiling on the daemons' cgroup that the disk's traffic has reached. */
function ceiling(view: CaseView, cgroup: BindingCgroup): Findings {
  return joinFindings(view.about(cgroup.id, 'cgroup-io').map((limit) => againstCeiling(view, cgroup, limit)));
}

function againstCeiling(view: CaseView, { id, daemons }: BindingCgroup, limit: Observation<'cgroup-io'>): Findings {
  const limits = ceilingText(limit);
  if (limits === null) return NOTHING;
  const device = deviceOf(view, limit.fact.device);
  const activity = device === null ? null : view.latest(device, 'disk-activity');
  const who = namesOf(daemons);
  const where = nameOf(view, id);
  const text = say(
    `${who.en} may use disk ${limit.fact.device} only up to ${limits} (cgroup ${where}).`,
    `${who.zh} 对磁盘 ${limit.fact.device} 的 I/O 被限制在 ${limits} 以内（cgroup ${where}）。`,
  );
  const reached = activity !== null && isReached(limit, activity);
  const subjects = [id, ...(device === null ? [] : [device]), ...daemons.map((d) => d.id)];
  return sign(reached ? 'own' : 'hint', cite(limit, text), subjects);
}

function isReached({ fact: limit }: Observation<'cgroup-io'>, { fact }: Observation<'disk-activity'>): boolean {
  const seconds = fact.windowMs / 1000;
  if (seconds <= 0) return false;
  const pairs: readonly (readonly [number, number | null])[] = [
    [fact.readBytes / seconds, limit.readBps],
    [fact.writtenBytes / seconds, limit.writeBps],
    [fact.completed / seconds, limit.readIops],
    [fact.completed / seconds, limit.writeIops],
  ];
  // Well above the ceiling the traffic is that of others, and says nothing of this cgroup.
  return pairs.some(([rate, max]) => max !== null && rate >= max * THRESHOLDS.ioCeilingUsed.value && rate <= max * 1.5);
}

function ceilingText({ fact }: Observation<'cgroup-io'>): string | null {
  const parts = [
    fact.readBps === null ? null : `read ${formatBytes(fact.readBps)}/s`,
    fact.writeBps === null ? null : `write ${formatBytes(fact.writeBps)}/s`,
    fact.readIops === null ? null : `read ${fact.readIops} IOPS`,
    fact.writeIops === null ? null : `write ${fact.writeIops} IOPS`,
  ].filter((p) => p !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

function deviceOf(view: CaseView, named: string): EntityId | null {
  const hit = view.all('disk-activity').find(({ fact }) => fact.majorMinor === named || fact.name === named);
  return hit?.about[0] ?? null;
}

function stalls(view: CaseView, { id, inside }: BindingCgroup): Findings {
  const seen = view.about(id, 'pressure').findLast((o) => o.fact.resource === 'io');
  if (seen === undefined || inside.length === 0 || seen.fact.some.avg60 < THRESHOLDS.ioPressure.value) return NOTHING;
  const who = namesOf(inside);
  const { avg60 } = seen.fact.some;
  const text = say(
    `Threads of ${who.en} stood still for I/O ${avg60} % of the last minute.`,
    `${who.zh} 的线程在最近 1 分钟有 ${avg60} % 的时间卡在 I/O 上。`,
  );
  return sign('own', cite(seen, text), [...inside.map((d) => d.id), id]);
}

/** Threads of the daemon caught in block I/O that passes; those that never move are another cause. */
function waitingThreads(view: CaseView, daemon: RunningComponent): Findings {
  const { pid } = daemon.observation.fact;
  const forEver = new Set(stuckThreads(view).map((t) => t.observation.id));
  const waiting = view.all('thread').filter(({ id, fact }) => {
    const inIo = classifyWait(fact.wchan, fact.stack).kind === 'block-device';
    return fact.pid === pid && fact.state === 'D' && !forEver.has(id) && inIo;
  });
  const first = waiting[0];
  if (first === undefined) return NOTHING;
  const by = classifyWait(first.fact.wchan, first.fact.stack).by ?? 'io';
  const text = say(
    `${count(waiting.length, 'thread')} of ${daemon.name} caught waiting for the disk, in ${by}.`,
    `${daemon.name} 有 ${waiting.length} 个线程正在等磁盘 I/O（${by}）。`,
  );
  return sign('own', cite(first, text), [daemon.id, ...waiting.flatMap((t) => t.about.slice(0, 1))]);
}

function hostPressure(view: CaseView): Findings {
  const seen = view.all('pressure').findLast((o) => o.fact.resource === 'io' && isHost(o.about));
  if (seen === undefined) return NOTHING;
  const { avg60, avg300 } = seen.fact.full ?? seen.fact.some;
  const text = say(
    `I/O pressure of the host: everything stood still ${avg60} % of the last minute and ${avg300} % of the last five.`,
    `主机 I/O 压力：最近 1 分钟 ${avg60} %、最近 5 分钟 ${avg300} % 的时间所有任务都在等 I/O。`,
  );
  const evidence: Evidence = cite(seen, text);
  return avg60 >= THRESHOLDS.ioPressure.value ? sign('hint', evidence, seen.about) : NOTHING;
}

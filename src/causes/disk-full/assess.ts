import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { cite, held, isFresh, notSeen, weigh } from '../support/assessment.ts';
import { quoteEvent, recentEvents } from '../support/cluster.ts';
import { isVital, mountPointOf, type Room, rooms } from '../support/filesystem-room.ts';
import { freshSignals, quoteLine } from '../support/kubelet-word.ts';
import { lacking, openQuestions } from '../support/lacking.ts';
import { refusedForRoom } from '../support/refused.ts';
import { listNames, say } from '../support/say.ts';
import { toldDiskFull } from '../support/told-by-logs.ts';

/** Holds lack of room against the case: full where the daemons write, or below where the kubelet evicts. */
export function assessRoom(view: CaseView): Assessment {
  const all = rooms(view);
  const missing = lacking(view, { filesystems: ['statfs'], mounts: [] });
  const vital = all.filter((r) => r.level === 'full' && isVital(r));
  const full = all.filter((r) => r.level === 'full' && !isVital(r));
  const low = all.filter((r) => r.level === 'low');
  const refused = refusedForRoom(view);
  if (vital[0] !== undefined) return short(view, 'confirmed', vital, refused, fullText(view, vital[0]));
  if (full[0] !== undefined) {
    const status = refused.length > 0 ? 'confirmed' : 'likely';
    return short(view, status, full, refused, fullText(view, full[0]));
  }
  if (low[0] !== undefined) {
    const acting = diskPressure(view);
    const status = acting.length + refused.length > 0 ? 'likely' : 'possible';
    return short(view, status, low, [...refused, ...acting], lowText(view, low[0]));
  }
  const evicting = evictions(view);
  if (evicting !== null) return byCluster(view, all, evicting, refused);
  const told = all.length === 0 && view.all('text-input').length > 0 ? toldDiskFull(view) : null;
  if (told !== null) return told;
  // Something failed for want of room on a filesystem that was not looked at, or that has been freed since.
  if (refused[0] !== undefined && all.length === 0) {
    return held({
      status: 'possible',
      ...weigh('hint'),
      subjects: [],
      evidence: refused,
      missing,
      summary: say('Something failed for want of disk space.', '有操作因磁盘空间不足而失败。'),
    });
  }
  const against = enough(view, all);
  return notSeen(against, openQuestions(against, missing, 'filesystems'));
}

/** DiskPressure as the node object states it, with the evictions that follow; null where it does not. */
function evictions(view: CaseView): { pressure: Evidence; acts: readonly Evidence[] } | null {
  const pressure = view.all('node-condition').findLast((o) => o.fact.condition === 'DiskPressure');
  if (pressure?.fact.status !== 'True') return null;
  const { reason, message } = pressure.fact;
  const events = recentEvents(view, /^(?:EvictionThresholdMet|Evicted|FreeDiskSpaceFailed|ImageGCFailed)$/);
  const evicted = view.all('pod-object').filter((o) => o.fact.reason === 'Evicted');
  const text = say(`DiskPressure=True (${reason}): ${message}`, `DiskPressure=True（${reason}）：${message}`);
  const gone = evicted
    .slice(0, 1)
    .map((o) =>
      cite(o, say(`${evicted.length} pods of the node were evicted.`, `本节点已有 ${evicted.length} 个 Pod 被驱逐。`)),
    );
  const logged = freshSignals(view, 'eviction').slice(-1);
  const acts = [...events.slice(0, 2).map(quoteEvent), ...logged.map((o) => quoteLine(view, o)), ...gone];
  return { pressure: cite(pressure, text), acts };
}

/**
 * By the node object, whose kubelet has thresholds of its own: the condition is a word of warning, evictions show that it
 * is meant. Neither takes Ready away.
 */
function byCluster(
  view: CaseView,
  all: readonly Room[],
  { pressure, acts }: { pressure: Evidence; acts: readonly Evidence[] },
  refused: readonly Evidence[],
): Assessment {
  const acting = acts.length + refused.length > 0;
  return held({
    status: acting ? 'likely' : 'possible',
    ...weigh(acting ? 'recentLog' : 'hint'),
    subjects: [...tightest(all).map((r) => r.mount), entityId.node()],
    evidence: [pressure, ...refused, ...acts],
    against: enough(view, all),
    missing: lacking(view, { filesystems: ['statfs'] }),
    summary: say(
      'The kubelet says that its disk is short of room and evicts pods for it; that alone does not make the node NotReady.',
      'kubelet 报告磁盘空间不足并因此驱逐 Pod；但仅此不会导致节点 NotReady。',
    ),
  });
}

const SURE = {
  confirmed: 'statedByComponent',
  likely: 'recentLog',
  possible: 'hint',
} as const;

function short(
  view: CaseView,
  status: keyof typeof SURE,
  found: readonly Room[],
  more: readonly Evidence[],
  summary: Text,
): Assessment {
  const worst = [...found].sort((a, b) => share(a) - share(b));
  return held({
    status,
    ...weigh(status === 'confirmed' && more.length === 0 ? 'shortageFelt' : SURE[status]),
    subjects: worst.flatMap((r) => [r.mount, ...view.to(r.mount, 'on-device'), ...r.users, ...missedThere(view, r)]),
    evidence: [...worst.map((r) => cite(r.observation, leftText(view, r))), ...more],
    summary,
  });
}

const OWNER: Readonly<Record<string, readonly string[]>> = {
  'docker-root': ['dockerd', 'cri-dockerd'],
  'containerd-root': ['containerd'],
  'crio-root': ['crio'],
  'kubelet-root': ['kubelet'],
};

/** Daemons that are not running and keep their data on this filesystem: they may have failed for want of room. */
function missedThere(view: CaseView, room: Room): readonly EntityId[] {
  const owners = room.roles.flatMap((role) => OWNER[role] ?? []);
  return view.all('component-absent').flatMap((o) => (owners.includes(o.fact.name) ? o.about.slice(0, 1) : []));
}

function share({ observation: { fact }, resource }: Room): number {
  return resource === 'inodes'
    ? (fact.inodesFree ?? 0) / Math.max(1, fact.inodes ?? 1)
    : (fact.availableBytes ?? 0) / Math.max(1, fact.totalBytes ?? 1);
}

function leftText(view: CaseView, room: Room): Text {
  const path = mountPointOf(view, room.mount);
  return say(`${path}: ${room.left.en}.`, `${path}：${room.left.zh}。`);
}

function fullText(view: CaseView, room: Room): Text {
  const path = mountPointOf(view, room.mount);
  const what = room.resource === 'inodes' ? say('has no inodes left', 'inode 已耗尽') : say('is full', '已写满');
  const roles = listNames(room.roles, 4);
  const of = room.roles.length === 0 ? say('', '') : say(` (${roles.en})`, `（${roles.zh}）`);
  return say(`${path}${of.en} ${what.en}: ${room.left.en}.`, `${path}${of.zh}${what.zh}：${room.left.zh}。`);
}

function lowText(view: CaseView, room: Room): Text {
  const path = mountPointOf(view, room.mount);
  return say(
    `${path} has little room: ${room.left.en}. By default the kubelet evicts pods and sets DiskPressure here; that alone does not make the node NotReady.`,
    `${path} 空间偏低：${room.left.zh}。按默认配置 kubelet 此时会驱逐 Pod 并置 DiskPressure，但仅此不会导致节点 NotReady。`,
  );
}

function diskPressure(view: CaseView): readonly Evidence[] {
  const stated = evictions(view);
  if (stated !== null) return [stated.pressure, ...stated.acts];
  return view
    .all('log-signal')
    .filter((o) => o.fact.signal === 'disk-pressure' && isFresh(view, o))
    .slice(-1)
    .map((o) => cite(o, say(`The kubelet is acting on it: ${o.fact.line}`, `kubelet 已在处理：${o.fact.line}`)));
}

/** The one with the least left, where any was looked at. */
function tightest(all: readonly Room[]): readonly Room[] {
  return all.toSorted((a, b) => share(a) - share(b)).slice(0, 1);
}

function enough(view: CaseView, all: readonly Room[]): readonly Evidence[] {
  const [least] = tightest(all);
  if (least === undefined) return [];
  const path = mountPointOf(view, least.mount);
  const text = say(
    `The filesystem of the node with the least room, ${path}, has enough: ${least.left.en}.`,
    `节点所用文件系统中空间最紧的 ${path} 也足够：${least.left.zh}。`,
  );
  return [cite(least.observation, text)];
}

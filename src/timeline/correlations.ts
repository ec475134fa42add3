import { RELIST_THRESHOLD_MS } from '../causes/support/kubelet.ts';
import { count, say } from '../causes/support/say.ts';
import { formatDuration } from '../text/units.ts';
import type { Correlation, Episode, EpisodeKind } from './episode.ts';
import { titleOf } from './titles.ts';

/** A thing that sets off another does so within this: a relist comes every second. */
const SETS_OFF_MS = 30_000;
/** Times are cut to whole seconds here and there. */
const BLUR_MS = 1500;
/** What may make a hidden fault show, the most telling first. */
const OCCASIONS: readonly EpisodeKind[] = [
  'pod-force-deleted',
  'drain',
  'eviction',
  'pod-deleted',
  'oom-kill',
  'container-died',
  'runtime-started',
  'kubelet-started',
  'storage-trouble',
];
/** Of containers that hang in every stall, so many are named. */
const NAMED = 3;

/** What episodes have to do with each other. @param episodes in order of their begin */
export function correlate(episodes: readonly Episode[]): readonly Correlation[] {
  const of = (...kinds: readonly EpisodeKind[]) => episodes.filter((e) => kinds.includes(e.kind));
  const stalls = of('pleg-stall');
  return [
    ...beginsAfter(episodes),
    ...sameContainer(of('calls-hung'), stalls),
    ...lostByRelist(of('not-ready'), stalls),
    ...lostByControlPlane(of('not-ready', 'ready-unknown')),
  ];
}

/** What happened right before the first call hung. */
function beginsAfter(episodes: readonly Episode[]): readonly Correlation[] {
  const first = episodes.find((e) => (e.kind === 'calls-hung' || e.kind === 'pleg-stall') && e.begun === 'seen');
  if (first === undefined) return [];
  const before = episodes.filter(
    (e) => e.begun === 'seen' && e.from <= first.from && first.from - e.from <= SETS_OFF_MS,
  );
  const occasion = OCCASIONS.map((kind) => before.findLast((e) => e.kind === kind && concerns(e, first))).find(
    (e) => e !== undefined,
  );
  if (occasion === undefined) return [];
  const after = formatDuration(first.from - occasion.from);
  const [what, whose] = [titleOf(first), titleOf(occasion)];
  const text = say(
    `It begins (${what.en}) ${after} after: ${whose.en}.`,
    `起点（${what.zh}）出现在“${whose.zh}”之后 ${after}。`,
  );
  return [{ kind: 'begins-after', text }];
}

/** Containers end all the time: only one of the same pod makes relist ask for the container that hangs. */
function concerns(occasion: Episode, first: Episode): boolean {
  return occasion.kind !== 'container-died' || (podOf(occasion) !== null && podOf(occasion) === podOf(first));
}

/** `namespace/pod` of `namespace/pod/container (id)`. */
function podOf({ subject }: Episode): string | null {
  return subject === null ? null : (/^[^/ ]+\/[^/ ]+/.exec(subject)?.[0] ?? null);
}

/** Whoever hangs in each stall is what relist waits for. */
function sameContainer(hung: readonly Episode[], stalls: readonly Episode[]): readonly Correlation[] {
  if (stalls.length === 0) return [];
  const bySubject = Map.groupBy(
    hung.filter((e) => e.subject !== null),
    (e) => e.subject ?? '',
  );
  const always = [...bySubject].filter(([, own]) => stalls.every((s) => own.some((e) => overlap(e, s))));
  return always.slice(0, NAMED).map(([subject]) => ({
    kind: 'same-container',
    text:
      stalls.length === 1
        ? say(`Calls for ${subject} hang during the stalled relist.`, `relist 停滞期间，对 ${subject} 的调用一直卡住。`)
        : say(
            `Calls for ${subject} hang in every one of ${stalls.length} stalled relists.`,
            `在全部 ${stalls.length} 次 relist 停滞中，对 ${subject} 的调用都卡住。`,
          ),
  }));
}

function overlap(a: Episode, b: Episode): boolean {
  return a.from <= b.to + BLUR_MS && b.from <= a.to + BLUR_MS;
}

/** The kubelet gives Ready up once its relist is older than the threshold, at its next status. */
function lostByRelist(lost: readonly Episode[], stalls: readonly Episode[]): readonly Correlation[] {
  const own = lost.filter((l) => l.begun === 'seen' && l.side !== 'control-plane');
  const within = own.filter((l) =>
    stalls.some((s) => l.from >= s.from + RELIST_THRESHOLD_MS - BLUR_MS && l.from <= s.to),
  );
  if (within.length === 0) return [];
  const which = within.length === own.length ? 'Each' : `${within.length}`;
  const text = say(
    `${which} of ${count(own.length, 'loss', 'losses')} of Ready came when a relist had run for 3 minutes: the node gave Ready up itself, the cause is on the node.`,
    `${own.length} 次失去 Ready 中有 ${within.length} 次出现在 relist 满 3 分钟之时：是节点自己放弃 Ready，问题在节点本身。`,
  );
  return [{ kind: 'lost-by-relist', text }];
}

function lostByControlPlane(lost: readonly Episode[]): readonly Correlation[] {
  const unheard = lost.filter((l) => l.side === 'control-plane');
  if (unheard.length === 0) return [];
  const text = say(
    `${unheard.length} of ${count(lost.length, 'loss', 'losses')} of Ready ${unheard.length === 1 ? 'is' : 'are'} the control plane’s word: it did not hear from the kubelet. That is the kubelet, the network or the control plane, not the relist.`,
    `${lost.length} 次失去 Ready 中有 ${unheard.length} 次由控制面判定：它没有收到 kubelet 的心跳。问题在 kubelet、网络或控制面，而不是 relist。`,
  );
  return [{ kind: 'lost-by-control-plane', text }];
}

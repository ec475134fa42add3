import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { cite, type Held, held, notSeen, weigh } from '../support/assessment.ts';
import { isPasted } from '../support/kernel-word.ts';
import { freshReady, freshSignals, quoteLine } from '../support/kubelet-word.ts';
import { missingOf } from '../support/missing.ts';
import { nameOf } from '../support/names.ts';
import { count, listNames, say } from '../support/say.ts';
import { type Blocked, blockedContainer, blockedOf, samePlace } from './held-path.ts';

type Holder = Observation<'mount-holder'>;

/** A removal that fails now and then is tried again and goes through: so often it has not. */
const REPEATED = 3;

/** Holds removals and unmounts that fail against the case. */
export function assessBusy(view: CaseView): Assessment {
  const blocked = blockedRemovals(view);
  const caught = caughtContainers(view);
  if (blocked.length === 0 && caught.length === 0)
    return notSeen(inOrder(view), missingOf(view, ['docker', 'cri']), 'docker');
  const holders = holdersOf(view, blocked);
  const containers = containersOf(blocked, caught);
  return held({
    ...judge(view, blocked, caught, holders),
    subjects: [
      ...containers,
      ...holders.flatMap((o) => o.about.slice(0, 1)),
      ...(containers.length === 0 ? [entityId.node()] : []),
    ],
    evidence: [
      ...holders.slice(0, 4).map((o) => holderEvidence(view, o)),
      ...toldBy(blocked)
        .slice(-3)
        .map((o) => quoteLine(view, o)),
      ...caught.slice(0, 3).map((o) => caughtEvidence(view, o)),
    ],
    against: readyAllTheSame(view),
    missing: holders.length > 0 ? [] : missingOf(view, ['mounts', 'processes']),
    summary: summarise(view, blocked, containers, holders),
  });
}

/** What cannot be removed, by the daemons' logs and by what Docker keeps with a container whose removal failed. */
export function blockedRemovals(view: CaseView): readonly Blocked[] {
  return [
    ...freshSignals(view, 'removal-blocked').map(blockedOf),
    ...caughtContainers(view).flatMap((o) => blockedContainer(o) ?? []),
  ];
}

function toldBy(blocked: readonly Blocked[]): readonly Observation<'log-signal'>[] {
  return blocked.flatMap(({ observation: o }) => (isLine(o) ? [o] : []));
}

function isLine(o: Blocked['observation']): o is Observation<'log-signal'> {
  return o.fact.type === 'log-signal';
}

/** Docker's Dead and Removal In Progress: a removal was begun and has not ended. */
function caughtContainers(view: CaseView): readonly Observation<'container'>[] {
  return view.all('container').filter((o) => o.fact.state === 'dead' || o.fact.state === 'removing');
}

function containersOf(blocked: readonly Blocked[], caught: readonly Observation<'container'>[]): readonly EntityId[] {
  const told = blocked.flatMap((b) => b.observation.about.filter((id) => id.startsWith('container:')));
  return [...new Set([...told, ...caught.flatMap((o) => o.about.slice(0, 1))])];
}

/** Processes that have the very mount; where no path is told, none can be named. */
export function holdersOf(view: CaseView, blocked: readonly Blocked[]): readonly Holder[] {
  const paths = blocked.flatMap((b) => b.path ?? []);
  const found = view.all('mount-holder').filter((o) => paths.some((path) => samePlace(o.fact.mountPoint, path)));
  return [...new Map(found.map((o) => [o.fact.pid, o])).values()];
}

function judge(
  view: CaseView,
  blocked: readonly Blocked[],
  caught: readonly Observation<'container'>[],
  holders: readonly Holder[],
): Pick<Held, 'status' | 'confidence' | 'restsOn'> {
  // A node that is lost is lost for another reason, unless this fills the whole picture.
  const lost = lostReady(view);
  if (holders.length > 0 && !lost) return { status: 'confirmed', ...weigh('hangWithCulprit') };
  const lasting = blocked.length >= REPEATED || (blocked.length > 0 && caught.length > 0);
  const stated = blocked.some((b) => b.why === 'denied') || (isPasted(view) && blocked.length > 0);
  if (holders.length > 0 || lasting || (stated && !lost)) {
    return { status: 'likely', ...weigh(lasting ? 'circumstantial' : 'recentLog') };
  }
  return { status: 'possible', ...weigh('hint') };
}

function lostReady(view: CaseView): boolean {
  const ready = freshReady(view);
  return (
    (ready !== null && ready.fact.status !== 'True') ||
    freshSignals(view, 'pleg-unhealthy', 'node-became-not-ready', 'runtime-down').length > 0
  );
}

function readyAllTheSame(view: CaseView): readonly Evidence[] {
  const ready = freshReady(view);
  if (ready?.fact.status !== 'True') return [];
  return [cite(ready, say('The node is Ready: no Ready was lost for it.', '节点为 Ready：并未因此失去 Ready。'))];
}

function inOrder(view: CaseView): readonly Evidence[] {
  return view
    .all('container-counts')
    .slice(-1)
    .map((o) => cite(o, say('No container is caught in its removal.', '没有容器卡在删除过程中。')));
}

function holderEvidence(view: CaseView, o: Holder): Evidence {
  const name = nameOf(view, entityId.process(o.fact.pid));
  return cite(
    o,
    say(
      `The mount namespace of ${name} still has ${o.fact.mountPoint}.`,
      `${name} 的 mount namespace 中仍有 ${o.fact.mountPoint}。`,
    ),
  );
}

function caughtEvidence(view: CaseView, o: Observation<'container'>): Evidence {
  const name = nameOf(view, o.about[0] ?? entityId.node());
  const why = o.fact.error === undefined ? '' : `: ${o.fact.error}`;
  return cite(o, say(`${name} is listed as ${o.fact.state}${why}.`, `${name} 的状态为 ${o.fact.state}${why}。`));
}

function summarise(
  view: CaseView,
  blocked: readonly Blocked[],
  containers: readonly EntityId[],
  holders: readonly Holder[],
): Text {
  const path = blocked.findLast((b) => b.path !== null)?.path ?? null;
  const names = listNames(containers.map((id) => nameOf(view, id)));
  const what = containers.length > 0 ? names : say(path ?? 'A mount or device', path ?? '某个挂载点或设备');
  const denied = blocked.length > 0 && blocked.every((b) => b.why === 'denied');
  const whatFor = denied
    ? say('a file in it may not be deleted (immutable?)', '其中有文件不允许删除（immutable？）')
    : holders.length > 0
      ? say(
          `${count(holders.length, 'process', 'processes')} still ${holders.length === 1 ? 'has' : 'have'} it mounted`,
          `仍有 ${holders.length} 个进程挂载着它`,
        )
      : say('something still uses it', '仍有对象在使用它');
  return say(
    `${what.en} cannot be removed: ${whatFor.en}. That keeps its pod from ending; by itself it takes no node’s Ready.`,
    `${what.zh} 无法删除：${whatFor.zh}。它会让所属 Pod 无法结束，但本身不会使节点失去 Ready。`,
  );
}

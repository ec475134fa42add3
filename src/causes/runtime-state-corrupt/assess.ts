import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { cite, type Held, held, notSeen, weigh } from '../support/assessment.ts';
import { engines, listAnswer, noRuntimeHere } from '../support/engines.ts';
import { freshSignals, quoteLine } from '../support/kubelet-word.ts';
import { missing, missingOf } from '../support/missing.ts';
import { nameOf } from '../support/names.ts';
import { listNames, say } from '../support/say.ts';
import { hungStatuses } from '../support/status-calls.ts';

type Line = Observation<'log-signal'>;

/** A record that does not read, in kinds that need different cures. */
export type Damage = 'database' | 'layers' | 'container';

const DAMAGES: readonly (readonly [Damage, RegExp])[] = [
  ['database', /invalid page type|freepages|Page expected to be|already freed|freelist|meta\.db/i],
  [
    'layers',
    /failed to stat parent|parent snapshot|content digest|overlay mount|devmapper|layer does not exist|readlink/i,
  ],
];

export const DAMAGE_WORDS: Readonly<Record<Damage, Text>> = {
  database: say('containerd’s metadata database (meta.db) is damaged', 'containerd 的元数据库（meta.db）已损坏'),
  layers: say('image layers that the records name are not on the disk', '记录中的镜像层在磁盘上已不存在'),
  container: say('the record of a container or sandbox is damaged or gone', '容器或 sandbox 的记录损坏或丢失'),
};

export function damageOf(line: string): Damage {
  return DAMAGES.find(([, pattern]) => pattern.test(line))?.[0] ?? 'container';
}

/** Kinds of damage that logs tell of. */
export function damagesSeen(view: CaseView): readonly Damage[] {
  return [...new Set(freshSignals(view, 'runtime-records-damaged').map((o) => damageOf(o.fact.line)))];
}

/** dockerd and containerd have different records of one container. */
export interface Disagreement {
  readonly container: EntityId;
  readonly evidence: readonly Evidence[];
  /** Both sides' records were seen. */
  readonly both: boolean;
}

/** Containers that one side believes to run and the other has ended, or has nothing of. */
export function disagreements(view: CaseView): readonly Disagreement[] {
  return [...stoppedTasks(view), ...nothingBehind(view), ...repeated(view)];
}

/** A task that has ended is deleted at once by whoever waits for it: one that stays STOPPED was missed. */
function stoppedTasks(view: CaseView): readonly Disagreement[] {
  const live = view.all('call').length > 0;
  return view
    .all('task')
    .filter((o) => o.fact.status === 'STOPPED')
    .flatMap((o) => {
      const [container] = o.about;
      const record = container === undefined ? null : view.latest(container, 'container');
      const believed = record?.fact.state === 'running';
      // In a live look a task is STOPPED for a moment whenever a container ends; a person shows one that stays so.
      // One that never got beyond Created is still being started: its runc has not returned.
      if (container === undefined || (live && !believed) || record?.fact.state === 'created') return [];
      const task = cite(
        o,
        say(
          `containerd has the task of ${nameOf(view, container)} as STOPPED (pid ${o.fact.pid}), and it was not cleaned up.`,
          `containerd 中 ${nameOf(view, container)} 的任务为 STOPPED（pid ${o.fact.pid}），且没有被清理。`,
        ),
      );
      const runs =
        record !== null && believed
          ? [cite(record, say('The runtime above has the container as running.', '而上层运行时记录该容器为 running。'))]
          : [];
      return [{ container, evidence: [task, ...runs], both: believed && isStuck(view, container) }];
    });
}

/** Something waits for this container in vain: then the records did not differ for a moment only, while it ended. */
function isStuck(view: CaseView, container: EntityId): boolean {
  if (hungStatuses(view).some((h) => h.container === container)) return true;
  return freshSignals(view, 'container-kill-failed').some((o) => o.about.includes(container));
}

/** Listed as running, of a process that the host does not have: its whole table was read. */
function nothingBehind(view: CaseView): readonly Disagreement[] {
  const whole = view.all('process-counts').length > 0 && view.gaps('processes').length === 0;
  const shims = view.all('shim');
  if (!whole || shims.length === 0) return [];
  return view.all('container').flatMap((o) => {
    const [container] = o.about;
    const { state, pid, id } = o.fact;
    if (container === undefined || state !== 'running' || pid === null || !isStuck(view, container)) return [];
    const supervised = view.from(container, 'supervises').length > 0 || sandboxSupervised(view, o);
    const seen = view.fact(entityId.process(pid), 'process') !== null || view.to(container, 'in-cgroup').length > 0;
    if (supervised || seen || view.from(container, 'in-container').length > 0) return [];
    const evidence = [
      cite(
        o,
        say(
          `The runtime has ${nameOf(view, container)} as running with pid ${pid}, but neither that process nor a shim of ${id.slice(0, 12)} exists.`,
          `运行时记录 ${nameOf(view, container)} 正在运行（pid ${pid}），但该进程和 ${id.slice(0, 12)} 的 shim 都不存在。`,
        ),
      ),
    ];
    return [{ container, evidence, both: true }];
  });
}

function sandboxSupervised(view: CaseView, o: Observation<'container'>): boolean {
  const { sandboxId } = o.fact;
  return sandboxId !== null && view.from(entityId.container(sandboxId), 'supervises').length > 0;
}

/** A call that meets a container while it ends says so once; one record without the other says so again and again. */
const OFTEN = 3;
const FOR_MS = 60_000;

function repeated(view: CaseView): readonly Disagreement[] {
  const byContainer = Map.groupBy(freshSignals(view, 'runtime-records-disagree'), (o) => o.fact.containerId);
  return [...byContainer].flatMap(([id, lines]): Disagreement[] => {
    const [first, last] = [lines[0], lines.at(-1)];
    if (id === null || first === undefined || last === undefined) return [];
    if (lines.length < OFTEN || last.at - first.at < FOR_MS) return [];
    return [{ container: entityId.container(id), evidence: lines.map((o) => quoteLine(view, o)), both: false }];
  });
}

/** Holds damaged and contradictory records of the runtime against the case. */
export function assessStateCorrupt(view: CaseView): Assessment {
  const damaged = freshSignals(view, 'runtime-records-damaged');
  if (damaged.length > 0) return assessDamaged(view, damaged);
  const differing = disagreements(view);
  if (differing.length > 0) return assessDiffering(view, differing);
  const once = freshSignals(view, 'runtime-records-disagree');
  return once.length > 0 ? onceOnly(view, once) : inOrder(view);
}

function assessDamaged(view: CaseView, lines: readonly Line[]): Assessment {
  const damages = damagesSeen(view);
  const words = damages.map((d) => DAMAGE_WORDS[d]);
  // What lists its containers has lost one of them at most: that says nothing of the node.
  const works = damages.includes('database') ? [] : listsCome(view);
  return held({
    ...grade(damages, lines.length, works.length > 0),
    subjects: subjectsOf(lines),
    evidence: lines.slice(-3).map((o) => quoteLine(view, o)),
    against: works,
    missing: missingOf(view, ['containerd', 'docker']),
    summary: say(
      `The runtime’s own records do not read: ${words.map((w) => w.en).join('; ')}.`,
      `运行时自身的记录无法读取：${words.map((w) => w.zh).join('；')}。`,
    ),
  });
}

/** A database that does not read ends the daemon; one container's record or layer keeps only that from starting. */
function grade(damages: readonly Damage[], lines: number, works: boolean): Pick<Held, 'status' | 'confidence'> {
  if (damages.includes('database')) return { status: 'confirmed', ...weigh('statedByComponent') };
  if (works) return { status: 'possible', ...weigh('hint') };
  return { status: 'likely', ...weigh(lines >= OFTEN ? 'heldProcess' : 'circumstantial') };
}

function assessDiffering(view: CaseView, found: readonly Disagreement[]): Assessment {
  const both = found.some((d) => d.both);
  const containers = [...new Set(found.map((d) => d.container))];
  const names = listNames(containers.map((c) => nameOf(view, c)));
  return held({
    status: both ? 'confirmed' : 'likely',
    ...weigh(both ? 'hangAlone' : 'circumstantial'),
    subjects: [
      ...containers,
      ...containers.flatMap((c) => view.from(c, 'supervises')),
      ...containers.flatMap((c) => view.to(c, 'runs')),
    ],
    evidence: found.slice(0, 3).flatMap((d) => d.evidence),
    missing: both ? [] : [missing('docker', view)],
    summary: say(
      `The runtime’s records disagree on ${names.en}: one side has it running, the other has it ended.`,
      `运行时的记录对 ${names.zh} 不一致：一方认为在运行，另一方认为已结束。`,
    ),
  });
}

function onceOnly(view: CaseView, lines: readonly Line[]): Assessment {
  return held({
    status: 'possible',
    ...weigh('hint'),
    subjects: subjectsOf(lines),
    evidence: lines.slice(-2).map((o) => quoteLine(view, o)),
    missing: missingOf(view, ['containerd', 'docker']),
    summary: say(
      'The runtime did not find a container that it lists; that also happens for a moment while one ends.',
      '运行时找不到自己列出的容器；容器退出的瞬间也会如此。',
    ),
  });
}

function subjectsOf(lines: readonly Line[]): readonly EntityId[] {
  const named = lines.flatMap((o) => o.about.filter((id) => id.startsWith('container:')));
  const components = lines.flatMap((o) => o.about.filter((id) => id.startsWith('component:')));
  const subjects = [...new Set([...named, ...components])];
  return subjects.length > 0 ? subjects : [entityId.node()];
}

function listsCome(view: CaseView): readonly Evidence[] {
  const listed = engines(view).flatMap((e) => listAnswer(e) ?? []);
  return listed.map((o) => cite(o, say('The runtime lists its containers.', '运行时能列出容器。')));
}

function inOrder(view: CaseView): Assessment {
  const against = listsCome(view);
  const checked = against.length > 0 ? against : noRuntimeHere(view);
  return notSeen(checked, missingOf(view, ['containerd', 'processes']), 'containerd');
}

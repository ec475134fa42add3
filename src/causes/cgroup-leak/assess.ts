import { entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import type { Assessment } from '../cause.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { freshSignals, quoteLine } from '../support/kubelet-word.ts';
import { lacking } from '../support/lacking.ts';
import { say } from '../support/say.ts';

type Counts = Observation<'cgroup-counts'>;

/** MEM_CGROUP_ID_MAX (USHRT_MAX), mm/memcontrol.c @ v3.10 to v6.12; only memory cgroups have such ids. */
const MOST_MEMORY_CGROUPS = 65_535;
/** From here on the next hour of pods may not start. */
const NEARLY_ALL = 0.95 * MOST_MEMORY_CGROUPS;
/** Beyond the limit nothing is scarce any more: kernels from 4.19 on do not count deleted cgroups against it. */
const BEYOND = MOST_MEMORY_CGROUPS + 100;
/** MANAGER_MAX_NAMES, src/core/manager.h @ systemd 219 to 258; a node of 250 pods has some thousands. */
const MOST_UNITS = 131_072;
const MANY_UNITS = 20_000;
/** A busy node of 250 pods has some 2000; leftovers of ten times that are walked with each statistic. */
const MANY_DYING = 20_000;

/** Holds the numbers of cgroups, and what fails for want of one, against the case. */
export function assessCgroups(view: CaseView): Assessment {
  const told = freshSignals(view, 'no-cgroups-left', 'no-units-left');
  const counts = latestCounts(view);
  const full = counts.filter(
    (o) => o.fact.controller === 'memory' && o.fact.cgroups >= NEARLY_ALL && o.fact.cgroups <= BEYOND,
  );
  const dying = counts.filter((o) => (o.fact.dying ?? 0) >= MANY_DYING);
  const units = view.all('system-state').filter((o) => (o.fact.units ?? 0) >= MANY_UNITS);
  if (told.length > 0 || full.length > 0) return usedUp(view, told, full);
  if (dying[0] !== undefined) return crowded(dying[0]);
  if (units[0] !== undefined) return manyUnits(units[0]);
  const against = counts.map((o) => cite(o, words(o)));
  return notSeen(against, lacking(view, { cgroups: ['cgroup-counts'] }), 'cgroups');
}

function latestCounts(view: CaseView): readonly Counts[] {
  const concerned = view
    .all('cgroup-counts')
    .filter((o) => o.fact.controller === 'memory' || o.fact.controller === 'all');
  return [...new Map(concerned.map((o) => [o.fact.controller, o])).values()];
}

function usedUp(view: CaseView, told: readonly Observation<'log-signal'>[], full: readonly Counts[]): Assessment {
  const units = told.length > 0 && full.length === 0 && told.every((o) => o.fact.signal === 'no-units-left');
  const both = told.length > 0 && full.length > 0;
  const kubelets = told.filter((o) => o.fact.log === 'kubelet').flatMap((o) => o.about.slice(0, 1));
  return held({
    status: both ? 'confirmed' : 'likely',
    ...weigh(both ? 'shortageFelt' : told.length > 0 ? 'circumstantial' : 'heldProcess'),
    subjects: [entityId.node(), ...kubelets],
    evidence: [...full.map((o) => cite(o, words(o))), ...told.slice(-3).map((o) => quoteLine(view, o))],
    missing: full.length > 0 ? [] : lacking(view, { cgroups: ['cgroup-counts'] }),
    summary: units
      ? say(
          'systemd has no unit name left: units have piled up, most likely transient mount scopes.',
          'systemd 的 unit 已达上限：unit 越积越多，多半是临时挂载 scope。',
        )
      : say(
          'The kernel gives no further cgroup: memory cgroups have piled up. No disk is full.',
          '内核不再分配新的 cgroup：memory cgroup 越积越多。并非磁盘已满。',
        ),
  });
}

function crowded(o: Counts): Assessment {
  return held({
    status: 'possible',
    ...weigh('hint'),
    subjects: [entityId.node()],
    evidence: [cite(o, words(o))],
    summary: say(
      `${o.fact.dying} deleted cgroups are not gone yet: all statistics of cgroups take longer for it.`,
      `有 ${o.fact.dying} 个已删除的 cgroup 尚未消失：读取 cgroup 统计会因此变慢。`,
    ),
  });
}

function manyUnits(o: Observation<'system-state'>): Assessment {
  const units = o.fact.units ?? 0;
  const nearlyAll = units >= 0.95 * MOST_UNITS;
  const text = say(
    `systemd keeps ${units} units of at most ${MOST_UNITS}.`,
    `systemd 保留着 ${units} 个 unit（上限 ${MOST_UNITS}）。`,
  );
  return held({
    status: nearlyAll ? 'likely' : 'possible',
    ...weigh(nearlyAll ? 'heldProcess' : 'hint'),
    subjects: [entityId.node()],
    evidence: [cite(o, text)],
    summary: say(
      'Units of systemd have piled up, most likely transient mount scopes: it takes longer for all it does.',
      'systemd 的 unit 越积越多，多半是临时挂载 scope：它做任何事都会变慢。',
    ),
  });
}

function words({ fact }: Counts): Text {
  const { controller, cgroups, dying } = fact;
  const also =
    dying === null
      ? say('', '')
      : say(`, ${dying} of them deleted and not yet gone`, `，其中 ${dying} 个已删除但尚未消失`);
  const which = controller === 'all' ? say('cgroups', 'cgroup') : say(`${controller} cgroups`, `${controller} cgroup`);
  const most =
    controller === 'memory'
      ? say(` of at most ${MOST_MEMORY_CGROUPS}`, `（上限 ${MOST_MEMORY_CGROUPS}）`)
      : say('', '');
  return say(
    `The host has ${cgroups} ${which.en}${most.en}${also.en}.`,
    `主机有 ${cgroups} 个 ${which.zh}${most.zh}${also.zh}。`,
  );
}

import { entityId } from '../../evidence/entity.ts';
import type { SourceRecorder } from '../../evidence/recorder.ts';
import type { Survey } from '../../host/survey.ts';
import { observeGap } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';
import { showCommand, showUnits } from '../systemd/show-units.ts';
import { unitOfCgroup } from '../systemd/unit-of-cgroup.ts';
import type { UnitProperties } from '../systemd/unit-properties.ts';
import { UNITS } from './absent.ts';
import type { Daemon } from './identify.ts';

const TIMEOUT_MS = 2500;

/** Writes what systemd says of the services of runtimes and kubelet, and returns it; nothing where PID 1 is another. */
export async function reportUnits(
  context: ProbeContext,
  survey: Survey,
  daemons: readonly Daemon[],
): Promise<readonly UnitProperties[]> {
  const { host, record } = context;
  const init = survey.processes.get(1)?.comm ?? '';
  const ofDaemons = await Promise.all(daemons.map(async (daemon) => ({ daemon, unit: await unitOf(context, daemon) })));
  const names = [...new Set([...UNITS.keys(), ...ofDaemons.flatMap(({ unit }) => unit ?? [])])];
  const source = record.source('systemd units of runtimes and kubelet', showCommand(names).join(' '));
  if (init !== 'systemd') {
    observeGap(source, 'systemd', 'absent', `PID 1 is ${init || 'not readable'}`, { partial: false });
    source.end({ status: 'skipped', error: 'PID 1 is not systemd' });
    return [];
  }
  const shown = await showUnits(host, names, TIMEOUT_MS);
  if (!shown.ok) {
    observeGap(source, 'systemd', shown.why, shown.detail, { partial: false });
    source.end({ status: shown.why === 'stuck' ? 'timeout' : 'failed', error: shown.detail });
    return [];
  }
  for (const unit of shown.units) {
    const own = ofDaemons.filter((d) => d.unit === unit.unit || d.daemon.process.pid === unit.mainPid);
    observeUnit(
      context,
      source,
      unit,
      own.map(({ daemon }) => daemon),
    );
  }
  source.end({ status: 'ok' });
  return shown.units;
}

function observeUnit(
  { record }: ProbeContext,
  source: SourceRecorder,
  unit: UnitProperties,
  daemons: readonly Daemon[],
): void {
  const name = UNITS.get(unit.unit);
  const running = daemons.map((d) => entityId.component(d.name, d.process.pid));
  const about =
    running.length > 0 || name === undefined ? running : [record.entity(entityId.component(name, null), name)];
  const { activeState, subState, result, restarts, activeSince, mainPid } = unit;
  source.observe(
    { type: 'unit', unit: unit.unit, activeState, subState, result, restarts, activeSince, mainPid },
    about.length > 0 ? about : [entityId.node()],
  );
}

async function unitOf({ host }: ProbeContext, { process }: Daemon): Promise<string | null> {
  const cgroup = await host.files.readText(host.proc(`${process.pid}/cgroup`), { maxBytes: 65_536 });
  return cgroup.ok ? unitOfCgroup(cgroup.value) : null;
}

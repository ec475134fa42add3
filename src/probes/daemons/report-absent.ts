import { entityId } from '../../evidence/entity.ts';
import type { Survey } from '../../host/survey.ts';
import type { ListeningSocket } from '../endpoints/listening-sockets.ts';
import type { Endpoint } from '../endpoints.ts';
import type { ProbeContext } from '../probe.ts';
import type { UnitProperties } from '../systemd/unit-properties.ts';
import { findAbsent } from './absent.ts';
import { findDeadEndpoints } from './dead-endpoints.ts';
import { type Daemon, isDistributionSupervisor } from './identify.ts';
import { kubeletTraces } from './kubelet-traces.ts';
import { findLeftShims } from './left-shims.ts';

/** Writes which daemons should run and do not. */
export async function absentComponents(
  { host, record }: ProbeContext,
  seen: {
    readonly survey: Survey;
    readonly daemons: readonly Daemon[];
    readonly units: readonly UnitProperties[];
    readonly endpoints: readonly Endpoint[];
    readonly listening: readonly ListeningSocket[];
  },
): Promise<void> {
  const source = record.source(
    'what says that a daemon should run: sockets, shims, units, settings of the kubelet',
    null,
  );
  const [deadEndpoints, traces] = await Promise.all([findDeadEndpoints(host, seen.endpoints), kubeletTraces(host)]);
  const absences = findAbsent({
    daemons: seen.daemons,
    supervised: [...seen.survey.processes.values()].some(isDistributionSupervisor),
    deadEndpoints,
    leftShims: findLeftShims(
      seen.survey,
      seen.daemons,
      seen.listening.map((s) => s.path),
    ),
    units: seen.units,
    kubeletTraces: traces,
  });
  for (const absence of absences) {
    source.observe(absence, [record.entity(entityId.component(absence.name, null), absence.name)]);
  }
  source.end({ status: 'ok' });
}

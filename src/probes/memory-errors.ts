import { entityId } from '../evidence/entity.ts';
import { sourceEnd } from './gaps.ts';
import type { Probe, ProbeContext } from './probe.ts';

/** Memory errors by memory controller, where the kernel has a driver for it (EDAC); virtual machines have none. */
export const memoryErrorsProbe: Probe = { name: 'memory-errors', topics: [], run };

const CONTROLLERS = 'devices/system/edac/mc';
/** A machine of eight sockets has some thirty. */
const MOST = 64;

async function run({ host, record }: ProbeContext): Promise<void> {
  const source = record.source(`/sys/${CONTROLLERS}`, `grep . /sys/${CONTROLLERS}/mc*/{ce,ue}_count`);
  const listed = await host.files.list(host.sys(CONTROLLERS));
  if (!listed.ok) {
    source.end(sourceEnd([listed.error]));
    return;
  }
  const controllers = listed.value.filter((name) => /^mc\d{1,4}$/.test(name)).slice(0, MOST);
  const counted = await Promise.all(
    controllers.map(async (controller) => {
      const [corrected, uncorrected] = await Promise.all([
        readCount(host, controller, 'ce_count'),
        readCount(host, controller, 'ue_count'),
      ]);
      return { controller, corrected, uncorrected };
    }),
  );
  for (const { controller, corrected, uncorrected } of counted) {
    if (corrected === null || uncorrected === null) continue;
    source.observe({ type: 'memory-errors', controller, corrected, uncorrected }, [entityId.node()]);
  }
  source.end({ status: 'ok' });
}

async function readCount(host: ProbeContext['host'], controller: string, name: string): Promise<number | null> {
  const read = await host.files.readText(host.sys(`${CONTROLLERS}/${controller}/${name}`), { maxBytes: 64 });
  return read.ok && /^\d{1,15}\s*$/.test(read.value) ? Number(read.value) : null;
}

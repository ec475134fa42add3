import { entityId } from '../evidence/entity.ts';
import { observeGap } from './gaps.ts';
import type { Probe, ProbeContext } from './probe.ts';
import { parseManager } from './systemd/manager.ts';

/** Whether systemd answers, in which state it has the system, how much it has to look after, and whether a shutdown is planned. */
export const systemStateProbe: Probe = { name: 'system-state', topics: ['systemd'], run };

const SHOW = ['systemctl', 'show', '--no-pager', '--property=SystemState,NNames,NJobs'] as const;
/** systemd answers within milliseconds; a minute of it is what a kubelet or runc waits in vain. */
const TIMEOUT_MS = 2500;
const SCHEDULED = '/run/systemd/shutdown/scheduled';

async function run({ host, record, deadline }: ProbeContext): Promise<void> {
  const source = record.source('systemd itself', `systemctl is-system-running; cat ${SCHEDULED}`);
  const init = await host.files.readText(host.proc('1/comm'));
  if (!init.ok || init.value.trim() !== 'systemd') {
    source.end({ status: 'skipped', error: 'PID 1 is not systemd' });
    return;
  }
  const began = host.now();
  const timeoutMs = Math.max(Math.min(TIMEOUT_MS, deadline - began), 1);
  const [shown, scheduled] = await Promise.all([
    host.run(SHOW, { timeoutMs }),
    host.files.readText(host.path(SCHEDULED), { maxBytes: 4096 }),
  ]);
  if (shown.error !== null || (!shown.timedOut && shown.code !== 0)) {
    const detail = `systemctl: ${shown.error ?? shown.stderr.trim().split('\n')[0] ?? ''}`;
    observeGap(source, 'systemd', 'failed', detail);
    source.end({ status: 'failed', error: detail });
    return;
  }
  const manager = parseManager(shown.stdout);
  source.observe(
    {
      type: 'system-state',
      state: shown.timedOut ? null : manager.state,
      tookMs: host.now() - began,
      units: manager.units,
      jobs: manager.jobs,
      shutdownAt: scheduled.ok ? shutdownTime(scheduled.value) : null,
    },
    [entityId.node()],
  );
  source.end(shown.timedOut ? { status: 'timeout', error: 'systemctl did not answer' } : { status: 'ok' });
}

/** `USEC=1764050000000000` of the file that shutdown(8) leaves for a planned shutdown, as Unix ms. Source: systemd src/login/logind-dbus.c. */
function shutdownTime(text: string): number | null {
  const micros = /^USEC=(\d{10,18})$/m.exec(text)?.[1];
  return micros === undefined ? null : Math.round(Number(micros) / 1000);
}

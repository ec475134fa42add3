import { entityId } from '../evidence/entity.ts';
import { type Log, writeNodeReady, writeSignals } from '../logs/write-signals.ts';
import { type Daemon, findDaemons } from './daemons/identify.ts';
import { kubeletTraces } from './daemons/kubelet-traces.ts';
import { observeGap } from './gaps.ts';
import type { Probe, ProbeContext } from './probe.ts';
import { readLog } from './signals/read-log.ts';
import { unitOfCgroup } from './systemd/unit-of-cgroup.ts';

/** The last lines of the kubelet's log and of the runtimes', where a file or the journal has them. */
export const kubeletLogProbe: Probe = { name: 'kubelet-log', topics: ['kubelet-log'], run };

const KUBELET_UNITS = ['kubelet', 'k3s', 'k3s-agent', 'rke2-server', 'rke2-agent', 'snap.microk8s.daemon-kubelite'];
const KUBELET_FILES = ['/var/log/kubelet.log', '/var/log/kubelet/kubelet.log', '/var/log/kubernetes/kubelet.log'];
const RUNTIME_UNITS: Readonly<Record<Exclude<Log, 'kubelet'>, string>> = {
  dockerd: 'docker',
  containerd: 'containerd',
  crio: 'crio',
};
const KUBELET_BOUNDS = { maxLines: 2000, maxBytes: 2 * 1_048_576 };
const RUNTIME_BOUNDS = { maxLines: 1000, maxBytes: 1_048_576 };

async function run(context: ProbeContext): Promise<void> {
  const daemons = findDaemons(await context.survey());
  const kubelets = daemons.filter((d) => d.name === 'kubelet');
  const runtimes = daemons.filter((d) => d.name in RUNTIME_UNITS);
  await Promise.all([
    ...(kubelets.length > 0 ? kubelets : [null]).map((kubelet) => examineKubeletLog(context, kubelet)),
    ...runtimes.map((runtime) => examineRuntimeLog(context, runtime)),
  ]);
}

async function examineKubeletLog(context: ProbeContext, kubelet: Daemon | null): Promise<void> {
  const { host, record } = context;
  const unit = kubelet && (await unitOf(context, kubelet));
  const log = await readLog(context, {
    units: unit === null ? KUBELET_UNITS : [unit],
    process: kubelet && { pid: kubelet.process.pid, args: kubelet.process.args ?? [] },
    files: KUBELET_FILES,
    ...KUBELET_BOUNDS,
  });
  if ('why' in log) {
    const source = record.source('log of the kubelet', 'journalctl -u kubelet');
    const expected = kubelet !== null || (await kubeletTraces(host)).length > 0;
    const why = expected && log.why === 'absent' ? 'failed' : log.why;
    const detail = log.tried.join('; ') || 'no journal, and no file that the kubelet writes to';
    observeGap(source, 'kubelet-log', why, detail, { partial: false });
    source.end({ status: 'skipped', error: detail });
    return;
  }
  const id = record.entity(entityId.component('kubelet', kubelet?.process.pid ?? null), 'kubelet');
  const source = record.source(log.what, log.command);
  const signals = writeSignals(source, log.lines, 'kubelet', id);
  writeNodeReady(source, signals);
  source.end({ status: 'ok' });
}

/** A runtime's log that cannot be had is no loss that anyone relies on: nothing is written then. */
async function examineRuntimeLog(context: ProbeContext, runtime: Daemon): Promise<void> {
  const name = runtime.name as Exclude<Log, 'kubelet'>;
  const { pid, args } = runtime.process;
  // A containerd that dockerd started writes into dockerd's log, which is read as such.
  if (runtime.startedBy !== null) return;
  const unit = (await unitOf(context, runtime)) ?? RUNTIME_UNITS[name];
  const log = await readLog(context, {
    units: [unit],
    process: { pid, args: args ?? [] },
    files: [],
    ...RUNTIME_BOUNDS,
  });
  if ('why' in log) return;
  const source = context.record.source(log.what, log.command);
  writeSignals(source, log.lines, name, context.record.entity(entityId.component(name, pid), name));
  source.end({ status: 'ok' });
}

async function unitOf({ host }: ProbeContext, { process }: Daemon): Promise<string | null> {
  const cgroup = await host.files.readText(host.proc(`${process.pid}/cgroup`), { maxBytes: 65_536 });
  return cgroup.ok ? unitOfCgroup(cgroup.value) : null;
}

import { entityId } from '../evidence/entity.ts';
import { type Daemon, findDaemons } from './daemons/identify.ts';
import { kubeletTraces } from './daemons/kubelet-traces.ts';
import { sharesNamespace } from './daemons/namespaces.ts';
import { gapReason, observeGap } from './gaps.ts';
import { parseKubeletConfig } from './kubelet/config-file.ts';
import { flagValue } from './kubelet/flag-value.ts';
import { examineHealthz } from './kubelet/healthz.ts';
import { type HttpGet, httpGet } from './kubelet/http-get.ts';
import { examineMetrics } from './kubelet/metrics.ts';
import { kubeletSettings } from './kubelet/settings.ts';
import type { Probe, ProbeContext } from './probe.ts';

/** The kubelet by its own account: its health endpoint, what its metrics say of the PLEG, and its settings. */
export const kubeletProbe: Probe = createKubeletProbe(httpGet);

/** @param get how the kubelet's HTTP endpoints are asked */
export function createKubeletProbe(get: HttpGet): Probe {
  return {
    name: 'kubelet',
    topics: ['kubelet'],
    run: async (context) => {
      const kubelets = findDaemons(await context.survey()).filter((d) => d.name === 'kubelet');
      if (kubelets.length === 0) await noteNoKubelet(context);
      // Through the API server only the one that is meant is reached: where several run here, which is not known.
      const { cluster: _, ...options } = context.options;
      const asked = kubelets.length === 1 ? context : { ...context, options };
      await Promise.all(kubelets.map((kubelet) => examineKubelet(asked, kubelet, get)));
    },
  };
}

/** No kubelet is an answer where nothing speaks of one; where something does, its metrics are missed. */
async function noteNoKubelet({ host, record }: ProbeContext): Promise<void> {
  const source = record.source('kubelet', 'pgrep -a kubelet');
  const traces = await kubeletTraces(host);
  const why = traces.length > 0 ? 'failed' : 'absent';
  observeGap(source, 'kubelet', why, `no kubelet runs${traces.length > 0 ? `: ${traces.join(', ')}` : ''}`, {
    partial: false,
  });
  source.end({ status: 'skipped', error: 'no kubelet runs' });
}

async function examineKubelet(context: ProbeContext, kubelet: Daemon, get: HttpGet): Promise<void> {
  const { host, record } = context;
  const { pid, args } = kubelet.process;
  const id = record.entity(entityId.component('kubelet', pid), 'kubelet', { pid });
  const config = await readConfig(context, kubelet);
  const settings = kubeletSettings(args ?? [], config);
  const reachable = await sharesNamespace(host, pid, 'net');
  const source = record.source(`settings of the kubelet (pid ${pid})`, `tr '\\0' ' ' < /proc/${pid}/cmdline`);
  if (!reachable) observeGap(source, 'kubelet', 'failed', `kubelet (pid ${pid}) has a network namespace of its own`);
  const [metrics] = reachable
    ? await Promise.all([examineMetrics(context, id, settings, get), examineHealthz(context, id, settings, get)])
    : [null];
  // An embedded kubelet is set up by the program around it, whose arguments are not a kubelet's.
  const own = kubelet.within === null || kubelet.within === 'hyperkube';
  const known = own && args !== null;
  const { runtimeEndpoint, runtimeRequestTimeoutMs, nodeStatusUpdateMs, rootDir } = settings;
  source.observe(
    {
      type: 'kubelet-facts',
      version: metrics?.version ?? null,
      runtimeEndpoint: known ? runtimeEndpoint : null,
      runtimeRequestTimeoutMs: known ? runtimeRequestTimeoutMs : null,
      nodeStatusUpdateMs: known ? nodeStatusUpdateMs : null,
      rootDir: known ? rootDir : null,
    },
    [id],
  );
  source.end({ status: known ? 'ok' : 'partial' });
}

async function readConfig(
  { host, record }: ProbeContext,
  kubelet: Daemon,
): Promise<ReadonlyMap<string, string> | null> {
  const { pid, args } = kubelet.process;
  const path = flagValue(args ?? [], 'config');
  if (path === null) return null;
  const absolute = path.startsWith('/') ? path : `/proc/${pid}/cwd/${path}`;
  const source = record.source(absolute, `cat ${path}`);
  const read = await host.files.readText(host.path(absolute));
  if (read.ok) source.end({ status: 'ok' });
  else {
    observeGap(
      source,
      'kubelet',
      gapReason(read.error) === 'absent' ? 'failed' : gapReason(read.error),
      `${path}: ${read.error}`,
    );
    source.end({ status: 'failed', error: read.error });
  }
  return read.ok ? parseKubeletConfig(read.value) : null;
}

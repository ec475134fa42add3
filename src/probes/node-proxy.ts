import { examineKubeletByProxy } from './cluster/node-proxy.ts';
import { examineLogByProxy } from './cluster/proxy-log.ts';
import type { Probe, ProbeContext } from './probe.ts';

/** The kubelet of a node that this does not run on, through the API server's proxy. */
export const nodeProxyProbe: Probe = { name: 'node-proxy', topics: ['kubelet', 'kubelet-log'], run };

async function run(context: ProbeContext): Promise<void> {
  const { cluster } = context.options;
  if (cluster === undefined) return;
  await Promise.all([examineKubeletByProxy(context, cluster), examineLogByProxy(context, cluster)]);
}

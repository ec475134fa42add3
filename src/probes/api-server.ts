import { entityId } from '../evidence/entity.ts';
import { apiOutcome, clockAhead } from '../kube/outcome.ts';
import { findOwnKubelet, type OwnKubelet } from './cluster/own-kubelet.ts';
import { observeGap } from './gaps.ts';
import type { Probe, ProbeContext } from './probe.ts';

/** Whether the API server can be reached from here as the kubelet reaches it: by its address, CA and client certificate. */
export const apiServerProbe: Probe = { name: 'api-server', topics: ['api-server'], run };

/** /readyz needs no right of its own where the default roles hold (system:public-info-viewer); before 1.16 it is a 404, an answer too. */
const READY = '/readyz';

async function run(context: ProbeContext): Promise<void> {
  const own = await context.share(findOwnKubelet);
  if ('why' in own) {
    const source = context.record.source('kubeconfig of the kubelet', null);
    observeGap(source, 'api-server', own.why, own.detail, { partial: false });
    source.end({ status: 'skipped', error: own.detail });
    return;
  }
  await ask(context, own);
}

async function ask({ host, record, options, signal, deadline }: ProbeContext, own: OwnKubelet): Promise<void> {
  const { component, connection } = own;
  const url = `${connection.server}${READY}`;
  const source = record.source(`GET ${url}`, `curl -m 5 --cacert CA --cert CERT --key KEY ${url}`);
  const { createKubeClient } = await import('../kube/connect.ts');
  const client = createKubeClient(connection, own.env);
  const deadlineMs = Math.min(options.callTimeoutMs, deadline - host.now());
  const result = await client.get(READY, { deadlineMs, signal, maxBytes: 65_536 });
  client.close();
  record.entity(component, 'kubelet');
  const server = record.entity(entityId.component('kube-apiserver', null), 'kube-apiserver', {
    server: connection.server,
  });
  const { outcome, detail } = apiOutcome(result);
  source.observe(
    {
      type: 'api-server',
      server: connection.server,
      askedWith: 'kubelet-kubeconfig',
      outcome,
      detail,
      tookMs: result.tookMs,
      ...clockAhead(result, host.now()),
    },
    [component, server],
  );
  if (result.outcome === 'ok') source.end({ status: 'ok' });
  else source.end({ status: result.outcome === 'timeout' ? 'timeout' : 'failed', error: detail });
}

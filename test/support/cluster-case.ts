import { entityId } from '../../src/evidence/entity.ts';
import type { FactOf } from '../../src/evidence/observation.ts';
import { aCase, type CaseBuilder, idOf, NOW } from './case.ts';

const NODE = [entityId.node()];
type Changes<T extends FactOf<'cni-call'>['type'] | 'pod-object' | 'api-server' | 'certificate'> = Partial<
  Omit<FactOf<T>, 'type'>
>;

/** A node as its API server has it, and nothing of the host itself. */
export function fromCluster(unschedulable = false): CaseBuilder {
  const it = aCase();
  const versions = { kubeletVersion: 'v1.30.1', runtimeVersion: 'containerd://1.7.2' };
  for (const topic of ['processes', 'components', 'docker', 'cri', 'kubelet', 'kubelet-log', 'filesystems'] as const) {
    it.gap(topic, 'not-here');
  }
  return it.fact({ type: 'node-object', name: 'node-7', unschedulable, taints: [], ...versions }, NODE);
}

/** @param agoMs when it was renewed */
export function lease(it: CaseBuilder, agoMs: number): CaseBuilder {
  return it.fact({ type: 'node-lease', renewedAt: NOW - agoMs, durationMs: 40_000 }, NODE);
}

/** Ready as the node lifecycle controller sets it when it hears nothing. */
export function lostToControlPlane(it: CaseBuilder): CaseBuilder {
  const words = { reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' };
  return lease(it.ready('Unknown', 0, { ...words, by: 'node-object', since: NOW - 60_000 }), 120_000);
}

export function notReadyFor(it: CaseBuilder, message: string): CaseBuilder {
  return it.ready('False', 0, { reason: 'KubeletNotReady', message, by: 'node-object', since: NOW - 60_000 });
}

export function apiServer(
  it: CaseBuilder,
  outcome: FactOf<'api-server'>['outcome'],
  changes: Changes<'api-server'> = {},
): CaseBuilder {
  const base = { server: 'https://10.0.0.1:6443', askedWith: 'kubelet-kubeconfig', detail: '', tookMs: 3000 } as const;
  const about = changes.askedWith === 'user-kubeconfig' ? NODE : [entityId.component('kubelet', 900)];
  return it.fact({ type: 'api-server', outcome, ...base, ...changes }, about);
}

/** @param days until it ends; negative: since it ended */
export function certificate(
  it: CaseBuilder,
  role: FactOf<'certificate'>['role'],
  days: number,
  where = '/pki/current.pem',
): CaseBuilder {
  const ends = NOW + days * 86_400_000;
  const fact = { role, where, subject: 'CN=system:node:node-7', notBefore: ends - 365 * 86_400_000, notAfter: ends };
  return it.fact({ type: 'certificate', ...fact }, [entityId.component('kubelet', 900)]);
}

export function pod(it: CaseBuilder, name: string, changes: Changes<'pod-object'> = {}): CaseBuilder {
  const base = { namespace: 'prod', name, phase: 'Running', ready: true, reason: '', deletionRequestedAt: null };
  const rest = { gracePeriodSeconds: null, ownerKind: 'StatefulSet', waiting: [], restarts: 0 };
  return it.fact({ type: 'pod-object', ...base, ...rest, ...changes }, [entityId.pod(`uid-${name}`)]);
}

export function event(it: CaseBuilder, reason: string, message = '', about = NODE): CaseBuilder {
  const fact = { reason, severity: 'Warning', component: 'kubelet', message, count: 1, firstAt: NOW - 60_000 } as const;
  return it.fact({ type: 'cluster-event', ...fact }, about, NOW - 60_000);
}

export function peers(it: CaseBuilder, total: number, lostTogether: number): CaseBuilder {
  return it.fact({ type: 'peer-nodes', total, notReady: 0, unknown: lostTogether, lostTogether }, NODE);
}

/** A CNI plugin of that age at work for the sandbox of prod/web-0. */
export function cniCall(it: CaseBuilder, ageMs: number, changes: Changes<'cni-call'> = {}): CaseBuilder {
  const pid = changes.pid ?? 4000;
  const base = { pid, plugin: 'calico', command: 'DEL', ageMs, state: 'S', wchan: 'do_wait' };
  const rest = { containerId: idOf('sandbox'), netns: '/proc/1/ns/net', podNamespace: 'prod', podName: 'web-0' };
  const about = [entityId.process(pid), entityId.container(idOf('sandbox'))];
  return it
    .processTable()
    .fact({ type: 'cni-call', ...base, ...rest, caller: { name: 'kubelet', pid: 900 }, ...changes }, about);
}

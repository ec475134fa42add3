import type { Clock } from '../clock.ts';
import { sleep, type Task } from '../task.ts';
import type { NodeObject } from './api-server.ts';

/** --node-monitor-period where not set. Source: pkg/controller/nodelifecycle/config @ v1.20.2. */
const MONITOR_PERIOD_MS = 5000;

/**
 * The node lifecycle controller as far as Ready goes: a node of which neither condition nor lease was seen to change
 * for the grace period becomes Unknown. It counts from when it saw the change, not from the time written in it.
 * Source: tryUpdateNodeHealth in pkg/controller/nodelifecycle/node_lifecycle_controller.go @ v1.20.2.
 */
export function* watchNode(clock: Clock, node: NodeObject, gracePeriodMs: number): Task<never> {
  let seenHeartbeat: number | null = null;
  let seenLease: number | null = null;
  let aliveAt = clock.now();
  for (;;) {
    const { ready, leaseRenewedAt } = node;
    const now = clock.now();
    if (ready !== null && ready.heartbeatAt !== seenHeartbeat) aliveAt = now;
    if (leaseRenewedAt !== null && leaseRenewedAt !== seenLease) aliveAt = now;
    seenHeartbeat = ready?.heartbeatAt ?? null;
    seenLease = leaseRenewedAt;
    if (ready !== null && ready.status !== 'Unknown' && now > aliveAt + gracePeriodMs) {
      const message = 'Kubelet stopped posting node status.';
      const lost = { ...ready, status: 'Unknown', reason: 'NodeStatusUnknown', message, transitionAt: now } as const;
      node.writeReady(lost, 'node-controller', now);
    }
    yield* sleep(clock, MONITOR_PERIOD_MS);
  }
}

import { ask } from '../ask.ts';
import type { Clock } from '../clock.ts';
import type { Runtime } from '../runtime.ts';
import { sleep, type Task } from '../task.ts';
import type { NodeObject } from './api-server.ts';
import type { NodeOptions } from './node-options.ts';
import { readyCondition } from './ready-condition.ts';
import type { RuntimeState } from './runtime-state.ts';

/** From the end of one check of the runtime to the next. Source: Run in pkg/kubelet/kubelet.go @ v1.20.2. */
const RUNTIME_CHECK_PERIOD_MS = 5000;

/** A quarter of the lease's 40 s. Source: nodeLeaseRenewIntervalFraction in pkg/kubelet/kubelet.go @ v1.20.2. */
const LEASE_RENEWAL_PERIOD_MS = 10_000;

/** Asks the runtime how it is, again and again. Source: updateRuntimeUp in pkg/kubelet/kubelet.go @ v1.20.2. */
export function* checkRuntime(clock: Clock, runtime: Runtime, state: RuntimeState, timeoutMs: number): Task<never> {
  for (;;) {
    const answer = yield* ask(clock, timeoutMs, (limits) => runtime.conditions(limits));
    if (answer.outcome === 'ok') state.note(answer.value, clock.now());
    yield* sleep(clock, RUNTIME_CHECK_PERIOD_MS);
  }
}

/**
 * Computes the node's status and writes it, where it changed or the last writing is long ago.
 * Source: syncNodeStatus, tryUpdateNodeStatus in pkg/kubelet/kubelet_node_status.go @ v1.20.2. A write that cannot
 * reach the API server costs no time here; the kubelet's five tries of up to 10 s are not part of the model.
 */
export function* postStatus(clock: Clock, node: NodeObject, state: RuntimeState, options: NodeOptions): Task<never> {
  const { era, isApiReachable } = options;
  let reportedAt: number | null = null;
  for (;;) {
    if (isApiReachable()) {
      const now = clock.now();
      const errors = { runtime: state.runtimeErrors(now), network: state.networkErrors() };
      const before = node.ready;
      const ready = readyCondition(errors, era.messages.joins, now, before);
      const changed = ready.status !== before?.status || ready.message !== before.message;
      if (changed || reportedAt === null || now >= reportedAt + era.heartbeat.reportMs) {
        node.writeReady(ready, 'kubelet', now);
        reportedAt = now;
      }
    }
    yield* sleep(clock, era.heartbeat.updateMs);
  }
}

/** Source: staging/src/k8s.io/component-helpers/apimachinery/lease/controller.go @ v1.20.2. */
export function* renewLease(clock: Clock, node: NodeObject, isApiReachable: () => boolean): Task<never> {
  for (;;) {
    if (isApiReachable()) node.renewLease(clock.now());
    yield* sleep(clock, LEASE_RENEWAL_PERIOD_MS);
  }
}

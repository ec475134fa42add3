import { z } from 'zod';
import type { EntityId } from './entity.ts';
import * as cluster from './vocabulary/cluster.ts';
import * as component from './vocabulary/component.ts';
import * as host from './vocabulary/host.ts';
import * as kubelet from './vocabulary/kubelet.ts';
import * as limits from './vocabulary/limits.ts';
import * as process from './vocabulary/process.ts';
import * as runtime from './vocabulary/runtime.ts';
import * as signal from './vocabulary/signal.ts';
import * as storage from './vocabulary/storage.ts';
import * as system from './vocabulary/system.ts';
import * as text from './vocabulary/text.ts';

/** Every fact a case file can hold; `type` tells which. */
export const factSchema = z.discriminatedUnion('type', [
  host.host,
  host.load,
  host.pressure,
  host.cpu,
  host.memory,
  host.limit,
  host.cgroupCpu,
  host.cgroupMemory,
  host.cgroupFrozen,
  host.cgroupIo,
  host.scheduling,
  process.process,
  process.thread,
  process.openFile,
  process.processCounts,
  process.cniCall,
  storage.mount,
  storage.statfs,
  storage.fuseConnection,
  storage.blockDevice,
  storage.diskActivity,
  storage.mountHolder,
  runtime.engine,
  runtime.call,
  runtime.container,
  runtime.runtimeCondition,
  runtime.containerCounts,
  runtime.task,
  component.component,
  component.componentAbsent,
  component.unit,
  component.shim,
  component.goroutines,
  component.software,
  kubelet.kubeletHealthz,
  kubelet.kubeletPleg,
  kubelet.kubeletOperation,
  kubelet.kubeletFacts,
  kubelet.nodeReady,
  cluster.nodeObject,
  cluster.nodeCondition,
  cluster.nodeLease,
  cluster.clusterEvent,
  cluster.podObject,
  cluster.peerNodes,
  cluster.apiServer,
  cluster.certificate,
  signal.logSignal,
  signal.kernelSignal,
  system.cgroupCounts,
  system.systemState,
  system.memoryErrors,
  system.kernelLog,
  system.clock,
  text.textInput,
  limits.gap,
  limits.stuckRead,
]);
export type Fact = z.infer<typeof factSchema>;
export type FactType = Fact['type'];
export type FactOf<T extends FactType> = Extract<Fact, { type: T }>;

/** A fact, when it held, where it was read, and which entities it is about (the first is its main subject). */
export const observationSchema = z.object({
  id: z.string(),
  /** Unix ms. */
  at: z.number(),
  source: z.string(),
  about: z.array(z.string().transform((s) => s as EntityId)),
  fact: factSchema,
});
interface Observed<F extends Fact> {
  readonly id: string;
  readonly at: number;
  readonly source: string;
  readonly about: readonly EntityId[];
  readonly fact: F;
}
export type Observation<T extends FactType = FactType> = Observed<FactOf<T>>;

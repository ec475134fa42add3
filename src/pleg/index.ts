export { Channel } from './channel.ts';
export type { Clock, Timer } from './clock.ts';
export type { Era } from './era.ts';
export { CURRENT_ERA, ERAS, eraOf } from './eras.ts';
export { type ContainerEvent, EventedPleg, type EventSource } from './evented-pleg.ts';
export { GenericPleg, type GenericPlegOptions } from './generic-pleg.ts';
export { type HangProofOptions, HangProofPleg } from './hang-proof/hang-proof-pleg.ts';
export type { HangProofLimits } from './hang-proof/limits.ts';
export type { HungContainer } from './hang-proof/tracked-container.ts';
export { NodeModel } from './node/node-model.ts';
export type { NodeHooks, NodeOptions, RunningNode } from './node/node-options.ts';
export type { ConditionWriter, ReadyChange, ReadyCondition } from './node/ready-condition.ts';
export type { Container, ContainerState, ContainerStatus, Pod, PodRef, PodStatus, SandboxStatus } from './pod.ts';
export { PodCache } from './pod-cache.ts';
export type { PodEvent, PodEventType } from './pod-event.ts';
export type { RelistRecord, TimedCall } from './relist-record.ts';
export type { Answer, CallFailure, CallLimits, Reply, Runtime, RuntimeConditions } from './runtime.ts';
export {
  type OpenEventSource,
  type OpenRuntime,
  openEventSource,
  openRuntime,
  type RuntimeKind,
} from './runtimes/open-runtime.ts';
export { systemClock } from './runtimes/system-clock.ts';
export { VirtualClock } from './virtual-clock.ts';
export { VirtualRuntime } from './virtual-runtime.ts';

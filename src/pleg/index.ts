export type { Clock, Timer } from './clock.ts';
export type { Era } from './era.ts';
export { CURRENT_ERA, ERAS, eraOf } from './eras.ts';
export type { ConditionWriter, ReadyChange, ReadyCondition } from './node-condition.ts';
export type { Container, ContainerState, ContainerStatus, Pod, PodRef, PodStatus, SandboxStatus } from './pod.ts';
export type { PodEvent, PodEventType } from './pod-event.ts';
export type { RelistRecord, TimedCall } from './relist-record.ts';
export type { Answer, CallFailure, CallLimits, Reply, Runtime, RuntimeConditions } from './runtime.ts';
export { VirtualClock } from './virtual-clock.ts';

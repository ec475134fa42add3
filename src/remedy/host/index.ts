export { createHostActor, type HostActor, type PerformOptions } from './actor.ts';
export type { HostActorDeps } from './deps.ts';
export type { UnmetPrecondition } from './handler.ts';
export { linuxActorDeps } from './linux-deps.ts';
export { hostPreconditions } from './preconditions.ts';
export { restartEffects } from './restart-effects.ts';
export { findManager } from './service-manager.ts';

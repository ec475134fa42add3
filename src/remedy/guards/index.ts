import { budget } from './budget.ts';
import { controlPlaneSide } from './control-plane-side.ts';
import { coolDown } from './cool-down.ts';
import { noLongerHolds, stale } from './diagnosis.ts';
import type { Guard, GuardInput, Refusal } from './guard.ts';
import { lastControlPlane } from './last-control-plane.ts';
import { otherActor } from './other-actor.ts';
import { sharedFlap } from './shared-flap.ts';
import { unseenCluster } from './unseen-cluster.ts';

const GUARDS: readonly Guard[] = [
  stale,
  noLongerHolds,
  sharedFlap,
  controlPlaneSide,
  otherActor,
  lastControlPlane,
  budget,
  coolDown,
  unseenCluster,
];

/** Every guard that refuses the step now; none: it may be taken. */
export function refusals(input: GuardInput): readonly Refusal[] {
  return GUARDS.flatMap((guard) => guard(input) ?? []);
}

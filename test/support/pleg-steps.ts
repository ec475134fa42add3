import fc from 'fast-check';
import type { VirtualClock } from '../../src/pleg/virtual-clock.ts';
import { type Behaviour, runningPod, type VirtualRuntime } from '../../src/pleg/virtual-runtime.ts';

/** What happens next: a container of one of four pods changes, a call's behaviour changes, time passes. */
export const STEPS = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('state' as const),
      id: fc.constantFrom('p0-main', 'p0-sandbox', 'p1-main', 'p1-sandbox', 'p2-main', 'p3-main'),
      state: fc.constantFrom('created' as const, 'running' as const, 'exited' as const, 'unknown' as const, null),
    }),
    fc.record({ kind: fc.constant('put' as const), uid: fc.constantFrom('p0', 'p1', 'p2', 'p3') }),
    fc.record({ kind: fc.constant('take' as const), uid: fc.constantFrom('p0', 'p1', 'p2', 'p3') }),
    fc.record({
      kind: fc.constant('behave' as const),
      id: fc.constantFrom('list', 'p0-main', 'p1-sandbox', 'p1-main', 'p2-main'),
      behaviour: fc.oneof(
        fc.integer({ min: 0, max: 3000 }),
        fc.constant('hang' as const),
        fc.constant({ outcome: 'error', code: 'UNKNOWN', message: 'no' } as const),
      ),
    }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 5000 }) }),
  ),
  { maxLength: 60 },
);

type Step = (typeof STEPS extends fc.Arbitrary<infer T> ? T : never)[number];

/** What calls are told to do, by the id they are about; lists of all by `list`. */
export type Told = Map<string, Behaviour>;

export function act(step: Step, runtime: VirtualRuntime, told: Told, clock: VirtualClock): void {
  if (step.kind === 'wait') clock.run(step.ms);
  else if (step.kind === 'behave') told.set(step.id, step.behaviour);
  else if (step.kind === 'put') runtime.put(runningPod(step.uid));
  else if (step.kind === 'take') runtime.take(step.uid);
  else runtime.change(step.id, step.state);
}

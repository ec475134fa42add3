import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Channel } from './channel.ts';
import { ERAS } from './eras.ts';
import { GenericPleg } from './generic-pleg.ts';
import type { ContainerState } from './pod.ts';
import { PodCache } from './pod-cache.ts';
import type { PodEvent } from './pod-event.ts';
import { start, type Task } from './task.ts';
import { checkEvents, type Lists, recordingLists } from './testing/event-checker.ts';
import { VirtualClock } from './virtual-clock.ts';
import { type Behaviour, runningPod, VirtualRuntime } from './virtual-runtime.ts';

/** What happens next: a container of one of four pods changes, a call's behaviour changes, time passes. */
const STEP = fc.oneof(
  fc.record({
    kind: fc.constant('state' as const),
    pod: fc.nat(3),
    part: fc.constantFrom('sandbox', 'main'),
    state: fc.constantFrom<(ContainerState | null)[]>('created', 'running', 'exited', 'unknown', null),
  }),
  fc.record({ kind: fc.constant('put' as const), pod: fc.nat(3) }),
  fc.record({ kind: fc.constant('take' as const), pod: fc.nat(3) }),
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
);

type Step = typeof STEP extends fc.Arbitrary<infer T> ? T : never;

function act(step: Step, runtime: VirtualRuntime, told: Map<string, Behaviour>, clock: VirtualClock): void {
  if (step.kind === 'wait') clock.run(step.ms);
  else if (step.kind === 'behave') told.set(step.id, step.behaviour);
  else if (step.kind === 'put') runtime.put(runningPod(`p${step.pod}`));
  else if (step.kind === 'take') runtime.take(`p${step.pod}`);
  else runtime.change(`p${step.pod}-${step.part}`, step.state);
}

test('no event is lost or doubled, whatever the runtime does, in any era', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ERAS), fc.array(STEP, { maxLength: 60 }), (era, steps) => {
      const clock = new VirtualClock();
      const told = new Map<string, Behaviour>();
      const virtual = new VirtualRuntime(clock, (call, id) => told.get(id ?? call) ?? 0);
      const lists: Lists = [];
      const cache = new PodCache(clock);
      const channel = new Channel<PodEvent>(clock, era.channel.capacity);
      const events: PodEvent[] = [];
      start(clock, drain(channel, events));
      const pleg = new GenericPleg({
        clock,
        runtime: recordingLists(virtual, lists),
        era,
        requestTimeoutMs: 10_000,
        cache,
        events: channel,
      });
      pleg.start();
      for (const step of steps) act(step, virtual, told, clock);
      // In the end all is answered again, and what is owed must come.
      told.clear();
      clock.run(300_000);
      checkEvents(lists, events);
    }),
    { numRuns: 300 },
  );
});

function* drain(channel: Channel<PodEvent>, events: PodEvent[]): Task<never> {
  for (;;) {
    const event = yield* channel.receiveWithin(60_000);
    if (event !== null) events.push(event);
  }
}

test('the cache never goes back in time', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ERAS), fc.array(STEP, { maxLength: 60 }), (era, steps) => {
      const clock = new VirtualClock();
      const told = new Map<string, Behaviour>();
      const runtime = new VirtualRuntime(clock, (call, id) => told.get(id ?? call) ?? 0);
      const cache = new WatchedCache(clock);
      const events = new Channel<PodEvent>(clock, era.channel.capacity);
      const pleg = new GenericPleg({ clock, runtime, era, requestTimeoutMs: 10_000, cache, events });
      start(clock, drain(events, []));
      pleg.start();
      for (const step of steps) act(step, runtime, told, clock);
      assert.deepEqual(cache.wentBack, []);
    }),
    { numRuns: 200 },
  );
});

/** Notes every write that is older than the one before. */
class WatchedCache extends PodCache {
  readonly wentBack: string[] = [];

  override set(...args: Parameters<PodCache['set']>): boolean {
    const [uid, , , at] = args;
    if ((this.get(uid).modifiedAt ?? 0) > at) this.wentBack.push(uid);
    return super.set(...args);
  }

  override updateTime(at: number): void {
    if ((this.time ?? 0) > at) this.wentBack.push('all');
    super.updateTime(at);
  }
}

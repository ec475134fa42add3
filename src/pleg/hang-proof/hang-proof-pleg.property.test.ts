import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkEvents, type Lists, recordingLists } from '../../../test/support/pleg-events.ts';
import { act, STEPS, type Told } from '../../../test/support/pleg-steps.ts';
import { PodCache } from '../pod-cache.ts';
import type { PodEvent } from '../pod-event.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { runningPod, VirtualRuntime } from '../virtual-runtime.ts';
import { HangProofPleg } from './hang-proof-pleg.ts';

test('no event is lost or doubled, whatever the runtime does', () => {
  fc.assert(
    fc.property(STEPS, (steps) => {
      const clock = new VirtualClock();
      const told: Told = new Map();
      const virtual = new VirtualRuntime(clock, (call, id) => told.get(id ?? call) ?? 0);
      const lists: Lists = [];
      const events: PodEvent[] = [];
      const runtime = recordingLists(virtual, lists);
      const pleg = new HangProofPleg({
        clock,
        runtime,
        cache: new PodCache(clock),
        onEvent: (event) => events.push(event),
      });
      pleg.start();
      for (const step of steps) act(step, virtual, told, clock);
      told.clear();
      clock.run(300_000);
      checkEvents(lists, events);
      assert.deepEqual(pleg.hung(), []);
    }),
    { numRuns: 300 },
  );
});

test('the cache never goes back in time', () => {
  fc.assert(
    fc.property(STEPS, (steps) => {
      const clock = new VirtualClock();
      const told: Told = new Map();
      const runtime = new VirtualRuntime(clock, (call, id) => told.get(id ?? call) ?? 0);
      const cache = new PodCache(clock);
      const seen = new Map<string, number>();
      const pleg = new HangProofPleg({
        clock,
        runtime,
        cache,
        onEvent: ({ podUid }) => {
          const at = cache.get(podUid).modifiedAt;
          if (at === null) return;
          assert.ok(at >= (seen.get(podUid) ?? 0));
          seen.set(podUid, at);
        },
      });
      pleg.start();
      for (const step of steps) act(step, runtime, told, clock);
    }),
    { numRuns: 200 },
  );
});

test('with any number of hung containers the events of the others stay within 2 periods', () => {
  const hungAndOthers = fc.record({
    hung: fc.integer({ min: 0, max: 60 }),
    others: fc.integer({ min: 1, max: 40 }),
    latencyMs: fc.integer({ min: 0, max: 20 }),
    at: fc.integer({ min: 0, max: 30_000 }),
    later: fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 10 }),
  });
  fc.assert(
    fc.property(hungAndOthers, ({ hung, others, latencyMs, at, later }) => {
      const clock = new VirtualClock();
      const runtime = new VirtualRuntime(clock, (_, id) => (id?.startsWith('hung') ? 'hang' : latencyMs));
      const changedAt = new Map<string, number>();
      let longest = 0;
      const pleg = new HangProofPleg({
        clock,
        runtime,
        cache: new PodCache(clock),
        onEvent: ({ podUid }, now) => {
          longest = Math.max(longest, now - (changedAt.get(podUid) ?? Number.NEGATIVE_INFINITY));
        },
      });
      pleg.start();
      clock.run(at);
      for (let i = 0; i < hung; i++) runtime.put(runningPod(`hung${i}`));
      for (let i = 0; i < others; i++) {
        changedAt.set(`p${i}`, clock.now());
        runtime.put(runningPod(`p${i}`));
      }
      for (const [i, ms] of later.entries()) {
        clock.run(3000 + ms);
        const uid = `p${i % others}`;
        changedAt.set(uid, clock.now());
        runtime.change(`${uid}-main`, i % 2 === 0 ? 'exited' : 'running');
      }
      clock.run(5000);
      assert.ok(longest <= 2000, `${longest} ms`);
    }),
    { numRuns: 100 },
  );
});

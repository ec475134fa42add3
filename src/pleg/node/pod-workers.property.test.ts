import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { podStatus } from '../inspect-pod.ts';
import { PodCache } from '../pod-cache.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { PodWorkers } from './pod-workers.ts';

const STEP = fc.oneof(
  fc.record({ kind: fc.constant('update' as const), uid: fc.constantFrom('a', 'b') }),
  fc.record({ kind: fc.constant('cached' as const), uid: fc.constantFrom('a', 'b'), fails: fc.boolean() }),
  fc.record({ kind: fc.constant('relisted' as const) }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 20_000 }) }),
);

type Step = typeof STEP extends fc.Arbitrary<infer T> ? T : never;

function act(step: Exclude<Step, { kind: 'update' }>, clock: VirtualClock, cache: PodCache): void {
  if (step.kind === 'wait') clock.run(step.ms);
  else if (step.kind === 'relisted') cache.updateTime(clock.now());
  else if (step.fails) cache.set(step.uid, null, { outcome: 'error', code: 'UNKNOWN', message: 'no' }, clock.now());
  else cache.set(step.uid, podStatus({ uid: step.uid, name: step.uid, namespace: 'n' }, [], []), null, clock.now());
}

test('a pod is synced once at a time, only with a status newer than its last sync, and after its last update', () => {
  fc.assert(
    fc.property(fc.array(STEP, { maxLength: 40 }), fc.integer({ min: 0, max: 30_000 }), (steps, syncMs) => {
      const clock = new VirtualClock(1000);
      const cache = new PodCache(clock);
      const begun = new Map<string, number>();
      const ended = new Map<string, number>();
      const updated = new Map<string, number>();
      const workers = new PodWorkers({
        clock,
        cache,
        podSyncMs: (uid) => {
          assert.ok(!begun.has(uid), 'two syncs of one pod at a time');
          const newest = Math.max(cache.get(uid).modifiedAt ?? 0, cache.time ?? 0);
          assert.ok(newest >= (ended.get(uid) ?? 0), 'synced with a status from before its last sync');
          begun.set(uid, clock.now());
          return syncMs;
        },
        onSync: (uid, at) => {
          begun.delete(uid);
          ended.set(uid, at);
        },
      });
      for (const step of steps) {
        if (step.kind === 'update') {
          updated.set(step.uid, clock.now());
          workers.update(step.uid);
        } else act(step, clock, cache);
      }
      // Relists go on, and inspections succeed again.
      for (let i = 0; i < 300; i++) {
        clock.run(1000);
        for (const uid of updated.keys()) cache.set(uid, null, null, clock.now());
        cache.updateTime(clock.now());
      }
      for (const [uid, at] of updated) assert.ok((ended.get(uid) ?? 0) >= at, `${uid} was not synced`);
      workers.stop();
    }),
    { numRuns: 200 },
  );
});

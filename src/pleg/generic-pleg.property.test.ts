import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkEvents, type Lists, recordingLists } from '../../test/support/pleg-events.ts';
import { act, STEPS, type Told } from '../../test/support/pleg-steps.ts';
import { Channel } from './channel.ts';
import { ERAS } from './eras.ts';
import { GenericPleg } from './generic-pleg.ts';
import { PodCache } from './pod-cache.ts';
import type { PodEvent } from './pod-event.ts';
import { start, type Task } from './task.ts';
import { VirtualClock } from './virtual-clock.ts';
import { VirtualRuntime } from './virtual-runtime.ts';

test('no event is lost or doubled, whatever the runtime does, in any era', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ERAS), STEPS, (era, steps) => {
      const clock = new VirtualClock();
      const told: Told = new Map();
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
    fc.property(fc.constantFrom(...ERAS), STEPS, (era, steps) => {
      const clock = new VirtualClock();
      const told: Told = new Map();
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

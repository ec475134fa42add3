import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask } from './ask.ts';
import { Channel } from './channel.ts';
import type { Answer } from './runtime.ts';
import { sleep, start, type Task } from './task.ts';
import { VirtualClock } from './virtual-clock.ts';

test('a full channel holds up who sends, until there is room, in order', () => {
  const clock = new VirtualClock();
  const channel = new Channel<number>(clock, 2);
  const seen: string[] = [];
  start(clock, sendAll(clock, channel, [1, 2, 3, 4], seen));
  clock.run(1000);
  assert.deepEqual(seen, ['sent 1 at 0', 'sent 2 at 0']);
  start(clock, receive(clock, channel, 2, seen));
  clock.run(1000);
  assert.deepEqual(seen.slice(2), ['got 1', 'got 2', 'sent 3 at 1000', 'sent 4 at 1000']);
  assert.equal(channel.trySend(5), false);
});

function* sendAll(clock: VirtualClock, channel: Channel<number>, items: number[], seen: string[]): Task<void> {
  for (const item of items) {
    yield* channel.send(item);
    seen.push(`sent ${item} at ${clock.now()}`);
  }
}

function* receive(_clock: VirtualClock, channel: Channel<number>, count: number, seen: string[]): Task<void> {
  for (let i = 0; i < count; i++) seen.push(`got ${yield* channel.receiveWithin(10)}`);
}

test('receiving gives up after its time, and is woken at once by an item', () => {
  const clock = new VirtualClock();
  const channel = new Channel<string>(clock, 1);
  const seen: unknown[] = [];
  start(
    clock,
    (function* (): Task<void> {
      seen.push(yield* channel.receiveWithin(10), clock.now());
      seen.push(yield* channel.receiveWithin(10), clock.now());
    })(),
  );
  clock.after(15, () => channel.trySend('x'));
  clock.run(100);
  assert.deepEqual(seen, [null, 10, 'x', 15]);
});

test('a task that is stopped goes no further, and its finally runs', () => {
  const clock = new VirtualClock();
  const seen: string[] = [];
  const running = start(
    clock,
    (function* (): Task<void> {
      try {
        yield* sleep(clock, 10);
        seen.push('went on');
      } finally {
        seen.push('cleaned up');
      }
    })(),
  );
  clock.run(5);
  running.stop();
  clock.run(50);
  assert.deepEqual([seen, running.ended], [['cleaned up'], true]);
});

test('one task waits for the end of another', () => {
  const clock = new VirtualClock();
  const other = start(
    clock,
    (function* (): Task<string> {
      yield* sleep(clock, 30);
      return 'done';
    })(),
  );
  let got: unknown;
  start(
    clock,
    (function* (): Task<void> {
      got = [yield* other.result(), clock.now()];
    })(),
  );
  clock.run(100);
  assert.deepEqual(got, ['done', 30]);
});

test('a call that never comes back costs its deadline, and what comes late is dropped', () => {
  const clock = new VirtualClock();
  const seen: unknown[] = [];
  let answerLate: (answer: Answer<string>) => void = () => assert.fail('not asked');
  start(
    clock,
    (function* (): Task<void> {
      const answer = yield* ask<string>(clock, 100, () => ({
        whenSettled: (act) => {
          answerLate = act;
        },
      }));
      seen.push(answer.outcome, clock.now());
      yield* sleep(clock, 100);
      seen.push('went on once');
    })(),
  );
  clock.after(150, () => answerLate({ outcome: 'ok', value: 'late' }));
  clock.run(1000);
  assert.deepEqual(seen, ['timeout', 100, 'went on once']);
});

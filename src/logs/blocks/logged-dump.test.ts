import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LineClock } from '../formats/dates.ts';
import { readText } from '../text-reader.ts';
import { readLoggedDump } from './logged-dump.ts';

const CLOCK: LineClock = { now: 0, years: 'past', zone: 0 };
const DUMP = [
  'goroutine 82238 [semacquire, 19 minutes]:',
  'sync.runtime_Semacquire(0xc820354f54)',
  '\t/usr/lib/go1.6/src/runtime/sema.go:47 +0x26',
  'sync.(*Mutex).Lock(0xc820354f50)',
  '\t/usr/lib/go1.6/src/sync/mutex.go:83 +0x1c4',
  'github.com/docker/docker/container.(*State).IsRunning(0xc820354f50, 0xc821841817)',
  '\t/src/github.com/docker/docker/container/state.go:159 +0x28',
  '',
  'goroutine 7 [chan receive, 40 minutes]:',
  'github.com/docker/docker/daemon.(*Daemon).ContainerStop(0xc820414000, 0xc821841817)',
  '\t/src/github.com/docker/docker/daemon/stop.go:24 +0xa8',
];

const factsOf = (text: string) =>
  readText(text, 'paste', CLOCK).statements.flatMap((s) => {
    const fact = s.fact(0, 0);
    return fact.type === 'goroutines' ? [[fact.minutes, fact.waitsForLock, fact.stack[0]?.replace(/^.*\//, '')]] : [];
  });

const READ = [
  [19, true, 'container.(*State).IsRunning'],
  [40, false, 'daemon.(*Daemon).ContainerStop'],
];

test('a dump each line of which syslog or journald put its header before', () => {
  const behind = (header: (n: number) => string) => DUMP.map((line, i) => `${header(i)}${line}`).join('\n');
  assert.deepEqual(factsOf(behind(() => 'Oct 27 15:20:24 h-stg-core-1 dockerd[1748]: ')), READ);
  assert.deepEqual(factsOf(behind((i) => `2020-10-27T15:20:2${i % 10}+0800 n dockerd[1748]: `)), READ);
});

test('a dump that is packed into one message of logrus, however long', () => {
  const packed = (lines: readonly string[]) => lines.join('\\n').replaceAll('\t', '\\t');
  const line = `time="2017-03-13T16:20:30.060575920Z" level=info msg="=== BEGIN goroutine stack dump ===\\n${packed(DUMP)}\\n=== END goroutine stack dump ==="`;
  assert.deepEqual(factsOf(line), READ);
  const filler = Array.from({ length: 200 }, (_, i) => [
    'goroutine 1 [select]:',
    `main.wait${i}(0x1)`,
    '\t/x.go:1',
    '',
  ]);
  const long = packed([...filler.flat(), ...DUMP]);
  assert.ok(long.length > 5000);
  assert.deepEqual(factsOf(`Oct  5 10:16:42 n dockerd[29030]: time="2016-10-05T10:16:42+02:00" msg="${long}"`), READ);
});

test('no text makes it throw or take nothing', () => {
  const line = fc.oneof(fc.constantFrom(...DUMP.map((l) => `Oct 27 15:20:24 n dockerd[1]: ${l}`)), fc.string());
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), (lines) => {
      const block = readLoggedDump(lines, 0, CLOCK);
      return block === null || (block.taken >= 1 && block.taken <= lines.length);
    }),
  );
});

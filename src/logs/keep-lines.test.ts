import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { KeptLines } from './keep-lines.ts';
import { LITERALS } from './signatures/index.ts';
import { sameStamp } from './stamp.ts';

function kept(lines: readonly string[]): readonly string[] {
  const kept = new KeptLines();
  lines.forEach((text, i) => {
    const literals = LITERALS.flatMap((literal, n) => (text.includes(literal) ? [n] : []));
    if (literals.length > 0)
      kept.add({ text, position: { file: 'a', line: i + 1, offset: i } }, { literals, cut: false });
  });
  return kept.linesOf('a').map(({ text }) => text);
}

const clock = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 19);
const unhealthy = (at: number, age: number): string =>
  `E1124 ${clock(at)}.5 1 kubelet.go:1879] skipping pod synchronization - PLEG is not healthy: pleg was last seen active ${age}s ago; threshold is 3m0s`;

test('of the lines of one stalled relist the first and the last are kept, whatever day they pass', () => {
  const stall = (from: number): string[] => Array.from({ length: 50 }, (_, i) => unhealthy(from + 5 * i, 180 + 5 * i));
  const [first, second] = [stall(86_300), stall(200_000)];
  assert.deepEqual(kept([...first, ...second]), [first[0], first.at(-1), second[0], second.at(-1)]);
});

test('of each meaning the newest lines are kept, however many another has', () => {
  const orphan =
    'E1124 10:00:00.0 1 kubelet_volumes.go:154] orphaned pod "x" found, but volume paths are still present';
  const died = (i: number): string => `I1124 10:00:01.0 1 kubelet.go:1] SyncLoop (PLEG): "p${i}", event: ContainerDied`;
  const lines = kept([orphan, ...Array.from({ length: 50_000 }, (_, i) => died(i))]);
  assert.equal(lines[0], orphan);
  assert.equal(lines.at(-1), died(49_999));
  assert.ok(lines.length < 2500);
});

test('a line that means nothing after all is not kept, one of JSON is until it is parsed', () => {
  assert.deepEqual(kept(['I1124 10:00:01.0 1 x.go:1] setting NodeReady in the cache']), []);
  const json = '{"__REALTIME_TIMESTAMP":"1","MESSAGE":"\\"Kubelet version\\" kubeletVersion=\\"v1.30.0\\""}';
  assert.deepEqual(kept([json.replace('\\"Kubelet version\\"', 'Version: v')]).length, 1);
});

test('however long the lines are, what is kept of them is bounded', () => {
  const long = `E1124 10:00:00.0 1 x.go:1] orphaned pod "x" found, but ${'y'.repeat(60_000)}`;
  const characters = kept(Array.from({ length: 1500 }, () => long)).join('').length;
  assert.ok(characters <= 24 << 20, String(characters));
});

test('any two lines are held against each other', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => typeof sameStamp(a, b) === 'boolean'));
  assert.equal(sameStamp('10:00:00 last seen active 3m0s ago', '10:00:05 last seen active 3m5s ago'), true);
  assert.equal(sameStamp('10:00:00 last seen active 3m0s ago', '10:04:05 last seen active 3m5s ago'), false);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aCase, idOf, NOW } from '../../test/support/case.ts';
import type { CaseFile } from '../evidence/case-file.ts';
import { entityId } from '../evidence/entity.ts';
import type { Fact } from '../evidence/observation.ts';
import { CaseView } from '../evidence/view.ts';
import { KERNEL_SIGNALS, LOG_SIGNALS } from '../evidence/vocabulary/signal.ts';
import type { Timeline } from './episode.ts';
import { buildTimeline } from './timeline.ts';

const agoMs = fc.integer({ min: -3_600_000, max: 86_400_000 });
const name = fc.string({ unit: fc.constantFrom('<', '\x1b', '\u202e', '"', 'a', '(', '_', '/'), maxLength: 30 });
const logFact = fc.record({
  type: fc.constant('log-signal' as const),
  signal: fc.constantFrom(...LOG_SIGNALS),
  log: fc.constantFrom('kubelet' as const, 'containerd' as const, 'kube-controller-manager' as const),
  line: fc.oneof(name, fc.constant('"web-0_default(6f031efe)"')),
  containerId: fc.constant(null),
  ageMs: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 1_000_000 })),
});
const kernelFact = fc.record({
  type: fc.constant('kernel-signal' as const),
  signal: fc.constantFrom(...KERNEL_SIGNALS),
  line: name,
  task: fc.oneof(fc.constant(null), name),
  pid: fc.constant(7),
  device: fc.constant(null),
  seconds: fc.oneof(fc.constant(null), fc.integer({ min: -5, max: 1_000_000 })),
});
const readyFact = fc.record({
  type: fc.constant('node-ready' as const),
  status: fc.constantFrom('True' as const, 'False' as const, 'Unknown' as const),
  reason: name,
  message: fc.oneof(name, fc.constant('pleg was last seen active 3m12s ago; threshold is 3m0s')),
  since: agoMs.map((ms) => NOW - ms),
});
const anyFact: fc.Arbitrary<Fact> = fc.oneof(logFact, kernelFact, readyFact);
const told = fc.array(fc.tuple(anyFact, agoMs, fc.constantFrom('a', 'b')), { maxLength: 60 });

function timelineOf(facts: readonly (readonly [Fact, number, string])[]): Timeline {
  const it = aCase();
  for (const [fact, ago, container] of facts) {
    it.fact(fact, [entityId.node(), entityId.container(idOf(container))], NOW - ago);
  }
  return buildTimeline(new CaseView(it.build()));
}

test('no episode lies outside the time that was told of, and none ends before it begins', () => {
  fc.assert(
    fc.property(told, (facts) => {
      const { from, to, episodes } = timelineOf(facts);
      for (const e of episodes) assert.ok(from <= e.from && e.from <= e.to && e.to <= to, JSON.stringify(e));
    }),
  );
});

test('spans of Ready never overlap', () => {
  fc.assert(
    fc.property(told, (facts) => {
      const spans = timelineOf(facts).episodes.filter((e) => /^(?:not-)?ready/.test(e.kind));
      spans.forEach((span, i) => {
        const next = spans[i + 1];
        if (next !== undefined) assert.ok(span.to <= next.from, JSON.stringify([span, next]));
      });
    }),
  );
});

test('what goes on reaches to now; what is present was told of within ten minutes', () => {
  fc.assert(
    fc.property(told, (facts) => {
      const since = facts.flatMap(([fact]) => (fact.type === 'node-ready' ? [NOW - (fact.since ?? 0)] : []));
      const newest = Math.min(...[...since, ...facts.map(([, ago]) => ago)].filter((ago) => ago >= 0));
      const { episodes, to } = timelineOf(facts);
      for (const e of episodes.filter((e) => e.ended === 'going-on')) assert.equal(e.to, to);
      const stale = newest > 600_000 && episodes.some((e) => e.ended === 'going-on');
      assert.equal(stale, false);
    }),
  );
});

test('the order of observations changes nothing', () => {
  fc.assert(
    fc.property(told, (facts) => {
      const strip = (t: Timeline) => t.episodes.map(({ kind, from, to }) => ({ kind, from, to }));
      assert.deepEqual(strip(timelineOf(facts.toReversed())), strip(timelineOf(facts)));
    }),
  );
});

test('a hundred thousand hostile lines make a bounded number of episodes', () => {
  const whole = aCase().logged('container-died', 1).build();
  const [line] = whole.observations.filter((o) => o.fact.type === 'log-signal');
  assert.ok(line);
  const signals = ['container-died', 'runtime-call-timeout', 'node-became-not-ready', 'pleg-unhealthy'] as const;
  const observations = Array.from({ length: 100_000 }, (_, i) => ({
    ...line,
    id: `o${i}`,
    at: NOW - i * 20_000,
    fact: { ...line.fact, signal: signals[i % 4], line: `pod="x/p${i}" \x1b[2J`, ageMs: i % 4 === 3 ? 200_000 : null },
  }));
  const { episodes, omitted } = buildTimeline(new CaseView({ ...whole, observations } as CaseFile));
  assert.ok(episodes.length <= 4 * 400);
  assert.ok(omitted > 90_000);
});

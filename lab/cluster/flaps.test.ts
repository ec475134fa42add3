import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DiagnosisJson } from '../../src/report/schema.ts';
import { judgeAll, ofFlaps } from './flaps.ts';
import type { HeldLook } from './held.ts';
import { looked, turned } from './hold-texts.ts';
import { Timeline } from './timeline.ts';
import type { Turn } from './turns.ts';

const S = 1000;
const truth = {
  subjects: ['container'],
  flaps: { losses: 2, periodSeconds: 241, toleranceSeconds: 12 },
} as const;
const turns: readonly Turn[] = [
  { at: 0, to: 'True' },
  { at: 300 * S, to: 'False' },
  { at: 361 * S, to: 'True' },
  { at: 541 * S, to: 'False' },
  { at: 602 * S, to: 'True' },
];

/** A look at so many seconds that names the hung container and foretells Ready for then. */
function look(name: string, at: number, foretells: { loss?: number; back?: number }, hung = 'hung'): HeldLook {
  const time = (seconds: number): string => new Date(seconds * S).toISOString();
  const { loss, back } = foretells;
  const subjects = [
    { kind: 'container', id: `container:${hung}`, name: `default/three/${hung}` },
    { kind: 'shim', id: `shim:${at}`, name: `shim[${at}]` },
  ];
  const json = {
    verdict: { cause: 'container-status-hung', subjects },
    flaps: {
      nextNotReady: loss === undefined ? null : { at: time(loss), withinSeconds: 5 },
      readyAgainAt: back === undefined ? null : time(back),
    },
  } as unknown as DiagnosisJson;
  const ready = name.startsWith('not-') ? 'False' : 'True';
  return { name, ready, at: at * S, wrong: [], diagnosed: { exitCode: 1, json, text: '', tookMs: 4100 } };
}

const during = look('during', 20, {});
const rightLooks = [
  during,
  look('not-ready-1', 301, { back: 366, loss: 545 }),
  look('ready-1', 362, { loss: 541 }),
  look('not-ready-2', 542, { back: 602, loss: 782 }),
  look('ready-2', 603, { loss: 782 }),
];
const wrongOf = (looks: readonly HeldLook[]) => ofFlaps(truth, looks, turns, judgeAll(looks, turns, 610 * S));

test('the same container each time and forecasts that come true, or are not due yet, are the truth', () => {
  assert.deepEqual(wrongOf(rightLooks), []);
});

test('a scenario without flaps asks nothing of them', () => {
  assert.deepEqual(ofFlaps({ subjects: ['container'] }, rightLooks, [], []), []);
});

test('another container at one look is told', () => {
  const [one, ...others] = rightLooks.toReversed();
  assert.ok(one);
  const looks = [...others.toReversed(), look('ready-2', 603, { loss: 782 }, 'good')];
  assert.deepEqual(wrongOf(looks), ['ready-2 names container:good, during names container:hung']);
});

test('a look at a node that flaps which foretells no loss is told; one before the first loss may know too little', () => {
  assert.deepEqual(wrongOf([during, look('ready-1', 362, {})]), ['ready-1: the next loss of Ready is not foretold']);
});

test('a forecast that did not come true is told', () => {
  assert.match(wrongOf([look('ready-1', 362, { loss: 560 })])[0] ?? '', /^ready-1: .* came 19 s earlier$/);
});

const timeline = new Timeline(() => undefined, 0);
const clock = (at: number): string => timeline.clock(at);

test('a turn is told with what was foretold of it', () => {
  const turn = { at: 541 * S, to: 'False' } as const;
  const due = judgeAll(rightLooks, turns, turn.at).filter((f) => f.came === turn.at);
  assert.equal(
    turned(turn, due, clock).en,
    'Ready=False, as foretold at 5:01 for 9:05 (4 s off), at 6:02 for 9:01 (0 s off)',
  );
  assert.equal(turned(turn, [], clock).en, 'Ready=False');
});

test('a look is told with its verdict and what it foretells', () => {
  const first = rightLooks[1];
  assert.ok(first);
  assert.equal(
    looked(first, truth.subjects, clock).en,
    'notready, in 4.1s: container-status-hung, default/three/hung; foretells Ready at 6:06, NotReady at 9:05',
  );
});

test('the clock of a timeline counts minutes and seconds from its start, and back', () => {
  assert.deepEqual(
    [0, 65, -2, 3600].map((s) => clock(s * S)),
    ['0:00', '1:05', '-0:02', '60:00'],
  );
});

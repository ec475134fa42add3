import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '../../pleg/virtual-clock.ts';
import { type Behaviour, runningPod, VirtualRuntime } from '../../pleg/virtual-runtime.ts';
import { DEFAULT_PROOF, type ProofTerms } from '../policy/policy.ts';
import { prove } from './prove.ts';
import { type NodeState, proveReady } from './prove-ready.ts';
import { proveRelists } from './prove-relists.ts';

const TERMS: ProofTerms = { ...DEFAULT_PROOF, relists: 3, withinMs: 1000, steadyMs: 10_000, timeoutMs: 60_000 };
const NEVER = new AbortController().signal;

async function relists(told: ReadonlyMap<string, Behaviour>, healsAt: number | null = null) {
  const clock = new VirtualClock();
  const runtime = new VirtualRuntime(clock, (_, id) =>
    healsAt !== null && clock.now() >= healsAt ? 1 : (told.get(id ?? '') ?? 1),
  );
  runtime.put(runningPod('a'));
  runtime.put(runningPod('b'));
  const proof = proveRelists(runtime, clock, TERMS, NEVER);
  clock.run(TERMS.timeoutMs + 1000);
  return proof;
}

test('so many sound relists in a row prove the node, each container asked each time', async () => {
  const proof = await relists(new Map());
  assert.equal(proof.ok, true);
  assert.match(proof.text.en, /3 relists in a row/);
});

test('one container that hangs is no proof, and is named', async () => {
  const proof = await relists(new Map([['b-main', 'hang']]));
  assert.equal(proof.ok, false);
  assert.match(proof.text.en, /asked in vain: b-main/);
});

test('a node that becomes well while it is proven counts', async () => {
  assert.equal((await relists(new Map([['b-main', 'hang']]), 20_000)).ok, true);
});

test('a container that hangs after sound relists, before Ready has held, is no proof', async () => {
  const clock = new VirtualClock();
  const runtime = new VirtualRuntime(clock, () => (clock.now() >= 10_000 ? 'hang' : 1));
  runtime.put(runningPod('a'));
  const ready = Promise.withResolvers<{ ok: boolean; text: { en: string; zh: string } }>();
  const proof = proveRelists(runtime, clock, TERMS, NEVER, ready.promise);
  clock.run(20_000);
  ready.resolve({ ok: true, text: { en: '', zh: '' } });
  await ready.promise;
  clock.run(TERMS.timeoutMs);
  assert.equal((await proof).ok, false);
});

/** Time passes only where it is waited for. */
async function ready(states: (at: number) => NodeState | null) {
  let now = 0;
  const waiting = {
    now: () => now,
    pause: async (ms: number) => {
      now += ms;
    },
  };
  const proof = await proveReady(async () => states(now), TERMS, waiting, NEVER);
  return { ...proof, at: now };
}

const GOOD: NodeState = { ready: true, readySince: 5, notRunning: [] };

test('Ready must hold for the stated time', async () => {
  const { ok, at } = await ready((now) => ({ ...GOOD, ready: now >= 20_000 }));
  assert.ok(ok && at >= 30_000);
});

test('a turn that both looks missed is a flap', async () => {
  const { ok, at } = await ready((now) => ({ ...GOOD, readySince: now < 8000 ? 5 : 7500 }));
  assert.ok(ok && at >= 18_000);
});

test('pods that do not run, and an API server that is gone, are said', async () => {
  const stuck = await ready(() => ({ ...GOOD, notRunning: [{ pod: 'shop/cart-0', why: 'Pending' }] }));
  assert.equal(stuck.ok, false);
  assert.match(stuck.text.en, /shop\/cart-0 \(Pending\)/);
  const gone = await ready(() => null);
  assert.match(gone.text.en, /API server does not answer/);
});

test('with nothing to ask nothing is proven', async () => {
  const none = { runtime: null, stateOf: null, clock: new VirtualClock(), now: () => 0, pause: async () => undefined };
  assert.equal((await prove(none, TERMS, NEVER, () => undefined)).ok, false);
});

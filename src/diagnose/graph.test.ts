import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase } from '../../test/support/case.ts';
import type { Effect, State, Status } from '../causes/cause.ts';
import type { StateId } from '../causes/slugs.ts';
import { CaseView } from '../evidence/view.ts';
import { verbatim } from '../text/text.ts';
import { buildChain } from './chain.ts';
import { buildGraph } from './graph.ts';
import { findRoot } from './verdict.ts';

const view = new CaseView(aCase().build());

type Leads = Partial<Pick<Effect, 'links' | 'inevitable'>>;

/** A state with a given status that leads to others. */
function state(id: StateId, status: Status, leadsTo: Partial<Record<StateId, Leads>> = {}, confidence = 0.9): State {
  const assessment = { status, confidence, subjects: [], evidence: [], against: [], missing: [], summary: null };
  return {
    id,
    title: verbatim(id),
    assess: () => assessment,
    leadsTo: Object.entries(leadsTo).map(([to, how]) => ({
      state: to as StateId,
      mechanism: verbatim(`${id} brings about ${to}`),
      reference: { title: '', where: '' },
      ...how,
    })),
  };
}

const rootOf = (...states: State[]) => findRoot(buildGraph(view, states));
const chainOf = (...states: State[]) =>
  buildChain(buildGraph(view, states), states[0]?.id ?? 'node-not-ready').map((l) => `${l.state}:${l.status}`);

test('a confirmed cause that another confirmed cause brought about is not the root', () => {
  const found = rootOf(
    state('container-status-hung', 'confirmed'),
    state('storage-unresponsive', 'confirmed', { 'threads-stuck': {} }),
    state('threads-stuck', 'confirmed', { 'container-status-hung': {} }),
  );
  assert.deepEqual(found, { kind: 'cause', root: 'storage-unresponsive', others: [], behind: [] });
});

test('a mechanism that does not hold between these two explains nothing', () => {
  const found = rootOf(
    state('storage-unresponsive', 'confirmed', { 'container-status-hung': { links: () => false } }),
    state('container-status-hung', 'confirmed', { 'status-calls-hang': {} }),
    state('status-calls-hang', 'confirmed'),
  );
  assert.deepEqual(found, {
    kind: 'cause',
    root: 'container-status-hung',
    others: ['storage-unresponsive'],
    behind: [],
  });
});

test('a likely cause is the verdict only where none is confirmed', () => {
  const likely = state('cpu-starvation', 'likely', { 'list-calls-hang': {} });
  assert.equal(rootOf(likely, state('zombie-not-reaped', 'possible')).kind, 'cause');
  const found = rootOf(likely, state('disk-full', 'confirmed'), state('list-calls-hang', 'confirmed'));
  assert.deepEqual(found, { kind: 'cause', root: 'disk-full', others: [], behind: [] });
});

test('of independent causes the one whose effects come nearest to Ready leads', () => {
  const found = rootOf(
    state('storage-unresponsive', 'confirmed', { 'container-unkillable': {} }),
    state('runtime-down', 'confirmed', { 'list-calls-hang': {} }),
    state('container-unkillable', 'confirmed'),
    state('list-calls-hang', 'confirmed'),
  );
  assert.deepEqual(found, { kind: 'cause', root: 'runtime-down', others: ['storage-unresponsive'], behind: [] });
});

test('two causes that bring each other about leave one root', () => {
  const found = rootOf(
    state('memory-pressure', 'confirmed', { 'io-saturation': {} }),
    state('io-saturation', 'confirmed', { 'memory-pressure': {} }),
  );
  assert.deepEqual(found, { kind: 'cause', root: 'io-saturation', others: [], behind: [] });
});

test('symptoms without a cause are undetermined; causes merely possible do not change that', () => {
  const found = rootOf(state('pleg-unhealthy', 'confirmed'), state('disk-full', 'possible'));
  assert.deepEqual(found, { kind: 'undetermined' });
});

test('a symptom that is merely likely is no alarm', () => {
  assert.deepEqual(rootOf(state('runtime-calls-slow', 'likely')), { kind: 'healthy' });
});

test('the chain takes the way to the state nearest to Ready, and of equal ways the longest', () => {
  const chain = chainOf(
    state('storage-unresponsive', 'confirmed', { 'container-unkillable': {}, 'threads-stuck': {} }),
    state('threads-stuck', 'confirmed', { 'container-unkillable': {} }),
    state('container-unkillable', 'likely'),
  );
  assert.deepEqual(chain, ['storage-unresponsive:confirmed', 'threads-stuck:confirmed', 'container-unkillable:likely']);
});

test('what must follow is expected; what the evidence rules out is not', () => {
  const root = state('runtime-down', 'confirmed', { 'list-calls-hang': { inevitable: true } });
  const list = state('list-calls-hang', 'not-examined', { 'relist-slow': { inevitable: true } });
  assert.deepEqual(chainOf(root, list, state('relist-slow', 'ruled-out')), [
    'runtime-down:confirmed',
    'list-calls-hang:expected',
  ]);
  assert.deepEqual(chainOf(root, list, state('relist-slow', 'not-examined')).at(-1), 'relist-slow:expected');
});

test('what may follow but need not is not claimed', () => {
  const chain = chainOf(
    state('disk-full', 'confirmed', { 'pods-cannot-start': {} }),
    state('pods-cannot-start', 'not-examined'),
  );
  assert.deepEqual(chain, ['disk-full:confirmed']);
});

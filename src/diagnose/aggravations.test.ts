import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase } from '../../test/support/case.ts';
import type { Assessment, State } from '../causes/cause.ts';
import type { StateId } from '../causes/slugs.ts';
import { CaseView } from '../evidence/view.ts';
import { verbatim } from '../text/text.ts';
import { aggravationsOf } from './aggravations.ts';
import { buildChain } from './chain.ts';
import { buildGraph } from './graph.ts';
import { findRoot } from './verdict.ts';

const view = new CaseView(aCase().build());

function state(id: StateId, status: Assessment['status'], ...leadsTo: readonly StateId[]): State {
  const assessment = { status, confidence: 0.8, subjects: [], evidence: [], against: [], missing: [], summary: null };
  const reference = { title: '', where: '' };
  return {
    id,
    title: verbatim(id),
    assess: () => assessment,
    leadsTo: leadsTo.map((to) => ({ state: to, mechanism: verbatim('so'), reference })),
  };
}

function worseBy(...states: readonly State[]) {
  const graph = buildGraph(view, states);
  const found = findRoot(graph);
  return aggravationsOf(graph, found, found.kind === 'cause' ? buildChain(graph, found.root) : []);
}

const hung = state('container-status-hung', 'confirmed', 'relist-slow');
const slow = state('relist-slow', 'confirmed');

test('a likely shortage that slows the same relist makes it worse', () => {
  assert.deepEqual(worseBy(hung, slow, state('cpu-starvation', 'likely', 'relist-slow')), ['cpu-starvation']);
});

test('a shortage of which nothing on the chain suffers does not', () => {
  const elsewhere = state('cpu-starvation', 'likely', 'pods-cannot-start');
  assert.deepEqual(worseBy(hung, slow, elsewhere, state('pods-cannot-start', 'confirmed')), []);
});

test('neither does what the root brought about, nor a second fault, which is told as such', () => {
  const memory = state('memory-pressure', 'confirmed', 'cpu-starvation', 'relist-slow');
  assert.deepEqual(worseBy(memory, slow, state('cpu-starvation', 'likely', 'relist-slow')), []);
  assert.deepEqual(worseBy(hung, slow, state('cpu-starvation', 'confirmed', 'relist-slow')), []);
});

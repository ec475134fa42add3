import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder } from '../../test/support/case.ts';
import { CAUSES } from '../causes/index.ts';
import { SYMPTOMS } from '../causes/states/index.ts';
import { CaseView } from '../evidence/view.ts';
import { TOPICS } from '../evidence/vocabulary/limits.ts';
import { buildGraph } from './graph.ts';
import { adviseNext, nextTopics } from './next-steps.ts';

const next = (given: CaseBuilder) => {
  const view = new CaseView(given.build());
  return nextTopics(buildGraph(view, [...CAUSES, ...SYMPTOMS]), CAUSES, ['pleg-unhealthy']);
};

const nothingSeen = (why: 'not-here' | 'no-permission') => TOPICS.reduce((it, topic) => it.gap(topic, why), aCase());

test('of an unhealthy PLEG: first the process table, then what costs more; what cannot be behind it is not asked for', () => {
  const topics = next(nothingSeen('not-here'));
  assert.deepEqual([topics[0], topics.includes('certificates')], ['processes', false]);
  const calls = topics.findIndex((t) => t === 'docker' || t === 'cri');
  assert.ok(calls > 0, topics.join());
});

test('three steps at most; asking either runtime is one', () => {
  assert.ok(next(nothingSeen('no-permission')).filter((t) => t !== 'cri').length <= 3);
});

test('what is to be seen on the node alone is said once, with its commands', () => {
  const view = new CaseView(nothingSeen('not-here').build());
  const { en } = adviseNext(['processes', 'docker'], view);
  assert.equal(en.match(/on the node itself/g)?.length, 1);
  assert.match(en, /ps -eLo.*docker version/);
  assert.equal(adviseNext([], view).en, '');
});

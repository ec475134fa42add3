import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTAINER_ID, frozenStorageCase } from '../../test/support/case-samples.ts';
import { entityId } from './entity.ts';
import type { Fact } from './observation.ts';
import { CaseRecorder } from './recorder.ts';
import { CaseView } from './view.ts';

const THREAD = entityId.thread(23760, 23771);
const MOUNT = entityId.mount('host', '7:0', '/srv/data');

/** A case file of gaps and memory facts about the node, in this order. */
function viewOf(...facts: readonly (readonly [fact: Fact, at: number])[]): CaseView {
  const recorder = new CaseRecorder(() => 100);
  const source = recorder.probe('x').source('y', null);
  for (const [fact, at] of facts) source.observe(fact, [entityId.node()], at);
  return new CaseView(recorder.finish('0'));
}

function gap(topic: 'docker' | 'cri', why: 'absent' | 'failed', partial: boolean): Fact {
  return { type: 'gap', topic, why, partial, detail: '' };
}

function load(load1: number): Fact {
  return { type: 'load', load1, load5: 0, load15: 0, runnable: 1, tasks: 1 };
}

test('facts are found by type, by entity and by both', () => {
  const view = new CaseView(frozenStorageCase());
  assert.deepEqual(
    view.all('thread').map((o) => o.fact.wchan),
    ['percpu_rwsem_wait'],
  );
  assert.equal(view.about(MOUNT, 'thread').length, 1);
  assert.equal(view.about(MOUNT, 'process').length, 0);
  assert.equal(view.fact(THREAD, 'thread')?.syscall?.path, '/data/5');
  assert.equal(view.fact(THREAD, 'mount'), null);
});

test('links lead both ways', () => {
  const view = new CaseView(frozenStorageCase());
  assert.deepEqual(view.to(THREAD, 'waits-on'), [MOUNT]);
  assert.deepEqual(view.from(MOUNT, 'waits-on'), [THREAD]);
  assert.deepEqual(view.from(entityId.container(CONTAINER_ID), 'in-container'), ['process:23760']);
  assert.deepEqual(view.to(MOUNT, 'waits-on'), []);
});

test('an observation leads to its source', () => {
  const view = new CaseView(frozenStorageCase());
  const [observation] = view.all('thread');
  assert.ok(observation);
  assert.equal(view.source(observation)?.what, '/proc/23760/task/23771/stack');
  assert.equal(view.observation(observation.id), observation);
  assert.equal(view.observation('o999'), null);
});

test('entities are found by id and by kind', () => {
  const view = new CaseView(frozenStorageCase());
  assert.equal(view.entity(MOUNT)?.attrs.device, '/dev/loop0');
  assert.deepEqual(
    view.entities('device').map((e) => e.name),
    ['/dev/loop0'],
  );
  assert.equal(view.entity(entityId.process(1)), null);
});

test('the latest fact is the newest by its own time; of two at one time, the later written', () => {
  const view = viewOf([load(1), 50], [load(2), 90], [load(3), 20]);
  assert.equal(view.fact(entityId.node(), 'load')?.load1, 2);
  assert.equal(viewOf([load(1), 50], [load(2), 50]).fact(entityId.node(), 'load')?.load1, 2);
});

test('a topic counts as examined unless the whole of it could not be looked at', () => {
  assert.equal(viewOf().examined('docker'), true);
  assert.equal(viewOf([gap('docker', 'failed', true), 1]).examined('docker'), true);
  assert.equal(viewOf([gap('docker', 'absent', false), 1]).examined('docker'), true);
  assert.equal(viewOf([gap('docker', 'failed', false), 1]).examined('docker'), false);
  assert.equal(viewOf([gap('docker', 'failed', false), 1]).examined('cri'), true);
});

test('now is the end of the examination', () => {
  assert.equal(new CaseView(frozenStorageCase()).now, Date.UTC(2026, 10, 24, 6, 31, 2, 400));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseFileSchema } from './case-file.ts';
import { entityId } from './entity.ts';
import type { Fact } from './observation.ts';
import { CaseRecorder } from './recorder.ts';

const NODE = entityId.node();

function gap(detail: string): Fact {
  return { type: 'gap', topic: 'docker', why: 'failed', partial: true, detail };
}

function recorder() {
  const clock = { now: 1000 };
  return { clock, recorder: new CaseRecorder(() => clock.now) };
}

test('a fact keeps its source, its time and what it is about', () => {
  const { clock, recorder: r } = recorder();
  const probe = r.probe('docker');
  const source = probe.source('GET /version', 'docker version');
  clock.now = 1040;
  source.observe(gap('now'), [NODE]);
  source.observe(gap('then'), [NODE], 500);
  source.end({ status: 'partial', error: 'cut' });
  clock.now = 1100;
  const caseFile = r.finish('1.2.3');
  assert.deepEqual(caseFile.examined, { from: 1000, to: 1100 });
  assert.deepEqual(caseFile.tool, { name: 'notready', version: '1.2.3' });
  assert.deepEqual(caseFile.sources, [
    {
      id: 's1',
      probe: 'docker',
      what: 'GET /version',
      command: 'docker version',
      startedAt: 1000,
      tookMs: 40,
      status: 'partial',
      error: 'cut',
    },
  ]);
  assert.deepEqual(
    caseFile.observations.map((o) => [o.id, o.at, o.source, o.about]),
    [
      ['o1', 1040, 's1', [NODE]],
      ['o2', 500, 's1', [NODE]],
    ],
  );
});

test('probes stand in the order they were made, however their writes interleave', () => {
  const { recorder: r } = recorder();
  const [first, second] = [r.probe('first'), r.probe('second')];
  second.source('b', null).end({ status: 'ok' });
  first.source('a', null).end({ status: 'ok' });
  assert.deepEqual(
    r.finish('0').sources.map((s) => s.what),
    ['a', 'b'],
  );
});

test('a source that never ended counts as timeout, for as long as it was out', () => {
  const { clock, recorder: r } = recorder();
  r.probe('docker').source('GET /info', null);
  clock.now = 9500;
  const [source] = r.finish('0').sources;
  assert.equal(source?.status, 'timeout');
  assert.equal(source?.tookMs, 8500);
});

test('what a probe writes after the end is dropped', () => {
  const { recorder: r } = recorder();
  const probe = r.probe('docker');
  const source = probe.source('GET /info', null);
  const before = r.finish('0');
  source.observe(gap('late'), [NODE]);
  source.end({ status: 'ok' });
  probe.entity(NODE, 'late');
  probe.source('later', null).observe(gap('late'), [NODE]);
  assert.deepEqual(r.finish('0'), before);
});

test('an entity that two probes name is one, with the attributes of both', () => {
  const { recorder: r } = recorder();
  const pod = entityId.pod('5d1f');
  r.probe('docker').entity(pod, 'web-0', { namespace: 'default' });
  r.probe('cri').entity(pod, 'web-0', { uid: '5d1f' });
  assert.deepEqual(r.finish('0').entities, [
    { id: pod, kind: 'pod', name: 'web-0', attrs: { namespace: 'default', uid: '5d1f' } },
  ]);
});

test('an entity only spoken of is in the case file by its id, so that no reference leads nowhere', () => {
  const { recorder: r } = recorder();
  const probe = r.probe('processes');
  probe.link(entityId.process(7), 'in-container', entityId.container('abc'));
  probe.source('/proc', null).observe(gap('x'), [NODE]);
  assert.deepEqual(
    r.finish('0').entities.map((e) => [e.id, e.kind, e.name]),
    [
      ['process:7', 'process', '7'],
      ['container:abc', 'container', 'abc'],
      ['node:this', 'node', 'this'],
    ],
  );
});

test('a link told twice is there once', () => {
  const { recorder: r } = recorder();
  const probe = r.probe('processes');
  for (let i = 0; i < 2; i++) probe.link(entityId.process(7), 'child-of', entityId.process(1));
  assert.equal(r.finish('0').links.length, 1);
});

test('control characters and secrets are gone from every text, names and arguments too', () => {
  const { recorder: r } = recorder();
  const probe = r.probe('daemons');
  const id = entityId.component('dockerd', 1);
  probe.entity(id, 'docker\x1bd', { note: 'token=abcdef' });
  const source = probe.source('x', 'curl -u bob:hunter2 x');
  source.observe(
    {
      type: 'component',
      name: 'dockerd',
      pid: 1,
      state: 'S',
      lasting: true,
      threadStates: { S: 3 },
      startedAt: null,
      exe: null,
      version: null,
      args: ['dockerd', '--token', 'abc', '--label', 'password=x1'],
      listensOn: [],
      startedBy: null,
    },
    [id],
  );
  const caseFile = r.finish('0');
  assert.deepEqual(caseFile.entities[0], {
    id,
    kind: 'component',
    name: 'docker\\x1bd',
    attrs: { note: 'token=[redacted]' },
  });
  assert.equal(caseFile.sources[0]?.command, 'curl -u bob:[redacted] x');
  const [observation] = caseFile.observations;
  assert.ok(observation?.fact.type === 'component');
  assert.deepEqual(observation.fact.args, ['dockerd', '--token', '[redacted]', '--label', 'password=[redacted]']);
});

test('two names that are the same once their secrets are out are one entity', () => {
  const { recorder: r } = recorder();
  const probe = r.probe('mounts');
  probe.entity(entityId.mount('host', '0:1', '/mnt/token=aaa111'), 'a');
  probe.entity(entityId.mount('host', '0:1', '/mnt/token=bbb222'), 'b');
  const { entities } = r.finish('0');
  assert.deepEqual(
    entities.map((e) => e.id),
    ['mount:host:0:1:/mnt/token=[redacted]'],
  );
});

test('a finished case file fits its schema', () => {
  const { recorder: r } = recorder();
  r.probe('docker').source('x', null).observe(gap('y'), [NODE]);
  const caseFile = r.finish('0');
  assert.deepEqual(caseFileSchema.parse(caseFile), caseFile);
});

test('a secret that the longest text kept cuts through is taken out all the same', () => {
  const { recorder: r } = recorder();
  r.probe('kubelet-log')
    .source('x', null)
    .observe(gap(`${'x'.repeat(4070)} postgres://u:hunter2hunter2@db/x`), [NODE]);
  const [observation] = r.finish('0').observations;
  assert.ok(observation?.fact.type === 'gap');
  assert.equal(observation.fact.detail.length, 4096);
  assert.doesNotMatch(observation.fact.detail, /hunter/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FakeAnswer, fakeDocker } from '../../test/support/fake-docker.ts';
import { runEngineProbe } from '../../test/support/run-engine-probe.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import type { SurveyedProcess } from '../host/survey.ts';
import { dockerProbe } from './docker.ts';
import type { Endpoint } from './endpoints.ts';

// The servers here are stand-ins that speak the Engine API: how a real dockerd hangs is tested elsewhere.

const id = (n: number) => n.toString(16).padStart(64, '0');
const at = (path: string, over: Partial<Endpoint> = {}): Endpoint => ({
  path,
  kinds: ['docker'],
  foundBy: 'flag',
  listenerPid: null,
  ...over,
});

function listed(n: number, over: Record<string, unknown> = {}) {
  return { Id: id(n), Names: [`/c${n}`], Image: 'bb:1', Created: 1795502555, State: 'running', Labels: {}, ...over };
}

function inspected(n: number, state: Record<string, unknown> = {}, over: Record<string, unknown> = {}) {
  const State = { Status: 'running', Pid: 100 + n, ExitCode: 0, OOMKilled: false, ...state };
  return { Id: id(n), Name: `/c${n}`, Created: '2026-11-24T06:42:35.8Z', RestartCount: 0, State, ...over };
}

interface Fake {
  list: FakeAnswer;
  inspect?: (n: number) => FakeAnswer | null;
  version?: FakeAnswer;
}

function engine({ list, inspect, version }: Fake) {
  return (path: string): FakeAnswer | null => {
    if (path === '/version') return version ?? { json: { Version: '20.10.24', ApiVersion: '1.41' } };
    if (path === '/info')
      return version ?? { json: { DockerRootDir: '/d', CgroupDriver: 'cgroupfs', LiveRestoreEnabled: true } };
    if (path.startsWith('/containers/json')) return list;
    const n = Number.parseInt(/^\/containers\/(\w+)\/json$/.exec(path)?.[1] ?? '', 16);
    return (inspect ?? ((m) => ({ json: inspected(m) })))(n);
  };
}

test('engine, containers, their pods and processes are written down', async (t) => {
  const name = '/k8s_app_web-0_default_u-1_4';
  const labels = { 'io.kubernetes.sandbox.id': id(77) };
  const list = { json: [listed(1), listed(2, { Names: [name], Labels: labels })] };
  const path = await fakeDocker(t, engine({ list }));
  const view = new CaseView(await runEngineProbe(dockerProbe, { endpoints: [at(path)] }));
  const engineId = entityId.engine('docker', `unix://${path}`);
  const told = view.fact(engineId, 'engine');
  assert.deepEqual([told?.version, told?.rootDir, told?.liveRestore], ['20.10.24', '/d', true]);
  assert.equal(view.fact(engineId, 'container-counts')?.byState.running, 2);
  const app = entityId.container(id(2));
  assert.equal(view.entity(app)?.name, 'web-0/app');
  assert.deepEqual(view.to(app, 'member-of'), [entityId.pod('u-1')]);
  assert.deepEqual(view.to(app, 'runs'), [entityId.process(102)]);
  assert.deepEqual(view.to(app, 'served-by'), [engineId]);
  const fact = view.fact(app, 'container');
  assert.deepEqual([fact?.restarts, fact?.sandboxId, fact?.sandboxGone], [4, id(77), true]);
  assert.deepEqual(view.all('gap'), []);
});

test('containers whose inspect hangs are named, and do not hold up the rest', async (t) => {
  const list = { json: Array.from({ length: 40 }, (_, n) => listed(n + 1)) };
  const inspect = (n: number): FakeAnswer => (n <= 20 ? 'hang' : { json: inspected(n) });
  const path = await fakeDocker(t, engine({ list, inspect }));
  const view = new CaseView(await runEngineProbe(dockerProbe, { endpoints: [at(path)], callTimeoutMs: 1500 }));
  const calls = view.all('call').filter((c) => c.fact.call === 'status');
  const hung = calls.filter((c) => c.fact.outcome === 'timeout');
  assert.deepEqual([calls.length, hung.length], [40, 20]);
  assert.deepEqual(
    hung.map((c) => String(c.about[1])).sort(),
    Array.from({ length: 20 }, (_, n) => entityId.container(id(n + 1))),
  );
  assert.equal(view.all('container').length, 40, 'the hung ones as they were listed');
  const source = hung[0] && view.source(hung[0]);
  assert.match(source?.command ?? '', /^docker -H unix:\/\/\S+ inspect 0{62}/, 'evidence cites the very command');
  assert.equal(view.all('call').find((c) => c.fact.call === 'list')?.fact.outcome, 'ok');
});

test('a container removed between the list and its inspect is no failed call', async (t) => {
  const list = { json: [listed(1), listed(2)] };
  const inspect = (n: number): FakeAnswer =>
    n === 1 ? { status: 404, message: 'No such container' } : { status: 500, message: 'layer does not exist' };
  const path = await fakeDocker(t, engine({ list, inspect }));
  const view = new CaseView(await runEngineProbe(dockerProbe, { endpoints: [at(path)] }));
  const statuses = view.all('call').filter((c) => c.fact.call === 'status');
  assert.deepEqual(
    statuses.map((c) => [c.about[1], c.fact.errorCode]),
    [[entityId.container(id(2)), '500']],
  );
});

test('a daemon that answers nothing leaves timeouts and a gap', async (t) => {
  const path = await fakeDocker(t, () => 'hang');
  const view = new CaseView(await runEngineProbe(dockerProbe, { endpoints: [at(path)], callTimeoutMs: 150 }));
  const outcomes = view.all('call').map((c) => `${c.fact.call} ${c.fact.outcome}`);
  assert.deepEqual(outcomes.sort(), ['info timeout', 'list timeout', 'version timeout']);
  assert.deepEqual(
    view.all('gap').map((g) => [g.fact.why, g.fact.partial]),
    [['stuck', true]],
  );
  assert.equal(view.all('engine')[0]?.fact.version, null);
});

test('where only the list hangs, containers are known by their shims', async (t) => {
  const shim = (pid: number, args: string[]): SurveyedProcess => {
    return { pid, ppid: 1, comm: 'containerd-shim', state: 'S', startTicks: 1, threads: 9, exe: null, args };
  };
  const shims = [
    shim(11, ['containerd-shim-runc-v2', '-namespace', 'moby', '-id', id(1)]),
    shim(12, ['docker-containerd-shim', id(2), '/bundle', 'docker-runc']),
    shim(13, ['containerd-shim-runc-v2', '-namespace', 'k8s.io', '-id', id(3)]),
    shim(14, ['docker-containerd-shim', id(4), '/bundle', 'docker-runc']),
  ];
  const inspect = (n: number): FakeAnswer => {
    if (n === 4) return { status: 404, message: 'No such container' };
    return n === 2 ? 'hang' : { json: inspected(n, {}, { Config: { Image: 'bb:1', Labels: {} } }) };
  };
  const path = await fakeDocker(t, engine({ list: 'hang', inspect }));
  const survey = { at: 0, processes: new Map(shims.map((s) => [s.pid, s])) };
  const view = new CaseView(await runEngineProbe(dockerProbe, { endpoints: [at(path)], survey, callTimeoutMs: 300 }));
  const statuses = view.all('call').filter((c) => c.fact.call === 'status');
  const outcomes = statuses.map((c) => `${c.about[1]} ${c.fact.outcome}`);
  assert.deepEqual(outcomes.sort(), [`container:${id(1)} ok`, `container:${id(2)} timeout`]);
  assert.equal(view.fact(entityId.container(id(1)), 'container')?.name, 'c1');
});

test('of very many exited containers a sample is asked, the others are written down as listed', async (t) => {
  const many = Array.from({ length: 600 }, (_, n) => listed(n + 1, { State: 'exited', Created: 1795500000 + n }));
  const list = { json: [...many, listed(1000)] };
  const path = await fakeDocker(
    t,
    engine({ list, inspect: (n) => ({ json: inspected(n, { Pid: 0, Status: 'exited' }) }) }),
  );
  const view = new CaseView(await runEngineProbe(dockerProbe, { endpoints: [at(path)] }));
  const asked = view.all('call').filter((c) => c.fact.call === 'status');
  assert.equal(asked.length, 201);
  assert.equal(
    asked.some((c) => c.about[1] === entityId.container(id(600))),
    true,
    'the newest',
  );
  assert.equal(
    asked.some((c) => c.about[1] === entityId.container(id(1))),
    false,
    'not the oldest',
  );
  assert.equal(view.all('container').length, 601);
  assert.deepEqual(view.all('container-counts')[0]?.fact.byState, { exited: 600, running: 1 });
  assert.match(view.all('gap')[0]?.fact.detail ?? '', /400 of 600 exited containers/);
});

test('no socket is an absent topic; a refused one is a fact, not a gap', async () => {
  const none = new CaseView(await runEngineProbe(dockerProbe, { endpoints: [] }));
  assert.deepEqual(
    none.all('gap').map((g) => [g.fact.topic, g.fact.why, g.fact.partial]),
    [['docker', 'absent', false]],
  );
  assert.equal(none.examined('docker'), true);
  const gone = new CaseView(await runEngineProbe(dockerProbe, { endpoints: [at('/nonexistent/docker.sock')] }));
  const [connect] = gone.all('call');
  assert.deepEqual([connect?.fact.call, connect?.fact.errorCode], ['connect', 'ENOENT']);
  assert.deepEqual(gone.all('gap'), []);
  assert.equal(gone.all('engine').length, 1);
});

test('a socket of which nothing is known is left alone when something else answers', async (t) => {
  const path = await fakeDocker(t, () => ({ raw: 'hello' }));
  const guess = at(path, { kinds: ['docker', 'cri', 'containerd'] });
  const view = new CaseView(await runEngineProbe(dockerProbe, { endpoints: [guess] }));
  assert.deepEqual(view.all('engine'), []);
  assert.deepEqual(
    view.all('gap').map((g) => g.fact.why),
    ['absent'],
  );
});

test('a container restarted over and over is said to loop', async (t) => {
  const now = Date.UTC(2026, 10, 24, 6, 0, 0);
  const ago = (s: number) => new Date(now - s * 1000).toISOString();
  const state = { Status: 'restarting', Pid: 0, ExitCode: 1, StartedAt: ago(9), FinishedAt: ago(8) };
  const path = await fakeDocker(
    t,
    engine({
      list: { json: [listed(1, { State: 'restarting' })] },
      inspect: (n) => ({ json: inspected(n, state, { RestartCount: 11 }) }),
    }),
  );
  const view = new CaseView(await runEngineProbe(dockerProbe, { endpoints: [at(path)] }));
  const fact = view.all('container')[0]?.fact;
  assert.deepEqual([fact?.crashLooping, fact?.restarts, fact?.exitCode], [true, 11, 1]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examineMachine, statLine } from '../../test/support/daemon-machine.ts';
import type { RecordedMachine } from '../../test/support/recorded-host.ts';
import { entityId } from '../evidence/entity.ts';
import { componentsProbe } from './components.ts';
import { UNITS } from './daemons/absent.ts';
import { showCommand } from './systemd/show-units.ts';

const SOCKET = '/tmp/d/docker.sock';

/** A dockerd with two threads on a machine without systemd. */
function machine(state = 'S'): RecordedMachine {
  return {
    files: {
      '/proc/stat': 'cpu 1 1 1 1 1 1 1 1 0 0\nbtime 1795500000\n',
      '/proc/1/stat': statLine(1, 'init', 0),
      '/proc/7/stat': statLine(7, 'dockerd', 1, state),
      '/proc/7/cmdline': 'dockerd\0-H\0unix:///tmp/d/docker.sock\0',
      '/proc/7/cgroup': '0::/\n',
      '/proc/7/task/7/stat': statLine(7, 'dockerd', 1, state),
      '/proc/7/task/8/stat': statLine(8, 'dockerd', 1, state),
      '/proc/7/net/unix': `0000000000000001: 00000002 00000000 00010000 0001 01 4242 ${SOCKET}\n`,
      '/proc/self/net/unix': `0000000000000001: 00000002 00000000 00010000 0001 01 4242 ${SOCKET}\n`,
    },
    links: {
      '/proc/7/exe': '/usr/sbin/dockerd',
      '/proc/7/fd/5': 'socket:[4242]',
      '/proc/7/ns/mnt': 'mnt:[1]',
      '/proc/1/ns/mnt': 'mnt:[1]',
      '/proc/self/ns/mnt': 'mnt:[1]',
    },
    programs: { '/usr/sbin/dockerd --version': { code: 0, stdout: 'Docker version 20.10.24+dfsg1, build 297e128\n' } },
  };
}

test('a daemon that runs: state, age, version, sockets, and the engine it serves', async () => {
  const view = await examineMachine(componentsProbe, machine(), [
    { path: SOCKET, kinds: ['docker'], foundBy: 'listening', listenerPid: 7 },
  ]);
  const [dockerd] = view.all('component');
  assert.deepEqual(dockerd?.fact, {
    type: 'component',
    name: 'dockerd',
    pid: 7,
    state: 'S',
    lasting: true,
    threadStates: { S: 2 },
    startedAt: 1_795_500_012_000,
    exe: '/usr/sbin/dockerd',
    version: '20.10.24+dfsg1',
    args: ['dockerd', '-H', 'unix:///tmp/d/docker.sock'],
    listensOn: [SOCKET],
    startedBy: null,
  });
  const component = entityId.component('dockerd', 7);
  assert.deepEqual(dockerd?.about, [component]);
  assert.deepEqual(view.to(component, 'is-process'), [entityId.process(7)]);
  assert.deepEqual(view.to(component, 'listens-on'), [entityId.engine('docker', `unix://${SOCKET}`)]);
  assert.deepEqual(view.all('component-absent'), []);
});

test('a daemon that is stopped in both samples lasts in T; one that only just stopped does not', async () => {
  const [stopped] = (await examineMachine(componentsProbe, machine('T'))).all('component');
  assert.deepEqual([stopped?.fact.state, stopped?.fact.lasting, stopped?.fact.threadStates], ['T', true, { T: 2 }]);
  const passing = machine('S');
  passing.onSleep = ({ files }) => {
    if (files) files['/proc/7/stat'] = statLine(7, 'dockerd', 1, 'T');
  };
  const [just] = (await examineMachine(componentsProbe, passing)).all('component');
  assert.deepEqual([just?.fact.state, just?.fact.lasting], ['T', false]);
});

test('a daemon that ended meanwhile is not told as one that runs', async () => {
  const ending = machine();
  ending.onSleep = ({ files }) => {
    if (files) delete files['/proc/7/stat'];
  };
  const view = await examineMachine(componentsProbe, ending);
  assert.deepEqual(view.all('component'), []);
});

test('a --version that hangs costs the version and nothing else', async () => {
  const hung = machine();
  hung.programs = { '/usr/sbin/dockerd --version': { timedOut: true } };
  const [dockerd] = (await examineMachine(componentsProbe, hung)).all('component');
  assert.deepEqual([dockerd?.fact.pid, dockerd?.fact.version], [7, null]);
});

test('a socket that nobody listens on any more', async () => {
  const left: RecordedMachine = {
    files: { '/proc/1/stat': statLine(1, 'init', 0), '/proc/self/net/unix': 'Num RefCount\n' },
    stats: { [SOCKET]: { kind: 'socket', size: 0, inode: 5, device: '0:1', modifiedAt: 0 } },
  };
  const view = await examineMachine(componentsProbe, left, [
    { path: SOCKET, kinds: ['docker'], foundBy: 'well-known', listenerPid: null },
  ]);
  const [absent] = view.all('component-absent');
  assert.deepEqual([absent?.fact.name, absent?.fact.expectedBecause], ['dockerd', 'socket-file']);
  assert.deepEqual(absent?.about, [entityId.component('dockerd', null)]);
});

test('with systemd, what it says of the units; without it, that it was not there to ask', async () => {
  const withSystemd = machine();
  withSystemd.files = {
    ...withSystemd.files,
    '/proc/1/stat': statLine(1, 'systemd', 0),
    '/proc/7/cgroup': '0::/system.slice/docker.service\n',
  };
  const shown = `Id=docker.service
LoadState=loaded
UnitFileState=enabled
ActiveState=active
SubState=running
Result=success
ConditionResult=yes
NRestarts=4
MainPID=7
InactiveExitTimestamp=Tue 2026-11-24 05:00:00 UTC

Id=kubelet.service
LoadState=loaded
UnitFileState=enabled
ActiveState=failed
SubState=failed
Result=exit-code
`;
  withSystemd.programs = {
    ...withSystemd.programs,
    [showCommand([...UNITS.keys()]).join(' ')]: { code: 0, stdout: shown },
  };
  const view = await examineMachine(componentsProbe, withSystemd);
  assert.deepEqual(
    view.all('unit').map((u) => [u.fact.unit, u.fact.activeState, u.fact.restarts, u.fact.activeSince, u.about[0]]),
    [
      ['docker.service', 'active', 4, Date.UTC(2026, 10, 24, 5), 'component:dockerd@7'],
      ['kubelet.service', 'failed', null, null, 'component:kubelet@absent'],
    ],
  );
  assert.deepEqual(
    view.all('component-absent').map((a) => [a.fact.name, a.fact.expectedBecause]),
    [['kubelet', 'unit']],
  );
  const without = await examineMachine(componentsProbe, machine());
  assert.deepEqual(
    without.gaps('systemd').map((g) => [g.fact.why, g.fact.detail]),
    [['absent', 'PID 1 is init']],
  );
});

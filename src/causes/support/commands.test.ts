import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, CONTAINERD, idOf } from '../../../test/support/case.ts';
import { entityId } from '../../evidence/entity.ts';
import { CaseView } from '../../evidence/view.ts';
import { removeCommand, restartCommand, unitCommand } from './commands.ts';

const on = (given: ReturnType<typeof aCase>) => new CaseView(given.build());
const remove = (given: ReturnType<typeof aCase>) =>
  removeCommand(on(given.container('a')), entityId.container(idOf('a')));

const host = (init: string) =>
  aCase().fact(
    {
      type: 'host',
      hostname: 'n',
      kernel: '6.1.0',
      os: 'Alpine',
      arch: 'x64',
      cpus: 2,
      bootedAt: null,
      cgroups: 'v2',
      init,
      uid: 0,
    },
    [entityId.node()],
  );

test('a container is removed with the client of the engine that lists it, where it listens', () => {
  assert.equal(remove(aCase().engine()), 'docker rm -f 610000000000');
  assert.equal(
    remove(aCase().engine('docker', 'unix:///srv/d.sock')),
    'docker -H unix:///srv/d.sock rm -f 610000000000',
  );
  assert.equal(remove(aCase().engine('cri', CONTAINERD)), `crictl -r ${CONTAINERD} rm -f 610000000000`);
  assert.equal(remove(aCase().engine('docker', 'unix:///srv/$(x)')), "docker -H 'unix:///srv/$(x)' rm -f 610000000000");
});

test('a container that dockerd and its containerd both list is dockerd’s', () => {
  const given = aCase().engine('containerd', CONTAINERD).container('a').engine('docker');
  assert.equal(remove(given), 'docker rm -f 610000000000');
});

test('a host without systemd has another command for its services', () => {
  assert.equal(unitCommand(on(host('systemd')), 'start', 'dockerd'), 'systemctl start docker');
  assert.equal(unitCommand(on(host('init')), 'restart', 'dockerd'), 'service docker restart');
});

test('a containerd that dockerd started has no unit of its own', () => {
  const docker = on(aCase().component('dockerd', 700).component('containerd', 650, { startedBy: 700 }));
  assert.equal(restartCommand(docker, entityId.component('containerd', 650)), 'systemctl restart docker');
  const alone = on(aCase().component('containerd', 650));
  assert.equal(restartCommand(alone, entityId.component('containerd', 650)), 'systemctl restart containerd');
});

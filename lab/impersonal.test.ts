import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { test } from 'node:test';
import { aCase } from '../test/support/case.ts';
import { impersonalJson, makeImpersonal } from './impersonal.ts';

const LAB = '/tmp/notready-lab-aB3dE6';

test('the lab is called /lab wherever its folder or its cgroup is named; other labs have no name', () => {
  const given = [
    `unix://${LAB}/docker.sock`,
    '/notready-lab-aB3dE6/kubelet',
    '/sys/fs/cgroup/notready-lab-zz9ZZ9/daemons',
  ];
  assert.deepEqual(impersonalJson(given, LAB), [
    'unix:///lab/docker.sock',
    '/lab/kubelet',
    '/sys/fs/cgroup/notready-lab-/daemons',
  ]);
});

test('a path is replaced where it stands as a whole only', () => {
  const home = homedir();
  const given = [`${home}/.cache/kubelet`, `/srv${home}/x`, `${home}fs`];
  assert.deepEqual(impersonalJson(given, LAB), ['/home/operator/.cache/kubelet', `/srv${home}/x`, `${home}fs`]);
});

test('of programs that are neither the lab’s nor a container’s only the name is kept', () => {
  const daemon = 'dockerd --data-root /tmp/notready-lab-aB3dE6/docker/data';
  const shell = "nano -c 'cd /srv/me/notready/lab/cluster; ./record /srv/me/secret-plan'";
  const given = aCase().process(20, { comm: 'dockerd', cmdline: daemon }).process(21, { comm: 'nano', cmdline: shell });
  const facts = makeImpersonal(given.build(), LAB).observations.map((o) => o.fact);
  assert.deepEqual(
    facts.flatMap((f) => (f.type === 'process' ? [f.cmdline] : [])),
    ['dockerd --data-root /lab/docker/data', 'nano'],
  );
});

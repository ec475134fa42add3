import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { test } from 'node:test';
import { impersonalJson } from './impersonal.ts';

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

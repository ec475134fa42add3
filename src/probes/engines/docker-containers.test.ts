import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dockerInspected, dockerList } from '../../runtimes/docker-records.ts';
import { fromDockerInspect, fromDockerList } from './docker-containers.ts';

test('an entry of the list captured from Docker 20.10, of a pod’s container', () => {
  const [entry] = dockerList.parse([
    {
      Id: '4206819a84f8ce76069014003ddab1a097585beb68846c49914181304d5c4908',
      Names: ['/k8s_app_web-0_default_1b4e28ba-2fa1-11d2-883f-0016d3cca427_4'],
      Image: 'bb:1',
      ImageID: 'sha256:b675400221ed983202d53b5a20da7ce9e1e2fd99aba67a5aa197e28133f0a12e',
      Command: '/bin/busybox sleep 1000000',
      Created: 1795502562,
      Ports: [],
      Labels: { 'io.kubernetes.docker.type': 'container', 'io.kubernetes.sandbox.id': 'abab' },
      State: 'running',
      Status: 'Up Less than a second',
      Mounts: [],
    },
  ]);
  assert.ok(entry);
  const container = fromDockerList(entry);
  assert.deepEqual([container.state, container.isSandbox, container.sandboxId], ['running', false, 'abab']);
  assert.deepEqual([container.kubernetes?.pod, container.kubernetes?.attempt], ['web-0', 4]);
  assert.equal(container.createdAt, 1795502562000);
});

test('of several names the one that is no link alias counts', () => {
  const [entry] = dockerList.parse([{ Id: 'a', Names: ['/web/db', '/db'], State: 'paused', Labels: {} }]);
  assert.equal(entry && fromDockerList(entry).name, 'db');
});

test('a running container has no exit code, an ended one no pid', () => {
  const parse = (state: object) => fromDockerInspect(dockerInspected.parse({ Id: 'a', State: state }));
  const running = parse({ Status: 'running', Pid: 9, ExitCode: 0 });
  assert.deepEqual([running.pid, running.exitCode], [9, null]);
  const dead = parse({ Status: 'dead', Pid: 0, ExitCode: 137, OOMKilled: true });
  assert.deepEqual([dead.pid, dead.exitCode, dead.oomKilled, dead.state], [null, 137, true, 'dead']);
  assert.equal(parse({ Status: 'a word of the future' }).state, 'unknown');
});

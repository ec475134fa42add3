import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCli } from '../../test/support/run-cli.ts';
import { scenarioFrom } from './simulate-options.ts';

test('the seed incident in one line: it flaps with kubelet 1.20, and no remediator would see it', () => {
  const { code, stdout, stderr } = runCli(['simulate', '--hung', '1', '--kubelet', 'v1.20.2']);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^✗ The node flaps: NotReady for 1m\ds? of every 4m\ds?, 2\d % of the time\.$/m);
  assert.match(stdout, /Remediator +one that waits for 5m of NotReady never acts/);
});

test('-o json is JSON, the same for the same seed', () => {
  const run = () => runCli(['simulate', '--hung', '2', '--seed', '7', '-o', 'json']);
  assert.equal(JSON.parse(run().stdout).scenario.seed, 7);
  assert.deepEqual(run(), run());
});

const WRONG: readonly (readonly [args: string, says: string])[] = [
  ['--pods 0', '--pods "0": must be a whole number from 1 to 1000'],
  ['--pods many', '--pods "many": must be a whole number from 1 to 1000'],
  ['--churn -1', '--churn "-1": must be a whole number from 0 to 6000'],
  ['--latency fast', '--latency "fast": not a latency; write 20ms, or median/p99 as in 20ms/400ms'],
  ['--latency 20ms/1ms', '--latency "20ms/1ms": must be from 100us to 1m, the median first'],
  ['--latency 1ms/2ms/3ms', '--latency "1ms/2ms/3ms": not a latency; write 20ms, or median/p99 as in 20ms/400ms'],
  ['--kubelet 2.0', '--kubelet "2.0": not a version of Kubernetes; write 1.20 or v1.32.1'],
  ['--for 1y', '--for "1y": not a duration; write 10s, 1m30s or 500ms'],
  ['--for 169h', '--for "169h": must be from 1m to 7d'],
  ['--hung 3 --hung-pods 1', '--hung 3: there are only 2 containers in those pods'],
  ['--hung 9 --hung-pods 9 --pods 5', '--hung-pods 9: there are only 5 pods'],
  ['--pods 1000 --for 168h', 'too much to simulate: with 1000 pods --for may be 24h at most'],
  ['-o yaml', '-o "yaml": must be terminal or json'],
];
for (const [args, says] of WRONG) {
  test(`simulate ${args}: one clear line, exit code 2`, () => {
    const { code, stdout, stderr } = runCli(['simulate', ...args.split(' ')]);
    assert.deepEqual([code, stdout, stderr.split('\n')[0]], [2, '', `notready: ${says}`]);
  });
}

test('hung containers are each in a pod of their own, as long as there are pods', () => {
  assert.deepEqual(scenarioFrom({ hung: 3 }).hung, { containers: 3, pods: 3 });
  assert.deepEqual(scenarioFrom({ hung: 5, pods: 3 }).hung, { containers: 5, pods: 3 });
  assert.deepEqual(scenarioFrom({ hung: 2, hungPods: 1 }).hung, { containers: 2, pods: 1 });
  assert.deepEqual(scenarioFrom({}).hung, { containers: 0, pods: 0 });
});

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { type ClusterState, runningClusters } from '../../lab/cluster/state.ts';
import { signal } from '../../lab/processes.ts';
import { until } from '../../lab/wait.ts';
import { addedSince, leftInTheEnd, machineState } from '../support/left-behind.ts';
import { realTest } from '../support/real.ts';
import { runCli } from '../support/run-cli.ts';

const NEEDS = ['docker', 'containerd', 'cluster', 'cgroups'] as const;
const TIMEOUT_MS = 180_000;

function whereBinariesAre(): Record<string, string> {
  const { KUBEBUILDER_ASSETS, XDG_CACHE_HOME } = process.env;
  return { ...(KUBEBUILDER_ASSETS && { KUBEBUILDER_ASSETS }), ...(XDG_CACHE_HOME && { XDG_CACHE_HOME }) };
}

function bringUp(...flags: readonly string[]): ClusterState {
  const before = runningClusters().map((c) => c.folder);
  const { code, stdout, stderr } = runCli(['lab', 'up', '--brisk', '--lang', 'en', ...flags], whereBinariesAre());
  assert.equal(code, 0, stderr);
  assert.match(stdout, /Node lab-node \(v1\.20\.2\) is Ready\./);
  const state = runningClusters().find((c) => !before.includes(c.folder));
  assert.ok(state);
  return state;
}

realTest(
  'lab up gives a Ready node, status knows it, down leaves nothing behind',
  NEEDS,
  async () => {
    const before = machineState();
    const state = bringUp();
    assert.match(runCli(['lab', 'status', '--lang', 'en']).stdout, /node lab-node \(v1\.20\.2\) {2}Ready=True/);
    const node = runCli(['diagnose', '--node', state.node, '--kubeconfig', state.kubeconfig, '-q', '--lang', 'en']);
    assert.deepEqual([node.code, /nothing wrong found/.test(node.stdout)], [0, true]);
    const { code, stdout } = runCli(['lab', 'down', state.folder, '--lang', 'en']);
    assert.deepEqual([code, /nothing is left behind/.test(stdout)], [0, true]);
    assert.deepEqual([...(await leftInTheEnd(state.folder)), ...addedSince(before)], []);
  },
  TIMEOUT_MS,
);

realTest(
  'a cluster whose keeper is killed by SIGKILL is taken back by the guardian',
  NEEDS,
  async () => {
    const before = machineState();
    const state = bringUp('--runtime', 'cri');
    assert.ok(signal(state.keeper, 'SIGKILL'));
    await until({ en: 'the folder to go', zh: '目录消失' }, () => !existsSync(state.folder), 30_000);
    assert.deepEqual([...(await leftInTheEnd(state.folder)), ...addedSince(before)], []);
  },
  TIMEOUT_MS,
);

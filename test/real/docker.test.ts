import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Lab } from '../../lab/lab.ts';
import { realTest, whyNotReal } from '../support/real.ts';
import { holdsTrue, scenarioNamed } from '../support/scenarios.ts';

// One dockerd for all of these: each fault is taken back before the next is made.
const SHARED = [
  'healthy',
  'crash-loop-alone',
  'paused-container',
  'disk-copy-healthy',
  'frozen-filesystem',
  'frozen-filesystem-shim-killed',
  'unseen-wait',
  'dead-fuse',
  'zombie-not-reaped',
  'kubelet-gone',
  'stopped-shim',
  'stopped-containerd-under-dockerd',
  'stopped-dockerd',
  'everything-at-once',
  // The last: it takes the daemon away.
  'dockerd-killed',
];

let lab: Lab;

before(async () => {
  if (whyNotReal(['docker', 'cgroups']) !== null) return;
  lab = new Lab();
  await lab.dockerd();
});

after(async () => {
  if (lab !== undefined) assert.deepEqual(await lab.close(), []);
});

for (const scenario of SHARED.map(scenarioNamed)) {
  const verdict = scenario.truth.cause ?? 'nothing wrong';
  realTest(`docker: ${scenario.title.en}: ${verdict}`, scenario.needs, () => holdsTrue(lab, scenario));
}

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Lab } from '../../lab/lab.ts';
import { realTest, whyNotReal } from '../support/real.ts';
import { holdsTrue, scenarioNamed } from '../support/scenarios.ts';

// One containerd for all of these: each fault is taken back before the next is made.
const SHARED = [
  'cri-healthy',
  'cri-frozen-filesystem',
  'cri-stopped-shim',
  'cri-stopped-containerd',
  'cri-network-missing',
];

let lab: Lab;

before(async () => {
  if (whyNotReal(['containerd', 'cgroups']) !== null) return;
  lab = new Lab();
  await lab.containerd();
});

after(async () => {
  if (lab !== undefined) assert.deepEqual(await lab.close(), []);
});

for (const scenario of SHARED.map(scenarioNamed)) {
  const verdict = scenario.truth.cause ?? 'nothing wrong';
  realTest(`CRI: ${scenario.title.en}: ${verdict}`, scenario.needs, () => holdsTrue(lab, scenario));
}

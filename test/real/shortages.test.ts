import assert from 'node:assert/strict';
import { Lab } from '../../lab/lab.ts';
import { realTest } from '../support/real.ts';
import { holdsTrue, scenarioNamed } from '../support/scenarios.ts';

// These starve the daemons themselves, so each has a runtime of its own.
const OWN = [
  'disk-full',
  'pid-squeeze',
  'cpu-squeeze',
  'memory-squeeze',
  'io-throttle',
  'exited-pile-up',
  'hundred-containers',
];

for (const scenario of OWN.map(scenarioNamed)) {
  const verdict = scenario.truth.cause ?? 'nothing wrong';
  realTest(`docker: ${scenario.title.en}: ${verdict}`, scenario.needs, async () => {
    const lab = new Lab();
    try {
      await holdsTrue(lab, scenario);
    } finally {
      assert.deepEqual(lab.end(), []);
    }
  });
}

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

/** A hundred containers take a while to start on two cores. */
const TIMEOUT_MS = 300_000;

for (const scenario of OWN.map(scenarioNamed)) {
  const verdict = scenario.truth.cause ?? 'nothing wrong';
  const body = async (): Promise<void> => {
    const lab = new Lab();
    try {
      await holdsTrue(lab, scenario, false);
    } finally {
      assert.deepEqual(await lab.close(), []);
    }
  };
  realTest(`docker: ${scenario.title.en}: ${verdict}`, scenario.needs, body, TIMEOUT_MS);
}

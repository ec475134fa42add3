import assert from 'node:assert/strict';
import { Lab } from '../../lab/lab.ts';
import { realTest } from './real.ts';
import { holdsTrue, scenarioNamed } from './scenarios.ts';

/** A real test for a scenario that needs a runtime of its own. */
export function testInOwnLab(name: string, timeoutMs?: number): void {
  const scenario = scenarioNamed(name);
  const body = async (): Promise<void> => {
    const lab = new Lab();
    try {
      await holdsTrue(lab, scenario);
    } finally {
      assert.deepEqual(await lab.close(), []);
    }
  };
  realTest(`docker: ${scenario.title.en}: ${scenario.truth.cause ?? 'nothing wrong'}`, scenario.needs, body, timeoutMs);
}

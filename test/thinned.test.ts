import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordedCases } from '../lab/recorded-cases.ts';
import { runThinned } from '../lab/thinned/run-thinned.ts';

/** `node bench/accuracy.ts` takes more. */
const SEEDS = [1, 2, 3, 4, 5, 6];

// Real examinations lack much: no root, no time, reads that hang. Whatever is lost, no wrong cause is confirmed.
for (const [scenario, cases] of Map.groupBy(await recordedCases(), (c) => c.scenario)) {
  test(`with a third of its sources lost, nothing wrong is claimed of ${scenario}`, async () => {
    for (const recorded of cases) {
      const wrong = (await runThinned(recorded, SEEDS)).filter((t) => t.wrong.length > 0);
      assert.deepEqual(
        wrong.map((t) => `${t.id}: ${t.wrong.join('; ')}`),
        [],
      );
    }
  });
}

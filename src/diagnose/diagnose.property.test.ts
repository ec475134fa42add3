import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CaseBuilder } from '../../test/support/case.ts';
import {
  adoptedZombie,
  busyDisk,
  frozenFilesystem,
  healthyDocker,
  pausedContainer,
  stoppedContainerd,
  stoppedDockerd,
  stoppedShim,
} from '../../test/support/incidents.ts';
import type { CaseFile } from '../evidence/case-file.ts';
import { diagnose } from './diagnose.ts';

/** Incidents and the only cause that may ever be confirmed in them, however little of them is seen. */
const TRUTH: readonly (readonly [string, CaseBuilder, string | null])[] = [
  ['frozen filesystem', frozenFilesystem(), 'storage-unresponsive'],
  ['adopted zombie', adoptedZombie(), 'storage-unresponsive'],
  ['stopped shim', stoppedShim(), 'container-status-hung'],
  ['stopped dockerd', stoppedDockerd(), 'runtime-unresponsive'],
  ['stopped containerd', stoppedContainerd(), 'runtime-unresponsive'],
  ['busy disk', busyDisk(), null],
  ['paused container', pausedContainer(), null],
  ['healthy host', healthyDocker(), null],
];

for (const [what, given, truth] of TRUTH) {
  const whole = given.build();

  test(`${what}: losing evidence never confirms a wrong cause and never throws`, () => {
    fc.assert(
      fc.property(fc.subarray(whole.observations), (observations) => {
        const found = diagnose({ ...whole, observations } as CaseFile);
        const confirmed = found.differential.filter((c) => c.status === 'confirmed').map((c) => c.cause);
        assert.deepEqual(
          confirmed.filter((c) => c !== truth),
          [],
        );
        if (found.verdict?.status === 'confirmed' && found.verdict.cause !== 'undetermined')
          assert.equal(found.verdict.cause, truth);
      }),
      { numRuns: 80 },
    );
  });

  test(`${what}: entities and links may be lost as well`, () => {
    const parts = fc.record({
      observations: fc.subarray(whole.observations),
      links: fc.subarray(whole.links),
      entities: fc.subarray(whole.entities),
    });
    fc.assert(
      fc.property(parts, (kept) => {
        const found = diagnose({ ...whole, ...kept });
        assert.ok(found.verdict === null || found.verdict.summary.en.length > 0);
      }),
      { numRuns: 40 },
    );
  });
}

test('the order of observations does not change the verdict', () => {
  const whole = frozenFilesystem().build();
  fc.assert(
    fc.property(fc.shuffledSubarray(whole.observations, { minLength: whole.observations.length }), (observations) => {
      assert.equal(diagnose({ ...whole, observations } as CaseFile).verdict?.cause, 'storage-unresponsive');
    }),
    { numRuns: 50 },
  );
});

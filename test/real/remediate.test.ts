import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { Lab } from '../../lab/lab.ts';
import { stageFrozenZombie } from '../../lab/scenarios/frozen-filesystem.ts';
import { stageStoppedShim } from '../../lab/scenarios/stopped-shim.ts';
import type { RunJson } from '../../src/report/plan/run-schema.ts';
import type { PlanJson } from '../../src/report/plan/schema.ts';
import { realTest, whyNotReal } from '../support/real.ts';
import { begun, policyFlags, remediate } from '../support/remediate-cli.ts';

// What diagnose finds, remediate takes away: on a real dockerd, by the command line alone.

let lab: Lab;

before(async () => {
  if (whyNotReal(['docker', 'loop', 'cgroups']) !== null) return;
  lab = new Lab();
  await lab.dockerd();
});

after(async () => {
  if (lab !== undefined) assert.deepEqual(await lab.close(), []);
});

realTest(
  'a frozen filesystem under a container is thawed, its zombie reaped, and that is proven',
  ['docker', 'loop', 'cgroups'],
  async () => {
    const mark = lab.workspace.journal.mark();
    try {
      const staged = await stageFrozenZombie(lab);
      const { code, json } = await remediate<RunJson>(lab, staged.endpoints, [...policyFlags(lab, 'thaw-filesystem')]);
      assert.equal(json.result, 'back', JSON.stringify(json.entries, null, 1));
      assert.equal(code, 0);
      assert.deepEqual(begun(json), ['thaw-filesystem']);
      assert.throws(() => readFileSync(`/proc/${staged.init}/stat`), /ENOENT/, 'the zombie is reaped');
      assert.equal(json.evidence.length, 2);
    } finally {
      assert.deepEqual(lab.undoSince(mark), []);
    }
  },
);

realTest(
  'with thawing forbidden only a reboot is left: it says why, and tries nothing futile',
  ['docker', 'loop', 'cgroups'],
  async () => {
    const mark = lab.workspace.journal.mark();
    try {
      const { endpoints } = await stageFrozenZombie(lab);
      const plan = await remediate<PlanJson>(lab, endpoints, ['--forbid', 'thaw-filesystem']);
      assert.equal(plan.code, 1);
      assert.deepEqual(
        plan.json.steps.map((s) => s.act.kind),
        ['reboot', 'reboot'],
      );
      assert.ok(plan.json.notes.some((n) => /only a reboot is left/.test(n)));
      assert.ok(plan.json.futile.some((f) => f.action === 'kill-process' && /takes no signal/.test(f.why)));
      const { code, json } = await remediate<RunJson>(
        lab,
        endpoints,
        policyFlags(lab, 'end-process', 'kill-shim', 'restart-service'),
      );
      assert.equal(json.result, 'stands');
      assert.equal(code, 1);
      assert.deepEqual(begun(json), []);
    } finally {
      assert.deepEqual(lab.undoSince(mark), []);
    }
  },
);

realTest(
  'a stopped shim runs on, its container lives, and every status is answered',
  ['docker', 'cgroups'],
  async () => {
    const mark = lab.workspace.journal.mark();
    try {
      const { endpoints } = await stageStoppedShim(lab);
      const { code, json } = await remediate<RunJson>(lab, endpoints, [...policyFlags(lab, 'resume-process')]);
      assert.equal(json.result, 'back', JSON.stringify(json.entries, null, 1));
      assert.equal(code, 0);
      assert.deepEqual(begun(json), ['resume-process']);
    } finally {
      assert.deepEqual(lab.undoSince(mark), []);
    }
  },
);

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from '../../lab/run.ts';
import { realTest } from '../support/real.ts';

const DEMO = fileURLToPath(new URL('../../lab/demo.ts', import.meta.url));

realTest(
  'the demo makes the incident, is right about it, heals it and leaves nothing',
  ['docker', 'loop', 'cgroups'],
  async () => {
    const ran = await run([process.execPath, DEMO, '--no-install'], { timeoutMs: 110_000 });
    assert.equal(ran.code, 0, ran.stdout + ran.stderr);
    const folder = /\/\S+notready-lab-\w{6}/.exec(ran.stdout)?.[0];
    assert.ok(folder !== undefined && !existsSync(folder));
  },
);

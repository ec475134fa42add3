import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { run } from '../../lab/run.ts';
import { realTest } from '../support/real.ts';

/** Up to the first loss of Ready it takes more than 5 minutes, and 4 more to the second. */
const TIMEOUT_MS = 1_200_000;
const BIN = fileURLToPath(new URL('../../bin/notready', import.meta.url));

realTest(
  'the incident with stock settings: the node flaps, the verdict is the same in either state, each forecast comes true',
  ['docker', 'loop', 'cgroups', 'cluster'],
  async () => {
    const ran = await run([BIN, 'lab', 'run', 'incident', '--stock', '--no-install'], { timeoutMs: TIMEOUT_MS });
    const told = `${ran.stdout}\n${ran.stderr}`;
    assert.equal(ran.code, 0, told);
    assert.equal(ran.stdout.match(/^ *\d+:\d\d {2}Ready=False/gm)?.length, 2, told);
    assert.equal(ran.stdout.match(/notready, in .*: container-status-hung, default\/three\/hung /g)?.length, 5, told);
    assert.match(ran.stdout, /^That is the truth\./m, told);
    assert.match(ran.stdout, /^All taken back; nothing is left behind\.$/m, told);
  },
  TIMEOUT_MS,
);

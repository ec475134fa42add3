import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { diagnosisJsonSchema } from '../report/schema.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'notready');
const NOBODY = 65_534;

/** As a user without any right, any group and any home. */
function runAsNobody(args: readonly string[]) {
  const ids = { uid: NOBODY, gid: NOBODY };
  return spawnSync(PROGRAM, args, { ...ids, encoding: 'utf8', cwd: '/', env: { PATH: '/usr/bin:/bin' } });
}

function whyNot(): string | false {
  if (process.getuid?.() !== 0) return 'only root can become another user';
  const { error, status } = runAsNobody(['--version']);
  return error || status !== 0 ? 'this checkout cannot be read by other users' : false;
}

test('a user without rights gets an answer that says what was out of sight', { skip: whyNot() }, () => {
  const { status, stdout, stderr } = runAsNobody(['diagnose', '-o', 'json']);
  assert.equal(stderr, '');
  assert.ok(status === 0 || status === 1 || status === 3, `exit code ${status}`);
  const { examined, notes } = diagnosisJsonSchema.parse(JSON.parse(stdout));
  assert.ok(examined.sources.some((s) => s.status === 'ok'));
  if (readFileSync('/proc/sys/kernel/dmesg_restrict', 'utf8').trim() === '0') return;
  assert.ok(
    notes.some((n) => /^Not examined: the kernel log \(no permission: .*run notready as root/.test(n)),
    notes.join('\n'),
  );
});

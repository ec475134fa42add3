import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseProcStat } from '../../host/proc-stat.ts';
import type { HostAct, ProcessRef } from '../act.ts';
import type { Outcome } from '../outcome.ts';

const SCRIPT = fileURLToPath(new URL('../../../test/support/act-unprivileged.ts', import.meta.url));
const NOBODY = 65_534;

/** As a user without any right but the capabilities named. */
function performAsNobody(acts: readonly HostAct[], capabilities: readonly string[] = []): Outcome[] {
  const more = capabilities.flatMap((c) => ['--inh-caps', `+${c}`, '--ambient-caps', `+${c}`]);
  const args = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups', ...more];
  const { stdout, stderr } = spawnSync('setpriv', [...args, process.execPath, SCRIPT, JSON.stringify(acts)], {
    encoding: 'utf8',
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
  });
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout) as Outcome[];
}

function whyNot(): string | false {
  if (process.getuid?.() !== 0) return 'only root can become another user';
  const tried = spawnSync('setpriv', ['--reuid', String(NOBODY), process.execPath, SCRIPT, '[]']);
  return tried.error || tried.status !== 0 ? 'this checkout cannot be read by other users' : false;
}

/** In a session of its own: within one session SIGCONT needs no right (kill(2)). */
function startStopped(t: TestContext): { child: ChildProcess; ref: ProcessRef } {
  const child = spawn('sleep', ['1000'], { stdio: 'ignore', detached: true });
  t.after(() => child.kill('SIGKILL'));
  child.kill('SIGSTOP');
  for (;;) {
    const stat = parseProcStat(readFileSync(`/proc/${child.pid}/stat`, 'utf8'));
    if (stat?.state === 'T') return { child, ref: { pid: stat.pid, startTicks: stat.startTicks, comm: stat.comm } };
  }
}

const skip = whyNot();

test('without CAP_KILL signals to others are denied, and the outcome says what is needed', { skip }, (t) => {
  const { child, ref } = startStopped(t);
  const outcomes = performAsNobody([
    { kind: 'resume-process', process: ref },
    { kind: 'end-process', process: ref, gentle: true },
  ]);
  for (const [i, signal] of ['SIGCONT', 'SIGTERM'].entries()) {
    assert.equal(outcomes[i]?.status, 'failed');
    assert.match(outcomes[i]?.text.en ?? '', new RegExp(`${signal} could not .* needs CAP_KILL: run notready as root`));
  }
  assert.equal(child.signalCode, null);
});

test('CAP_KILL alone is enough for signals', { skip }, async (t) => {
  const { child, ref } = startStopped(t);
  const ended = once(child, 'exit');
  const acts: HostAct[] = [
    { kind: 'resume-process', process: ref },
    { kind: 'end-process', process: ref, gentle: true },
  ];
  const outcomes = performAsNobody(acts, ['kill']);
  assert.deepEqual(
    outcomes.map((o) => o.status),
    ['done', 'done'],
    outcomes.map((o) => o.text.en).join('\n'),
  );
  assert.deepEqual(await ended, [null, 'SIGTERM']);
});

test('without CAP_SYS_ADMIN nothing is thawed or unmounted', { skip }, () => {
  const [thaw, unmount] = performAsNobody([
    { kind: 'thaw-filesystem', mountpoint: '/proc' },
    { kind: 'lazy-unmount', mountpoint: '/dev/pts' },
  ]);
  assert.match(thaw?.text.en ?? '', /it needs CAP_SYS_ADMIN: run notready as root/);
  assert.match(unmount?.text.en ?? '', /it needs CAP_SYS_ADMIN: run notready as root|nothing is mounted/);
});

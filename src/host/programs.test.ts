import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALLOWED_PROGRAMS, refusalOf } from './programs.ts';

test('what probes need is allowed', () => {
  const lines: readonly [string, ...string[]][] = [
    ['systemctl', 'show', '--property=ActiveState,Result', 'kubelet.service'],
    ['journalctl', '--no-pager', '-u', 'kubelet', '-o', 'json', '--since', '10 min ago', '-n', '1000'],
    ['dmesg', '--time-format', 'iso', '--color=never'],
    ['/usr/bin/containerd', '--version'],
  ];
  for (const line of lines) assert.equal(refusalOf(line), null, line.join(' '));
});

test('what changes a host is refused', () => {
  const lines: readonly [string, ...string[]][] = [
    ['rm', '-rf', '/'],
    ['sh', '-c', 'reboot'],
    ['systemctl', 'restart', 'docker'],
    ['systemctl', 'show', '--force'],
    ['journalctl', '--vacuum-size=1M'],
    ['journalctl', '--rotate'],
    ['journalctl', '--cursor-file=/etc/passwd'],
    ['dmesg', '-C'],
    ['dmesg', '-kc'],
    ['dmesg', '--clear'],
    ['docker', 'rm', '-f', 'x'],
    ['runc', '--version', 'kill'],
    ['/tmp/evil', '--version'],
  ];
  for (const line of lines) assert.notEqual(refusalOf(line), null, line.join(' '));
});

test('each program says why it is run', () => {
  for (const program of ALLOWED_PROGRAMS) assert.match(program.why, /\w{3}/);
});

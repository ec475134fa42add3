import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCase, type CaseBuilder } from '../../test/support/case.ts';
import { diagnosePasted } from '../../test/support/pasted.ts';
import { diagnose } from '../diagnose/diagnose.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import { systemdDbusHung } from './systemd-dbus-hung.ts';

const TIMED_OUT = "Failed to activate service 'org.freedesktop.systemd1': timed out (service_start_timeout=25000ms)";
const JOB = 'Timed out while waiting for StartTransientUnit(crio-1.scope) completion signal from dbus. Continuing...';

function asked(it: CaseBuilder, state: string | null): CaseBuilder {
  return it.fact(
    { type: 'system-state', state, tookMs: state === null ? 5000 : 20, units: 300, jobs: 0, shutdownAt: null },
    [entityId.node()],
  );
}

const assess = (it: CaseBuilder) => systemdDbusHung.assess(new CaseView(it.build()));
const told = (line: string, times = 1): CaseBuilder => {
  const it = aCase();
  for (let i = 1; i <= times; i += 1) it.logged('systemd-silent', i * 10_000, { line, log: 'systemd' });
  return it;
};

describe('systemd-dbus-hung', () => {
  it('is confirmed when systemd does not answer here and the bus says so', () => {
    assert.equal(assess(asked(told(TIMED_OUT), null)).status, 'confirmed');
  });

  it('is likely by its silence alone, or by the bus again and again', () => {
    assert.equal(assess(asked(aCase(), null)).status, 'likely');
    assert.equal(assess(aCase().gap('systemd', 'stuck')).status, 'likely');
    assert.equal(assess(told(TIMED_OUT, 3)).status, 'likely');
  });

  it('is no more than possible by one job that took a second', () => {
    assert.equal(assess(told(JOB)).status, 'possible');
    assert.equal(assess(told(JOB, 3)).status, 'likely');
  });

  it('is ruled out by a systemd that answers, degraded or not', () => {
    assert.equal(assess(asked(aCase(), 'degraded')).status, 'ruled-out');
    assert.equal(assess(aCase()).status, 'not-examined');
  });

  it('does not hold the silence of systemctl against a host without systemd', () => {
    const host = { hostname: 'n', kernel: '6.1', os: 'x', arch: 'x64', cpus: 2, bootedAt: null, uid: 0 };
    const it = asked(aCase(), null).fact({ type: 'host', ...host, cgroups: 'v1', init: 'sh' }, [entityId.node()]);
    assert.equal(assess(it).status, 'not-examined');
  });

  it('explains a runtime that lists and gives no status', () => {
    const it = asked(told(TIMED_OUT, 3), null).engine('cri').answers().processTable();
    it.container('web', { pid: 10, status: 'timeout' });
    assert.equal(diagnose(it.build()).verdict?.cause, 'systemd-dbus-hung');
  });

  it('is told by the bus, by runc, by systemd-run and by a crashed systemd', async () => {
    const lines = [
      `May 29 12:11:22 n1 dbus-daemon[1516]: [system] ${TIMED_OUT}`,
      'E0619 17:52:19.131103   36027 mount_linux.go:155] Mount failed: exit status 1\nOutput: Failed to start transient scope unit: Connection timed out',
      'Jan  4 11:56:31 n1 systemd: Failed to propagate agent release message: Operation not supported',
      'Jan  4 11:56:31 n1 systemd[1]: Freezing execution.',
    ];
    for (const line of lines) assert.equal((await diagnosePasted(line)).verdict?.cause, 'systemd-dbus-hung', line);
  });

  it('is told by goroutines that wait for the bus, not by those that serve it', async () => {
    const calls = `goroutine 2792 [chan receive, 5 minutes]:
k8s.io/kubernetes/vendor/github.com/godbus/dbus.(*Object).Call(0xc002129a40, 0x42d9356)
k8s.io/kubernetes/vendor/github.com/coreos/go-systemd/dbus.(*Conn).startJob(0xc000d4e380, 0x0)`;
    assert.equal((await diagnosePasted(calls)).verdict?.cause, 'systemd-dbus-hung');
    const serves = `goroutine 31 [IO wait, 900 minutes]:
github.com/godbus/dbus.(*unixTransport).ReadMessage(0xc0, 0x1)
github.com/godbus/dbus.(*Conn).inWorker(0xc0)`;
    assert.equal((await diagnosePasted(serves)).verdict, null);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unitOfCgroup } from './unit-of-cgroup.ts';
import { parseUnitProperties } from './unit-properties.ts';

test('several units, in whatever order systemd lists the properties', () => {
  const text = `Result=success
NRestarts=0
MainPID=812
Id=containerd.service
LoadState=loaded
ActiveState=active
SubState=running
UnitFileState=enabled
InactiveExitTimestamp=Tue 2026-11-24 06:00:01 UTC
ActiveEnterTimestamp=Tue 2026-11-24 06:00:02 UTC
ConditionResult=yes

Id=kubelet.service
LoadState=loaded
UnitFileState=enabled
ActiveState=activating
SubState=auto-restart
Result=exit-code
NRestarts=117
MainPID=0
InactiveExitTimestamp=
ActiveEnterTimestamp=n/a
ConditionResult=yes

Id=crio.service
LoadState=not-found
ActiveState=inactive
SubState=dead
`;
  const [containerd, kubelet, crio] = parseUnitProperties(text);
  assert.deepEqual(containerd, {
    unit: 'containerd.service',
    loadState: 'loaded',
    fileState: 'enabled',
    activeState: 'active',
    subState: 'running',
    result: 'success',
    conditionsMet: true,
    restarts: 0,
    mainPid: 812,
    activeSince: Date.UTC(2026, 10, 24, 6, 0, 1),
  });
  assert.deepEqual(
    [kubelet?.subState, kubelet?.result, kubelet?.restarts, kubelet?.mainPid, kubelet?.activeSince],
    ['auto-restart', 'exit-code', 117, null, null],
  );
  assert.equal(crio?.loadState, 'not-found');
});

test('a unit that systemd did not start for a condition', () => {
  assert.equal(parseUnitProperties('Id=x.service\nConditionResult=no\n')[0]?.conditionsMet, false);
});

test('other text gives no units', () => {
  assert.deepEqual(parseUnitProperties('System has not been booted with systemd as init system (PID 1).'), []);
  fc.assert(fc.property(fc.string(), (text) => parseUnitProperties(text).every((u) => u.unit !== '')));
});

test('the unit of a process by its cgroup: v2, v1, nested, none', () => {
  assert.equal(unitOfCgroup('0::/system.slice/kubelet.service\n'), 'kubelet.service');
  const v1 =
    '12:cpuset:/\n3:cpu,cpuacct:/system.slice/other.service\n1:name=systemd:/system.slice/docker.service\n0::/\n';
  assert.equal(unitOfCgroup(v1), 'docker.service');
  assert.equal(unitOfCgroup('0::/system.slice/k3s.service/kubepods/x\n'), 'k3s.service');
  assert.equal(unitOfCgroup('0::/user.slice/user-0.slice/session-1.scope\n'), null);
  assert.equal(unitOfCgroup('0::/\n'), null);
  assert.equal(unitOfCgroup(''), null);
});

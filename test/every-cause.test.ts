import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { CLUSTER_SCENARIOS } from '../lab/cluster/scenarios/index.ts';
import { SCENARIOS } from '../lab/scenarios/index.ts';
import { CAUSE_SLUGS, type CauseSlug } from '../src/causes/slugs.ts';
import { writeBundle } from '../src/evidence/bundle/bundle.ts';
import { entityId } from '../src/evidence/entity.ts';
import type { DiagnosisJson } from '../src/report/schema.ts';
import { aCase, type CaseBuilder, idOf, NOW } from './support/case.ts';
import { fromCluster, lostToControlPlane, notReadyFor, peers } from './support/cluster-case.ts';
import { healthyDocker } from './support/incidents.ts';
import { runCli } from './support/run-cli.ts';
import { temporaryDirectory } from './support/temporary-directory.ts';

const MINUTE = 60_000;
const BUSY = 'driver "overlay2" failed to remove root filesystem: unlinkat /x/merged: device or resource busy';

/** Causes that no fault of the lab brings about yet: cases written after their mechanism. */
const WRITTEN: Partial<Record<CauseSlug, () => CaseBuilder>> = {
  'unkillable-process': () => healthyDocker().process(2000).stuckThread(2000, 2001).gap('kernel-stacks'),
  'relist-deadlock': () =>
    healthyDocker()
      .kubelet('v1.12.3')
      .logged('pleg-unhealthy', 2 * MINUTE, { ageMs: 58 * MINUTE })
      .logged('pleg-unhealthy', 1000, { ageMs: 60 * MINUTE }),
  'runtime-deadlock': () =>
    aCase()
      .engine()
      .hangs()
      .component('dockerd', 700, { listensOn: ['/run/docker.sock'], version: '1.12.1' })
      .fact(
        {
          type: 'goroutines',
          wait: 'semacquire',
          minutes: 40,
          count: 12,
          stack: ['github.com/docker/libnetwork/datastore.(*datastore).PutObjectAtomic'],
          waitsForLock: true,
        },
        [entityId.component('dockerd', 700)],
      ),
  'oci-runtime-hung': () =>
    healthyDocker()
      .container('app0', { pid: 2000, status: 'timeout' })
      .process(5000, {
        ppid: 1000,
        comm: 'runc',
        cmdline: `runc --root /run/docker/runtime-runc/moby exec --process /tmp/p --detach ${idOf('app0')}`,
        startedAt: NOW - 60 * MINUTE,
      }),
  'exec-probe-pileup': () =>
    Array.from({ length: 40 }, (_, i) => 6000 + i).reduce(
      (given, pid) =>
        given.process(pid, {
          ppid: 1000,
          comm: 'runc',
          cmdline: `runc --root /run/docker/runtime-runc/moby exec --process /tmp/p --detach ${idOf('app0')}`,
          startedAt: NOW - MINUTE,
        }),
      healthyDocker().container('app0', { pid: 2000, status: 'timeout' }),
    ),
  'runtime-state-corrupt': () =>
    aCase().logged('runtime-records-damaged', MINUTE, { log: 'containerd', line: 'panic: invalid page type: 4: 10' }),
  'runtime-misconfigured': () =>
    aCase().logged('runtime-misconfigured', MINUTE, {
      line: 'OCI runtime create failed: expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups',
    }),
  'kubelet-misconfigured': () =>
    aCase().logged('kubelet-failed', MINUTE, { line: 'failed to run Kubelet: running with swap on is not supported' }),
  'kubelet-bug': () =>
    aCase().kubelet('v1.18.0').logged('kubelet-panicked', MINUTE, {
      line: 'Observed a panic: "invalid memory address or nil pointer dereference"',
    }),
  'control-plane-overloaded': () => peers(lostToControlPlane(fromCluster()), 13, 11),
  'kernel-bug': () =>
    healthyDocker()
      .process(700, { comm: 'dockerd' })
      .stuckThread(700, 700, { comm: 'dockerd', stack: ['__mutex_lock', 'rtnl_lock', 'copy_net_ns'] })
      .kernel('hung-task', MINUTE, { task: 'dockerd', pid: 700, seconds: 120 }),
  'hardware-fault': () => healthyDocker().kernel('machine-check', MINUTE, { line: 'EDAC MC0: 1 UE memory read error' }),
  'device-busy': () =>
    [1, 2, 3].reduce(
      (it, n) => it.logged('removal-blocked', n * MINUTE, { line: BUSY, log: 'dockerd' }),
      healthyDocker(),
    ),
  'device-plugin-hung': () =>
    healthyDocker().logged('device-plugin-lost', MINUTE, { line: 'Allocate failed due to DeadlineExceeded' }),
  'systemd-dbus-hung': () =>
    healthyDocker()
      .gap('systemd', 'stuck')
      .logged('systemd-silent', MINUTE, { line: 'Freezing execution', log: 'systemd' }),
  'cgroup-leak': () =>
    healthyDocker().logged('no-cgroups-left', MINUTE, {
      line: 'mkdir /sys/fs/cgroup/memory/a: no space left on device',
    }),
  'clock-jump': () =>
    lostToControlPlane(fromCluster()).logged('clock-wrong', MINUTE, {
      line: 'System clock was stepped by -3600 seconds',
    }),
  'node-shutdown': () => notReadyFor(fromCluster(), 'node is shutting down'),
};

for (const [cause, build] of Object.entries(WRITTEN)) {
  test(`${cause} by the command line, from a bundle alone`, async (t) => {
    const bundle = join(temporaryDirectory(t), 'case.tar.gz');
    await writeBundle(build().build(), bundle);
    const { code, stdout } = runCli(['diagnose', '--bundle', bundle, '-o', 'json']);
    assert.equal(code, 1);
    assert.equal((JSON.parse(stdout) as DiagnosisJson).verdict?.cause, cause);
  });
}

test('every cause is brought about by a fault of the lab, or told by a written case', () => {
  const shown = new Set<string>([
    ...[...SCENARIOS, ...CLUSTER_SCENARIOS].flatMap((s) => s.truth.cause ?? []),
    ...Object.keys(WRITTEN),
  ]);
  assert.deepEqual(
    CAUSE_SLUGS.filter((slug) => !shown.has(slug)),
    [],
  );
});

test('a case of nothing at all is no clean bill of health', async (t) => {
  const bundle = join(temporaryDirectory(t), 'case.tar.gz');
  await writeBundle(aCase().gap('processes', 'stuck').gap('docker', 'budget').build(), bundle);
  const { code, stdout } = runCli(['diagnose', '--bundle', bundle, '--lang', 'en']);
  assert.equal(code, 3);
  assert.match(stdout, /nothing wrong found in what could be examined/);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCase, type CaseBuilder, idOf, NOW } from '../../test/support/case.ts';
import { diagnosePasted, statesOf } from '../../test/support/pasted.ts';
import { diagnose } from '../diagnose/diagnose.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import { deviceBusy } from './device-busy.ts';

const LAYER = '4d'.repeat(32);
const MERGED = `/var/lib/docker/overlay2/${LAYER}/merged`;
const BUSY = `driver "overlay2" failed to remove root filesystem: unlinkat ${MERGED}: device or resource busy`;

function failing(it: CaseBuilder, times: number, line = BUSY): CaseBuilder {
  for (let i = 0; i < times; i += 1) it.logged('removal-blocked', (i + 1) * 60_000, { line, log: 'dockerd' });
  return it;
}

function heldBy(it: CaseBuilder, pid: number, mountPoint: string): CaseBuilder {
  it.process(pid, { comm: 'node_exporter' });
  return it.fact({ type: 'mount-holder', pid, mountPoint, fsType: 'overlay' }, [entityId.process(pid)]);
}

const assess = (it: CaseBuilder) => deviceBusy.assess(new CaseView(it.build()));

describe('device-busy', () => {
  it('is confirmed where the process is known whose namespace has the mount, wherever it sees it', () => {
    const view = new CaseView(heldBy(failing(aCase(), 1), 118, `/host/root${MERGED}`).build());
    const found = deviceBusy.assess(view);
    assert.equal(found.status, 'confirmed');
    assert.ok(found.subjects.includes(entityId.process(118)));
    const [unmount] = deviceBusy.remedies(view, found);
    assert.equal(unmount?.command, `nsenter -t 118 -m umount /host/root${MERGED}`);
  });

  it('does not blame a process that has another mount', () => {
    const other = `/var/lib/docker/overlay2/${'5e'.repeat(32)}/merged`;
    assert.equal(assess(heldBy(failing(aCase(), 1), 118, other)).status, 'possible');
  });

  it('is likely once removals go on failing, or while the container is listed as dead', () => {
    assert.equal(assess(failing(aCase(), 3)).status, 'likely');
    const dead = failing(aCase().engine(), 1).container('web', { state: 'dead' });
    const found = assess(dead);
    assert.equal(found.status, 'likely');
    assert.equal(found.subjects[0], entityId.container(idOf('web')));
  });

  it('is only possible by one failure, which the next try may mend', () => {
    assert.equal(assess(failing(aCase(), 1)).status, 'possible');
  });

  it('tells a file that may not be deleted from one in use', () => {
    const denied = `driver "overlay2" failed to remove root filesystem: remove /var/lib/docker/overlay2/${LAYER}/diff/bin/sh: operation not permitted`;
    const view = new CaseView(failing(aCase(), 1, denied).build());
    const found = deviceBusy.assess(view);
    assert.equal(found.status, 'likely');
    assert.match(found.summary?.en ?? '', /immutable/);
    assert.equal(
      deviceBusy.remedies(view, found)[0]?.command,
      `chattr -i /var/lib/docker/overlay2/${LAYER}/diff/bin/sh`,
    );
  });

  it('is ruled out where no container is caught in its removal', () => {
    const counts = { type: 'container-counts', total: 3, byState: { running: 3 }, pods: 1 } as const;
    assert.equal(
      assess(
        aCase()
          .engine()
          .fact(counts, [entityId.engine('docker', 'unix:///x')]),
      ).status,
      'ruled-out',
    );
    assert.equal(assess(aCase()).status, 'not-examined');
  });

  it('keeps a pod from ending and takes no node’s Ready', () => {
    const pod = { namespace: 'prod', name: 'web-0', phase: 'Running', ready: false, reason: '', ownerKind: '' };
    const rest = { deletionRequestedAt: NOW - 3_600_000, gracePeriodSeconds: 30, waiting: [], restarts: 0 };
    const it = heldBy(failing(aCase().ready('True', 1000), 3), 118, MERGED);
    it.fact({ type: 'pod-object', ...pod, ...rest }, [entityId.pod('uid-web-0')]);
    const diagnosis = diagnose(it.build());
    assert.equal(diagnosis.verdict?.cause, 'device-busy');
    assert.deepEqual(statesOf(diagnosis), ['device-busy', 'pod-stuck-terminating']);
    assert.ok(diagnosis.notes.some((n) => /takes the node’s Ready away: it is trouble of pods/.test(n.en)));
  });

  it('is not the verdict on a node that is lost for a hang, one busy mount or not', () => {
    const it = failing(aCase(), 1).logged('pleg-unhealthy', 1000, { ageMs: 200_000 });
    it.logged('runtime-call-timeout', 2000, { call: 'ContainerStatus', containerId: idOf('a') });
    assert.equal(diagnose(it.build()).verdict?.cause, 'container-status-hung');
  });

  it('reads containerd, CSI and Ceph from a paste alike', async () => {
    const lines = [
      `time="2023-12-27T15:10:28.897571677Z" level=error msg="RemoveContainer for \\"${LAYER}\\" failed" error="failed to remove containerd container snapshot: failed to unmount target /run/containerd/x/${LAYER}/rootfs: device or resource busy"`,
      'E1228 10:00:00.000000 77 nestedpendingoperations.go:335] Operation for "kubernetes.io/csi/x" failed. Error: UnmountVolume.TearDown failed for volume "data" : kubernetes.io/csi: Unmounter.TearDownAt failed: rpc error: code = Internal desc = unmount failed: exit status 32\nOutput: umount: /var/lib/kubelet/pods/9f8e7d6c-0000-4000-8000-123456789abc/volumes/kubernetes.io~csi/data/mount: target is busy.',
      'E1228 10:00:00.000000 77 rbd_util.go:690] failed to unmap /dev/rbd3: rbd: sysfs write failed rbd: unmap failed: (16) Device or resource busy',
    ];
    for (const line of lines) assert.equal((await diagnosePasted(line)).verdict?.cause, 'device-busy', line);
  });

  it('takes no busy cgroup and no failed mount for it', async () => {
    const cgroup =
      'E1228 10:00:00.000000 77 x.go:1] Failed to remove cgroup: remove /sys/fs/cgroup/pids/kubepods/a: device or resource busy';
    const mount =
      'E1228 10:00:00.000000 77 x.go:1] MountVolume.SetUp failed for volume "a" : remove /mnt/a: device or resource busy';
    for (const line of [cgroup, mount]) assert.notEqual((await diagnosePasted(line)).verdict?.cause, 'device-busy');
  });
});

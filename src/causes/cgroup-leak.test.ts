import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCase, type CaseBuilder } from '../../test/support/case.ts';
import { diagnosePasted } from '../../test/support/pasted.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import { cgroupLeak } from './cgroup-leak.ts';

function counted(it: CaseBuilder, controller: string, cgroups: number, dying: number | null = null): CaseBuilder {
  return it.fact({ type: 'cgroup-counts', controller, cgroups, dying }, [entityId.node()]);
}

const MKDIR = 'mkdir /sys/fs/cgroup/memory/kubepods/pod1: no space left on device';
const assess = (it: CaseBuilder) => cgroupLeak.assess(new CaseView(it.build()));

describe('cgroup-leak', () => {
  it('is confirmed when all memory cgroups are taken and one could not be made', () => {
    const found = assess(counted(aCase(), 'memory', 65_535).logged('no-cgroups-left', 1000, { line: MKDIR }));
    assert.equal(found.status, 'confirmed');
    assert.match(found.evidence[0]?.text.en ?? '', /65535 memory cgroups of at most 65535/);
  });

  it('is likely by either alone', () => {
    assert.equal(assess(counted(aCase(), 'memory', 64_000)).status, 'likely');
    assert.equal(assess(aCase().logged('no-cgroups-left', 1000, { line: MKDIR })).status, 'likely');
  });

  it('is possible with tens of thousands of dying cgroups, which only slow things', () => {
    assert.equal(assess(counted(aCase(), 'all', 900, 45_000)).status, 'possible');
  });

  it('is ruled out by ordinary numbers, of any controller', () => {
    assert.equal(assess(counted(counted(aCase(), 'all', 420, 12), 'memory', 380)).status, 'ruled-out');
    assert.equal(assess(aCase()).status, 'not-examined');
  });

  it('counts no other controller against the limit of memory cgroups', () => {
    assert.notEqual(assess(counted(aCase(), 'pids', 70_000)).status, 'likely');
  });

  it('names units where systemd says that it has no further one', async () => {
    const { verdict } = await diagnosePasted(
      'E0619 17:52:19.131103   36027 mount_linux.go:155] Mount failed: exit status 1\nMounting command: systemd-run\nOutput: Failed to start transient scope unit: Argument list too long',
    );
    assert.equal(verdict?.cause, 'cgroup-leak');
    assert.match(verdict?.summary.en ?? '', /unit/);
  });

  it('is told by an event of a pod alone, and no disk is blamed', async () => {
    const { verdict, differential } = await diagnosePasted(`Events:
  Type     Reason                    Age                 From                   Message
  ----     ------                    ----                ----                   -------
  Warning  FailedCreatePodContainer  25s (x70 over 15m)  kubelet, n1  unable to ensure pod container exists: failed to create container for [kubepods besteffort podc6] : ${MKDIR}`);
    assert.equal(verdict?.cause, 'cgroup-leak');
    assert.notEqual(differential.find((c) => c.cause === 'disk-full')?.status, 'likely');
  });
});

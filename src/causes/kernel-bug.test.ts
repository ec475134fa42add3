import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCase, type CaseBuilder } from '../../test/support/case.ts';
import { diagnosePasted, statesOf } from '../../test/support/pasted.ts';
import { diagnose } from '../diagnose/diagnose.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import { kernelBug } from './kernel-bug.ts';

const assess = (it: CaseBuilder) => kernelBug.assess(new CaseView(it.build()));
const RTNL = ['__mutex_lock', 'rtnl_lock', 'copy_net_ns', 'create_new_namespaces'];
const LEAK = 'unregister_netdevice: waiting for lo to become free. Usage count = 1';

function daemonIn(it: CaseBuilder, stack: readonly string[]): CaseBuilder {
  it.processTable().component('dockerd', 903).process(903, { comm: 'dockerd' });
  return it.stuckThread(903, 903, { comm: 'dockerd', stack: [...stack] });
}

describe('kernel-bug', () => {
  it('is confirmed when the kernel says that a task has waited for minutes in one of its locks', () => {
    const it = daemonIn(aCase(), RTNL).kernel('hung-task', 1000, { task: 'dockerd', pid: 903, seconds: 120 });
    const diagnosis = diagnose(it.build());
    assert.equal(diagnosis.verdict?.cause, 'kernel-bug');
    assert.ok(diagnosis.verdict?.subjects.some((s) => s.id === entityId.process(903)));
    assert.deepEqual(statesOf(diagnosis).slice(0, 2), ['kernel-bug', 'unkillable-process']);
  });

  it('is confirmed when such a wait and another complaint of the kernel agree', () => {
    assert.equal(
      assess(daemonIn(aCase(), RTNL).kernel('transmit-timeout', 1000, { device: 'eth0' })).status,
      'confirmed',
    );
  });

  it('names the part of the kernel: network, cgroups, file notification, RCU', () => {
    const stacks: readonly (readonly [RegExp, readonly string[]])[] = [
      [/rtnl_lock/, RTNL],
      [/cgroups/, ['__mutex_lock', 'cgroup_kn_lock_live', '__cgroup1_procs_write']],
      [/file notification/, ['wait_for_completion', '__synchronize_srcu', 'fsnotify_destroy_group', 'inotify_release']],
      [/RCU/, ['wait_for_completion', '__wait_rcu_gp', 'synchronize_rcu', 'namespace_unlock']],
    ];
    for (const [part, stack] of stacks) {
      const found = assess(daemonIn(aCase(), stack).kernel('hung-task', 1000, { pid: 903 }));
      assert.equal(found.status, 'confirmed', String(part));
      assert.match(found.summary?.en ?? '', part);
    }
  });

  it('is no more than possible by a lock that a busy machine holds for a second', () => {
    assert.equal(assess(daemonIn(aCase(), RTNL)).status, 'possible');
  });

  it('leaves waits for storage to the storage', () => {
    const frozen = ['percpu_rwsem_wait', '__percpu_down_read', 'mnt_want_write', 'path_openat'];
    assert.equal(assess(daemonIn(aCase(), frozen).kernel('hung-task', 1000, { pid: 903 })).status, 'ruled-out');
  });

  it('is likely by an interface that is never let go, not by one line of it', () => {
    const leaking = (lines: number): CaseBuilder => {
      const it = aCase();
      for (let i = 1; i <= lines; i += 1) it.kernel('unregister-netdevice', i * 10_000, { line: LEAK, device: 'lo' });
      return it;
    };
    assert.equal(assess(leaking(1)).status, 'possible');
    assert.equal(assess(leaking(3)).status, 'likely');
  });

  it('is likely by a lockup, but not where the hypervisor keeps the CPU', () => {
    const locked = (): CaseBuilder => aCase().kernel('soft-lockup', 1000, { line: 'BUG: soft lockup - CPU#1' });
    assert.equal(assess(locked()).status, 'likely');
    const starved = locked().fact({ type: 'cpu', windowMs: 1000, busy: 0.5, iowait: 0, steal: 0.4 }, [entityId.node()]);
    assert.equal(assess(starved).status, 'possible');
  });

  it('is ruled out by a whole process table in which nothing waits so', () => {
    assert.equal(assess(aCase().processTable()).status, 'ruled-out');
    assert.equal(assess(aCase()).status, 'not-examined');
  });

  it('is told by a kernel log alone, on 3.10 and on 6.x', async () => {
    const old = `Jun  1 10:00:00 n1 kernel: INFO: task docker:14148 blocked for more than 120 seconds.
Jun  1 10:00:00 n1 kernel: Call Trace:
Jun  1 10:00:00 n1 kernel:  [<ffffffff8163a909>] schedule+0x29/0x70
Jun  1 10:00:00 n1 kernel:  [<ffffffff8163acd6>] wait_for_completion+0x116/0x170
Jun  1 10:00:00 n1 kernel:  [<ffffffff810ab676>] __synchronize_srcu+0x106/0x1a0
Jun  1 10:00:00 n1 kernel:  [<ffffffff8122a2f1>] fsnotify_destroy_group+0x21/0x70`;
    const today = `[  242.1] x
[  242.100000] INFO: task runc:7312 blocked for more than 122 seconds.
[  242.100001]  __schedule+0x4a1/0x1720
[  242.100002]  schedule+0x58/0xf0
[  242.100003]  schedule_preempt_disabled+0x15/0x30
[  242.100004]  __mutex_lock.constprop.0+0x3a4/0x700
[  242.100005]  copy_net_ns+0xfc/0x250`;
    for (const text of [old, today]) assert.equal((await diagnosePasted(text)).verdict?.cause, 'kernel-bug', text);
    assert.equal((await diagnosePasted(`[11.000000] ${LEAK}`)).verdict?.cause, 'kernel-bug');
  });

  it('is told by a kernel stack that somebody looked at', async () => {
    const { verdict } = await diagnosePasted(`# cat /proc/903/stack
[<ffffffff8163acd6>] wait_for_completion+0x116/0x170
[<ffffffff810ab676>] __synchronize_srcu+0x106/0x1a0
[<ffffffff8122a2f1>] fsnotify_destroy_group+0x21/0x70`);
    assert.equal(verdict?.cause, 'kernel-bug');
  });

  it('takes a filesystem that waits for memory for no dead disk', async () => {
    const stack = `# cat /proc/7312/stack
[<0>] congestion_wait+0x6a/0x100
[<0>] kmem_zone_alloc+0x8a/0x120
[<0>] xfs_inode_alloc+0x2b/0x110
[<0>] xfs_inactive_ifree+0xa1/0x1f0
[<0>] ovl_destroy_inode+0x3c/0x50`;
    assert.equal((await diagnosePasted(stack)).verdict?.cause, 'kernel-bug');
    const line =
      '[166973.065674] XFS: runc:[1:CHILD](13230) possible memory allocation deadlock in kmem_zone_alloc (mode:0x8250)';
    const { verdict } = await diagnosePasted(line);
    assert.equal(verdict?.cause, 'kernel-bug');
    assert.match(verdict?.summary.en ?? '', /fragmentation/);
  });

  it('explains a node that flaps beside an interface that is never let go', async () => {
    const leak = Array.from({ length: 4 }, (_, i) => `Jul  3 20:03:${10 + i} n1 kernel: ${LEAK}`).join('\n');
    const kubelet = `Jul  3 20:03:25 n1 kubelet[77]: E0703 20:03:25.881543 77 kubelet.go:1879] skipping pod synchronization - PLEG is not healthy: pleg was last seen active 4m3s ago; threshold is 3m0s
Jul  3 20:03:26 n1 kubelet[77]: E0703 20:03:26.881543 77 remote_runtime.go:282] ContainerStatus "${'ab'.repeat(32)}" from runtime service failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded`;
    assert.equal((await diagnosePasted(`${leak}\n${kubelet}`)).verdict?.cause, 'kernel-bug');
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCase, type CaseBuilder, idOf } from '../../test/support/case.ts';
import { diagnosePasted } from '../../test/support/pasted.ts';
import { diagnose } from '../diagnose/diagnose.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import { devicePluginHung } from './device-plugin-hung.ts';

const ENDED =
  'listAndWatch ended unexpectedly for device plugin nvidia.com/gpu with error rpc error: code = Unavailable';
const assess = (it: CaseBuilder) => devicePluginHung.assess(new CaseView(it.build()));

function waiting(it: CaseBuilder, stack: readonly string[], minutes: number): CaseBuilder {
  const fact = { wait: 'select', minutes, count: 1, stack: [...stack], waitsForLock: false };
  return it.fact({ type: 'goroutines', ...fact }, [entityId.component('kubelet', 900)]);
}

describe('device-plugin-hung', () => {
  it('is confirmed by a goroutine of the kubelet that has waited in Allocate for minutes', () => {
    const stack = [
      'k8s.io/kubelet/pkg/apis/deviceplugin/v1beta1.(*devicePluginClient).Allocate',
      'k8s.io/kubernetes/pkg/kubelet/cm/devicemanager.(*endpointImpl).allocate',
    ];
    assert.equal(assess(waiting(aCase(), stack, 12)).status, 'confirmed');
  });

  it('takes no stream that waits for news for a hang', () => {
    const stack = [
      'k8s.io/kubelet/pkg/apis/deviceplugin/v1beta1.(*devicePluginListAndWatchClient).Recv',
      'k8s.io/kubernetes/pkg/kubelet/cm/devicemanager.(*endpointImpl).run',
    ];
    assert.equal(assess(waiting(aCase(), stack, 4000)).status, 'not-examined');
  });

  it('is confirmed by a thread that hangs in a driver, and is then the root of the hang', () => {
    const it = aCase().processTable().engine().answers().container('gpu', { pid: 4000 });
    it.process(4000, { comm: 'nvidia-device-p' });
    it.stuckThread(4000, 4001, { stack: ['os_acquire_rwlock_write', 'nv_open_device', 'nvidia_open', 'chrdev_open'] });
    const diagnosis = diagnose(it.build());
    assert.equal(diagnosis.verdict?.cause, 'device-plugin-hung');
    assert.ok(diagnosis.verdict?.subjects.some((s) => s.id === entityId.container(idOf('gpu'))));
  });

  it('is only possible when a plugin went once, as it does when it is replaced', () => {
    assert.equal(assess(aCase().logged('device-plugin-lost', 1000, { line: ENDED })).status, 'possible');
    const twice = aCase().logged('device-plugin-lost', 1000, { line: ENDED });
    assert.equal(assess(twice.logged('device-plugin-lost', 9000, { line: ENDED })).status, 'likely');
  });

  it('is told by a GPU that has fallen off the bus', async () => {
    const { verdict } = await diagnosePasted(
      '[12345.678901] NVRM: Xid (PCI:0000:41:00): 79, pid=1234, name=python, GPU has fallen off the bus.',
    );
    assert.equal(verdict?.cause, 'device-plugin-hung');
  });

  it('is told by an admission that waited in vain', async () => {
    const { verdict } = await diagnosePasted(
      'E0703 20:03:25.881543 77 predicate.go:102] Failed to admit pod: Allocate failed due to rpc error: code = DeadlineExceeded desc = context deadline exceeded, which is unexpected',
    );
    assert.equal(verdict?.cause, 'device-plugin-hung');
  });
});

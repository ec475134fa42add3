import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCase, type CaseBuilder } from '../../test/support/case.ts';
import { diagnosePasted } from '../../test/support/pasted.ts';
import { diagnose } from '../diagnose/diagnose.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import { hardwareFault } from './hardware-fault.ts';

const assess = (it: CaseBuilder) => hardwareFault.assess(new CaseView(it.build()));
const UE = 'EDAC MC0: 1 UE memory read error on CPU_SrcID#0_Ha#0_Chan#1_DIMM#0';
const MEDIUM = 'sd 2:0:0:0: [sdb] tag#1 Sense Key : Medium Error [current]';

describe('hardware-fault', () => {
  it('is confirmed by memory errors that could not be corrected', () => {
    assert.equal(assess(aCase().kernel('machine-check', 1000, { line: UE })).status, 'confirmed');
  });

  it('is a warning only where errors were corrected, or before this day', () => {
    const corrected = aCase().kernel('machine-check', 1000, {
      line: 'mce: [Hardware Error]: Machine check events logged',
    });
    assert.equal(assess(corrected).status, 'possible');
    const counted = aCase().fact({ type: 'memory-errors', controller: 'mc0', corrected: 9, uncorrected: 1 }, [
      entityId.node(),
    ]);
    assert.equal(assess(counted).status, 'possible');
    assert.equal(assess(aCase().kernel('overheated', 1000)).status, 'possible');
  });

  it('is likely by one unread sector, confirmed by more', () => {
    const once = (): CaseBuilder => aCase().kernel('medium-error', 1000, { line: MEDIUM, device: 'sdb' });
    assert.equal(assess(once()).status, 'likely');
    const line = 'blk_update_request: critical medium error, dev sdb, sector 289430472';
    assert.equal(assess(once().kernel('io-error', 900, { line, device: 'sdb' })).status, 'confirmed');
  });

  it('is ruled out by memory controllers that count nothing', () => {
    const clean = aCase().fact({ type: 'memory-errors', controller: 'mc0', corrected: 0, uncorrected: 0 }, [
      entityId.node(),
    ]);
    assert.equal(assess(clean).status, 'ruled-out');
    assert.equal(assess(aCase()).status, 'not-examined');
  });

  it('does not take an I/O error for a fault of the disk by itself', () => {
    const line = 'I/O error, dev sdb, sector 100 op 0x0:(READ)';
    assert.equal(assess(aCase().kernel('io-error', 1000, { line, device: 'sdb' })).status, 'not-examined');
  });

  it('is the root of a filesystem that hangs on the failing disk', () => {
    const mount = entityId.mount('host', '8:16', '/data');
    const it = aCase().processTable().mount(mount, { source: '/dev/sdb' }).statfs(mount, { outcome: 'stuck' });
    const disk = [entityId.device('8:16'), entityId.node()];
    const fact = { type: 'kernel-signal', signal: 'medium-error', task: null, pid: null, device: 'sdb' } as const;
    it.fact({ ...fact, line: MEDIUM, seconds: null }, disk).fact({ ...fact, line: MEDIUM, seconds: null }, disk);
    assert.equal(diagnose(it.build()).verdict?.cause, 'hardware-fault');
  });

  it('is told by a kernel log alone', async () => {
    const lines = [
      `[ 100.000000] ${UE}`,
      '[ 100.000000] Memory failure: 0x12345: recovery action for dirty LRU page: Recovered',
      `[ 100.000000] ${MEDIUM}\n[ 100.100000] sd 2:0:0:0: [sdb] tag#1 Add. Sense: Unrecovered read error - auto reallocate failed\n[ 100.200000] blk_update_request: critical medium error, dev sdb, sector 1`,
      '[ 100.000000] pcieport 0000:c0:01.1: PCIe Bus Error: severity=Uncorrected (Fatal), type=Transaction Layer, (Requester ID)',
    ];
    for (const line of lines) assert.equal((await diagnosePasted(line)).verdict?.cause, 'hardware-fault', line);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCase, type CaseBuilder, NOW } from '../../test/support/case.ts';
import { fromCluster, notReadyFor } from '../../test/support/cluster-case.ts';
import { diagnosePasted, statesOf } from '../../test/support/pasted.ts';
import { diagnose } from '../diagnose/diagnose.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import { nodeShutdown } from './node-shutdown.ts';

const assess = (it: CaseBuilder) => nodeShutdown.assess(new CaseView(it.build()));

function booted(it: CaseBuilder, agoMs: number): CaseBuilder {
  const host = {
    hostname: 'n',
    kernel: '6.1',
    os: 'x',
    arch: 'x64',
    cpus: 2,
    cgroups: 'v2',
    init: 'systemd',
    uid: 0,
  } as const;
  return it.fact({ type: 'host', ...host, bootedAt: NOW - agoMs }, [entityId.node()]);
}

describe('node-shutdown', () => {
  it('is confirmed by the kubelet’s own word in Ready', () => {
    const diagnosis = diagnose(notReadyFor(fromCluster(), 'node is shutting down').build());
    assert.equal(diagnosis.verdict?.cause, 'node-shutdown');
    assert.equal(diagnosis.verdict?.status, 'confirmed');
    assert.deepEqual(statesOf(diagnosis), ['node-shutdown', 'node-not-ready']);
  });

  it('is confirmed by a systemd that stops the system', () => {
    const state = {
      type: 'system-state',
      state: 'stopping',
      tookMs: 9,
      units: 300,
      jobs: 0,
      shutdownAt: null,
    } as const;
    assert.equal(assess(aCase().fact(state, [entityId.node()])).status, 'confirmed');
  });

  it('is likely where the host booted minutes ago and Ready was lost', () => {
    assert.equal(assess(booted(aCase(), 180_000).logged('node-became-not-ready', 240_000)).status, 'likely');
  });

  it('is only possible on a host that booted minutes ago and is Ready', () => {
    assert.equal(assess(booted(aCase().ready('True', 1000), 180_000)).status, 'possible');
  });

  it('is ruled out by a host that has been up for days', () => {
    assert.equal(assess(booted(aCase(), 5 * 86_400_000)).status, 'ruled-out');
    assert.equal(assess(aCase()).status, 'not-examined');
  });

  it('is told by logind, systemd and the kernel, and by the event', async () => {
    const texts = [
      'Sep  9 17:45:37 n1 systemd-logind[666]: System is rebooting.',
      'Sep  9 17:45:37 n1 systemd[1]: Reached target Reboot.',
      'I0909 17:45:37.860271     973 nodeshutdown_manager_linux.go:262] "Shutdown manager detected new shutdown event, isNodeShuttingDownNow" event=true',
      'LAST SEEN   TYPE      REASON     OBJECT     MESSAGE\n64s         Warning   Rebooted   node/n1    Node n1 has been rebooted, boot id: 0b9a1c1e-0000-4000-8000-123456789abc',
    ];
    for (const text of texts) assert.equal((await diagnosePasted(text)).verdict?.cause, 'node-shutdown', text);
  });

  it('takes no user’s session that ends for the node, and no shutdown that was called off', async () => {
    const texts = [
      'Oct 11 18:16:38 n1 systemd[15992]: Reached target Shutdown.',
      'I0909 17:45:37.860271 973 nodeshutdown_manager_linux.go:154] Shutdown manager detected new shutdown event, isNodeShuttingDownNow: false',
    ];
    for (const text of texts) assert.equal((await diagnosePasted(text)).verdict, null, text);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { aCase, type CaseBuilder } from '../../test/support/case.ts';
import { apiServer, fromCluster, lease, lostToControlPlane } from '../../test/support/cluster-case.ts';
import { diagnosePasted } from '../../test/support/pasted.ts';
import { diagnose } from '../diagnose/diagnose.ts';
import { CaseView } from '../evidence/view.ts';
import { stepMs } from './clock-jump/step.ts';
import { clockJump } from './clock-jump.ts';

const assess = (it: CaseBuilder) => clockJump.assess(new CaseView(it.build()));
const stepped = (it: CaseBuilder, line: string): CaseBuilder =>
  it.logged('clock-wrong', 60_000, { line, log: 'systemd' });

describe('clock-jump', () => {
  it('is likely when the lease was renewed in the future: the clock was set back', () => {
    const found = assess(lease(fromCluster().ready('Unknown', 1000), -3_600_000));
    assert.equal(found.status, 'likely');
    assert.match(found.evidence[0]?.text.en ?? '', /in the future/);
    assert.equal(assess(lease(fromCluster().ready('True', 1000), -3_600_000)).status, 'possible');
  });

  it('is likely when this host and the API server do not agree on the time', () => {
    const found = assess(apiServer(aCase().ready('Unknown', 1000), 'ok', { clockAheadMs: 3_600_000 }));
    assert.equal(found.status, 'likely');
    assert.match(found.evidence[0]?.text.en ?? '', /clock here is 1h.* behind/);
    assert.equal(assess(apiServer(aCase(), 'ok', { clockAheadMs: -900 })).status, 'ruled-out');
  });

  it('explains a node that was lost as its clock was stepped by hours', () => {
    const it = stepped(lostToControlPlane(fromCluster()), 'System clock was stepped by -25198.995738 seconds');
    assert.equal(diagnose(it.build()).verdict?.cause, 'clock-jump');
  });

  it('is only possible by a step on a node that is Ready, or by one of a second', () => {
    const hours = 'System clock was stepped by -25198.995738 seconds';
    assert.equal(assess(stepped(aCase().ready('True', 1000), hours)).status, 'possible');
    assert.equal(
      assess(stepped(aCase().ready('Unknown', 1000), 'System clock was stepped by 1.4 seconds')).status,
      'possible',
    );
  });

  it('is ruled out by a lease that is renewed in time', () => {
    assert.equal(assess(lease(fromCluster(), 4000)).status, 'ruled-out');
    assert.equal(assess(aCase()).status, 'not-examined');
  });

  it('is told by ntpd, chronyd, journald, etcd and a certificate that is not yet valid', async () => {
    const lines = [
      'Sep 12 11:04:53 node-6 ntpd[902]: 0.0.0.0 c61c 0c clock_step -28818.771869 s',
      'Jun 16 17:46:15 n1 chronyd[2153]: System clock wrong by 72927926.233466 seconds',
      'Sep 12 11:04:53 node-6 systemd-journald[300]: Time jumped backwards, rotating.',
      '2016-04-27 17:56:34.086748 W | rafthttp: the clock difference against peer aa4fdaf4c562342d is too high [8h0m2.5s > 1s]',
    ];
    for (const line of lines) assert.equal((await diagnosePasted(line)).verdict?.cause, 'clock-jump', line);
  });

  it('is told by a heartbeat that is later than the line that tells of it, and not by one that is late', async () => {
    const line = (heartbeat: string): string =>
      `I0404 15:28:36.488138       8 node_lifecycle_controller.go:1107] node n1 hasn't been updated for 1m26.8s. Last Ready is: &NodeCondition{Type:Ready,Status:Unknown,LastHeartbeatTime:${heartbeat} +0500 DSTD,Reason:NodeStatusUnknown,}`;
    assert.equal((await diagnosePasted(line('2022-04-05 15:22:52'))).verdict?.cause, 'clock-jump');
    assert.notEqual((await diagnosePasted(line('2022-04-04 15:27:10'))).verdict?.cause, 'clock-jump');
  });

  it('is told by a timedatectl whose clock is unsynchronised and far from the hardware’s', async () => {
    const { verdict } = await diagnosePasted(`      Local time: Tue 2019-05-07 03:45:04 UTC
  Universal time: Tue 2019-05-07 03:45:04 UTC
        RTC time: Tue 2019-05-07 04:29:59
NTP synchronized: no
 RTC in local TZ: no`);
    assert.equal(verdict?.cause, 'clock-jump');
  });

  it('finds the clock behind a certificate that is not valid yet', async () => {
    const { verdict } = await diagnosePasted(
      'E0101 00:00:10.000000 77 reflector.go:138] Failed to watch *v1.Node: Get "https://10.0.0.1:6443/api/v1/nodes": x509: certificate has expired or is not yet valid: current time 2020-01-01T00:00:10Z is before 2021-05-01T10:00:00Z',
    );
    assert.equal(verdict?.cause, 'clock-jump');
  });

  it('reads how far a clock was off from any wording', () => {
    assert.equal(stepMs('System clock was stepped by -25198.995738 seconds'), -25_198_995.738);
    assert.equal(stepMs('time reset +3600.1 s'), 3_600_100);
    assert.equal(stepMs('step time server 10.0.0.1 offset 61.5 sec'), 61_500);
    assert.equal(stepMs('the clock difference against peer a is too high [1m30s > 1s]'), 90_000);
    assert.equal(stepMs('current time 2020-01-01T00:00:00Z is before 2020-01-01T01:00:00Z'), -3_600_000);
    assert.equal(stepMs('Time has been changed'), null);
    fc.assert(fc.property(fc.string(), (s) => stepMs(`System clock was stepped by ${s}`) !== undefined));
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ResourceCase } from '../../test/support/resource-case.ts';
import { diagnose } from '../diagnose/diagnose.ts';
import { entityId } from '../evidence/entity.ts';

const MIB = 1024 * 1024;
const verdict = (node: ResourceCase) => diagnose(node.build()).verdict?.cause ?? null;

describe('what the diagnosis makes of the resource causes', () => {
  it('names the lack of CPU as the root, not the runtime that does not answer for it', () => {
    const node = new ResourceCase().processTable().cpuQuota(10).scheduled(20, 4000).calls(10_000);
    const found = diagnose(node.build());
    assert.equal(found.verdict?.cause, 'cpu-starvation');
    assert.ok(found.chain.some((link) => link.state === 'list-calls-hang'));
  });

  it('names the memory as the root of a runtime that was killed', () => {
    assert.equal(verdict(new ResourceCase().processTable().oomKill('crio', 60_000).absent('crio')), 'memory-pressure');
  });

  it('names the full disk as the root of a runtime that is down', () => {
    const node = new ResourceCase().processTable().room({ availableBytes: 0, roles: ['docker-root', 'crio-root'] });
    assert.equal(verdict(node.absent('crio').calls(20)), 'disk-full');
  });

  it('names the slow disk as the root of status calls that wait for it, not the containers that were asked for', () => {
    const node = new ResourceCase()
      .processTable()
      .diskBusy({ awaitMs: 400, inFlight: 50 })
      .calls(20, 'list', 'version');
    for (const name of ['crasher-1', 'crasher-2']) node.container(name, { status: 'timeout' });
    for (const name of ['crasher-3', 'crasher-4', 'crasher-5']) node.container(name);
    node.call('info', 'timeout', { deadlineMs: 4000, tookMs: 4000 });
    assert.equal(verdict(node), 'io-saturation');
  });

  it('names lack of memory before the disk that it loads', () => {
    const node = new ResourceCase()
      .processTable()
      .pressure('memory', { avg10: 60, avg60: 50, avg300: 30 })
      .memory({ availableBytes: 50 * MIB, directReclaims: 800, majorFaults: 5000 })
      .diskBusy({ awaitMs: 400, inFlight: 50 })
      .calls(6000);
    assert.equal(verdict(node), 'memory-pressure');
  });

  /** dockerd's cgroup, full: 64 of 64 MiB. */
  const full = (hits: number) => {
    const node = new ResourceCase().processTable();
    const room = { usedBytes: 64 * MIB, limitBytes: 64 * MIB, windowMs: 1000, oomKills: 0 };
    return node.fact({ type: 'cgroup-memory', hits, ...room }, [node.dockerCgroup]);
  };

  it('names the memory limit of the runtime before the CPU that it spends on reclaim', () => {
    const found = diagnose(full(220_000).scheduled(600, 900).calls(10_000).build());
    assert.equal(found.verdict?.cause, 'memory-pressure');
    assert.ok(found.chain.some((link) => link.state === 'cpu-starvation'));
    assert.deepEqual(
      found.remedies.filter((r) => r.works).map((r) => r.action),
      ['raise-memory-limit'],
    );
  });

  it('names the memory limit of a runtime that stands still for it, not the runtime that does not answer', () => {
    const node = full(220_000);
    node
      .component('dockerd', 700, { state: 'D', lasting: true })
      .stuckThread(700, 700, { stack: ['try_charge_memcg'] });
    for (const call of ['version', 'list'] as const) node.call(call, 'timeout', { deadlineMs: 4000, tookMs: 4000 });
    const found = diagnose(node.build());
    assert.equal(found.verdict?.cause, 'memory-pressure');
    assert.ok(found.chain.some((link) => link.state === 'runtime-unresponsive'));
  });

  it('finds nothing wrong with a runtime whose page cache fills its memory limit', () => {
    assert.equal(verdict(full(40).scheduled(50, 10).calls(12)), null);
  });

  it('finds nothing wrong with the memory of one daemon where another is slow', () => {
    const node = full(220_000).calls(12);
    const health = { endpoint: 'http://127.0.0.1:10248/healthz', body: '', outcome: 'ok' } as const;
    node.fact({ type: 'kubelet-healthz', tookMs: 4000, ...health }, [entityId.component('kubelet', 900)]);
    assert.equal(verdict(node), null);
  });

  it('finds nothing wrong with a node that works as hard as it can', () => {
    const node = new ResourceCase()
      .processTable()
      .cpuTime(1, 0.02)
      .pressure('cpu', { avg10: 95, avg60: 90, avg300: 85 })
      .pressure('io', { avg10: 90, avg60: 88, avg300: 70 })
      .pressure('memory', { avg10: 3, avg60: 2, avg300: 1 })
      .memory({ availableBytes: 700 * MIB, directReclaims: 12, majorFaults: 300 })
      .scheduled(300, 350)
      .cpuQuota(4)
      .diskBusy({ awaitMs: 300, inFlight: 64 })
      .limit({ used: 20_000 })
      .room({ availableBytes: 20 * 1024 * MIB })
      .oomKill('java', 60_000, 'Memory cgroup out of memory: Killed process 4321 (java) total-vm:1kB')
      .calls(80);
    assert.equal(verdict(node), null);
  });
});

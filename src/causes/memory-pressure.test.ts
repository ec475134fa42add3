import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NOW } from '../../test/support/case.ts';
import { ResourceCase } from '../../test/support/resource-case.ts';
import { entityId } from '../evidence/entity.ts';
import { memoryPressure } from './memory-pressure.ts';

const assess = (node: ResourceCase) => memoryPressure.assess(node.view());
const MIB = 1024 * 1024;
const MINUTE = 60_000;

describe('memory-pressure', () => {
  it('is confirmed when the host stalls for memory, has next to none, and calls are slow', () => {
    const found = assess(
      new ResourceCase()
        .pressure('memory', { avg10: 60, avg60: 45, avg300: 20 })
        .memory({ availableBytes: 60 * MIB, directReclaims: 900, majorFaults: 4000 })
        .calls(7000, 'list'),
    );
    assert.equal(found.status, 'confirmed');
  });

  it('is confirmed without pressure stall information too', () => {
    const found = assess(
      new ResourceCase()
        .gap('pressure', 'absent')
        .memory({ availableBytes: 60 * MIB, directReclaims: 900, majorFaults: 4000 })
        .calls(7000, 'list'),
    );
    assert.equal(found.status, 'confirmed');
  });

  it('is confirmed when the kernel killed the runtime, and it is gone', () => {
    const absent = entityId.component('crio', null);
    const found = assess(new ResourceCase().oomKill('crio', 5 * MINUTE).absent('crio'));
    assert.equal(found.status, 'confirmed');
    assert.equal(found.subjects[0], absent);
  });

  it('starts the killed daemon again by its unit', () => {
    const view = new ResourceCase()
      .oomKill('crio', 5 * MINUTE)
      .absent('crio')
      .view();
    const remedies = memoryPressure.remedies(view, memoryPressure.assess(view));
    assert.equal(remedies.find((r) => r.action === 'restart-runtime')?.command, 'systemctl start crio');
  });

  it('does not hold a kill against a daemon that came up after it', () => {
    const node = new ResourceCase().oomKill('dockerd', 5 * MINUTE).absent('dockerd', NOW - MINUTE);
    assert.equal(assess(node).status, 'possible');
  });

  it('is confirmed when the kernel killed a shim and left its container to PID 1', () => {
    const node = new ResourceCase()
      .oomKill('containerd-shim', 2 * MINUTE)
      .process(4000, { comm: 'java', threads: 40, adopted: true });
    assert.equal(assess(node).status, 'confirmed');
  });

  it('explains by an OOM kill why the runtime is down', () => {
    const absent = entityId.component('dockerd', null);
    const view = new ResourceCase().oomKill('dockerd', MINUTE).absent('dockerd').view();
    const found = memoryPressure.assess(view);
    const effect = memoryPressure.leadsTo.find((e) => e.state === 'runtime-down');
    assert.equal(effect?.links?.(found, { ...found, subjects: [absent] }, view), true);
    assert.equal(effect?.links?.(found, { ...found, subjects: [entityId.component('crio', null)] }, view), false);
  });

  it('does not blame the node for a container killed at its own limit', () => {
    const found = assess(
      new ResourceCase()
        .memory({})
        .oomKill('java', MINUTE, 'Memory cgroup out of memory: Killed process 4321 (java)')
        .calls(20),
    );
    assert.equal(found.status, 'ruled-out');
    assert.ok(found.against.some((e) => /container’s affair/.test(e.text.en)));
  });

  it('does not blame a full page cache: little free, much available, no stalls', () => {
    const found = assess(new ResourceCase().memory({}).pressure('memory', {}).calls(3000, 'list'));
    assert.equal(found.status, 'ruled-out');
  });

  it('does not blame a node that reclaims hard while the runtime answers in milliseconds', () => {
    const found = assess(
      new ResourceCase()
        .pressure('memory', { avg60: 15 })
        .memory({ availableBytes: 90 * MIB, directReclaims: 50 })
        .calls(40),
    );
    assert.equal(found.status, 'ruled-out');
  });

  it('takes a stall of a few seconds for possible at most', () => {
    assert.equal(
      assess(new ResourceCase().pressure('memory', { avg10: 30, avg60: 4 }).calls(2000, 'list')).status,
      'possible',
    );
  });

  it('is likely when only the cgroup of the runtime is at its limit, for its page cache may be all that is', () => {
    const node = new ResourceCase();
    const limit = {
      type: 'cgroup-memory',
      usedBytes: 512 * MIB,
      limitBytes: 512 * MIB,
      windowMs: 1000,
      hits: 80,
      oomKills: 0,
    } as const;
    const view = node.fact(limit, [node.dockerCgroup]).calls(5000, 'list').view();
    const found = memoryPressure.assess(view);
    assert.equal(found.status, 'likely');
    assert.equal(
      memoryPressure.remedies(view, found)[0]?.command,
      'systemctl set-property --runtime docker.service MemoryHigh=infinity MemoryMax=infinity',
    );
  });

  it('is confirmed when that cgroup stalls as well', () => {
    const node = new ResourceCase();
    node.pressure('memory', { avg60: 50 }, node.dockerCgroup).calls(5000, 'list');
    assert.equal(assess(node).status, 'confirmed');
  });

  it('forgets kills of yesterday', () => {
    assert.equal(
      assess(
        new ResourceCase()
          .memory({})
          .oomKill('dockerd', 24 * 60 * MINUTE)
          .calls(10),
      ).status,
      'ruled-out',
    );
  });
});

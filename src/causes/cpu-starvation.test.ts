import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ResourceCase } from '../../test/support/resource-case.ts';
import { entityId } from '../evidence/entity.ts';
import { cpuStarvation } from './cpu-starvation.ts';

const assess = (node: ResourceCase) => cpuStarvation.assess(node.view());

describe('cpu-starvation', () => {
  it('is confirmed when the runtime is throttled in nearly every period and lists slowly', () => {
    const node = new ResourceCase().cpuQuota(10).calls(4200, 'list');
    const found = assess(node);
    assert.equal(found.status, 'confirmed');
    assert.deepEqual(found.subjects.slice(0, 2), [node.dockerCgroup, node.dockerd]);
    assert.match(
      found.summary?.en ?? '',
      /dockerd, containerd are throttled .*docker\.service: in 10 of 10 periods.* 4\.2s/,
    );
  });

  it('is confirmed when the threads of the runtime mostly wait for a CPU and calls time out', () => {
    const found = assess(new ResourceCase().scheduled(80, 2600).calls(10_000, 'list'));
    assert.equal(found.status, 'confirmed');
  });

  it('is confirmed when a quota of long periods holds the runtime back wholly: its threads then neither run nor queue', () => {
    const long = { quotaCpus: 0.0025, periodMs: 1000, periods: 1, throttledMs: 0 };
    const node = new ResourceCase().cpuQuota(1, undefined, long).scheduled(0, 0).calls(4000, 'list');
    const found = assess(node);
    assert.equal(found.status, 'confirmed');
    assert.deepEqual(found.against, []);
    assert.match(found.summary?.en ?? '', /quota of 0\.0025 CPU .* 1 of 1 periods/);
  });

  it('takes the one period of a short window that was not throttled for no answer', () => {
    const found = assess(new ResourceCase().cpuQuota(0, undefined, { periodMs: 1000, periods: 1 }).calls(30));
    assert.ok(found.against.every((e) => !/throttled only/.test(e.text.en)));
  });

  it('does not judge by the only period in which an idle daemon ran', () => {
    const found = assess(new ResourceCase().cpuQuota(1, undefined, { periods: 1 }).calls(4200, 'list'));
    assert.notEqual(found.status, 'confirmed');
  });

  it('does not blame a node at 100 % CPU whose runtime answers in milliseconds', () => {
    const node = new ResourceCase()
      .cpuTime(1, 0)
      .pressure('cpu', { avg10: 92, avg60: 88, avg300: 80 })
      .scheduled(60, 40)
      .calls(12);
    const found = assess(node);
    assert.equal(found.status, 'ruled-out');
    assert.ok(found.against.length > 0);
    assert.deepEqual(found.subjects, []);
  });

  it('does not blame a quota that throttles a runtime which answers quickly all the same', () => {
    const found = assess(new ResourceCase().cpuQuota(8).calls(30));
    assert.equal(found.status, 'ruled-out');
    assert.match(found.against[0]?.text.en ?? '', /answers quickly/);
    assert.equal(found.evidence.length, 1, 'the throttling stays readable');
  });

  it('does not take one hung container for a slow runtime', () => {
    const found = assess(new ResourceCase().cpuQuota(9).calls(15, 'list', 'version').calls(10_000, 'status'));
    assert.equal(found.status, 'ruled-out');
  });

  it('is only likely when throttling was seen but no call was made', () => {
    const found = assess(new ResourceCase().cpuQuota(10).gap('docker', 'no-permission'));
    assert.equal(found.status, 'likely');
    assert.ok(found.missing.some((m) => m.topic === 'docker'));
  });

  it('counts a quota on a cgroup above that of the daemon', () => {
    const slice = 'cgroup:/system.slice' as const;
    const found = assess(new ResourceCase().entity(slice, '/system.slice').cpuQuota(10, slice).calls(5000, 'list'));
    assert.equal(found.status, 'confirmed');
    assert.equal(found.subjects[0], slice);
  });

  it('is likely, no more, when the hypervisor steals and calls are slow', () => {
    const node = new ResourceCase().cpuTime(0.9, 0.45);
    assert.equal(assess(node.calls(3000, 'list')).status, 'likely');
  });

  it('is ruled out by threads that hardly wait, although calls are slow and pressure is high', () => {
    const found = assess(new ResourceCase().scheduled(5, 1).pressure('cpu', { avg60: 70 }).calls(10_000, 'list'));
    assert.equal(found.status, 'ruled-out');
  });

  it('does not blame the CPU for a daemon that was stopped', () => {
    const node = new ResourceCase().component('dockerd', 700, { state: 'T' }).cpuQuota(10).calls(10_000);
    assert.notEqual(assess(node).status, 'confirmed');
  });

  it('looks at the answers of the starved daemon itself, not at those of another', () => {
    const node = new ResourceCase();
    const own = entityId.engine('containerd', 'unix:///run/containerd.sock');
    node.entity(own, 'containerd.sock').link(node.containerd, 'listens-on', own).scheduled(100, 900, node.containerd);
    node.engine('containerd', 'unix:///run/containerd.sock').call('version', 'ok', { tookMs: 9 }).engine('docker');
    assert.equal(assess(node.calls(10_000, 'list')).status, 'ruled-out');
  });

  it('says that it was not examined where nothing was sampled', () => {
    const found = assess(new ResourceCase().gap('pressure', 'failed').gap('cgroups', 'no-permission'));
    assert.equal(found.status, 'not-examined');
    assert.deepEqual(found.missing.map((m) => m.topic).slice(0, 2), ['cgroups', 'pressure']);
  });

  it('needs no pressure stall information where the kernel has none', () => {
    const found = assess(new ResourceCase().gap('pressure', 'absent').cpuQuota(10).calls(2000, 'list'));
    assert.equal(found.status, 'confirmed');
    assert.ok(!found.missing.some((m) => m.topic === 'pressure'));
  });

  it('lifts the very quota, and says that a restart does not', () => {
    const view = new ResourceCase().cpuQuota(10).calls(4200, 'list').view();
    const remedies = cpuStarvation.remedies(view, cpuStarvation.assess(view));
    assert.equal(remedies[0]?.command, 'systemctl set-property --runtime docker.service CPUQuota=');
    assert.equal(remedies.find((r) => r.action === 'restart-runtime')?.works, false);
  });

  it('lifts a quota on a cgroup of no unit through its file, on either cgroup version', () => {
    const commands = (['v1', 'v2'] as const).map((version) => {
      const cgroup = 'cgroup:/lab/slow $(reboot)' as const;
      const node = new ResourceCase(version);
      const view = node
        .entity(cgroup, 'x')
        .link(node.dockerd, 'in-cgroup', cgroup)
        .cpuQuota(10, cgroup)
        .calls(4200, 'list')
        .view();
      return cpuStarvation.remedies(view, cpuStarvation.assess(view))[0]?.command;
    });
    assert.deepEqual(commands, [
      "echo -1 > '/sys/fs/cgroup/cpu/lab/slow $(reboot)/cpu.cfs_quota_us'",
      "echo max > '/sys/fs/cgroup/lab/slow $(reboot)/cpu.max'",
    ]);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ResourceCase } from '../../test/support/resource-case.ts';
import { entityId } from '../evidence/entity.ts';
import { pidExhaustion } from './pid-exhaustion.ts';

const assess = (node: ResourceCase) => pidExhaustion.assess(node.view());

describe('pid-exhaustion', () => {
  it('is confirmed when the cgroup of the runtime is at its pids limit and has hit it', () => {
    const node = new ResourceCase();
    node.limit(
      { scope: 'cgroup', subject: '/system.slice/docker.service', used: 64, max: 64, hits: 12 },
      node.dockerCgroup,
    );
    const view = node.view();
    const found = pidExhaustion.assess(view);
    assert.equal(found.status, 'confirmed');
    assert.equal(found.subjects[0], node.dockerCgroup);
    assert.equal(
      pidExhaustion.remedies(view, found)[0]?.command,
      'systemctl set-property --runtime docker.service TasksMax=infinity',
    );
  });

  it('is confirmed when the host has no PIDs left and calls fail for it', () => {
    const node = new ResourceCase().limit({ used: 32_767 });
    node.failed('fork/exec /usr/bin/containerd-shim: resource temporarily unavailable');
    assert.equal(assess(node).status, 'confirmed');
  });

  it('names the process that holds most of them', () => {
    const node = new ResourceCase().limit({ used: 32_767 }).calls(4000, 'list');
    const java = entityId.process(4000);
    const container = entityId.container('ab'.repeat(32));
    node.link(java, 'in-container', container);
    node.process(4000, { comm: 'java', threads: 30_000, adopted: false });
    const found = assess(node);
    assert.ok(found.subjects.includes(java) && found.subjects.includes(container));
    assert.ok(found.evidence.some((e) => /java.* alone has 30000 threads/.test(e.text.en)));
  });

  it('never offers to kill PID 1 or a daemon', () => {
    const node = new ResourceCase();
    node
      .limit({ scope: 'cgroup', subject: '/docker', used: 20, max: 20, hits: 1 }, node.dockerCgroup)
      .limit({ used: 32_767 });
    node.process(1, { comm: 'systemd', threads: 20_000 }).process(700, { comm: 'dockerd', threads: 20_000 });
    const view = node.view();
    const commands = pidExhaustion.remedies(view, pidExhaustion.assess(view)).map((r) => r.command ?? '');
    assert.ok(!commands.some((c) => c.startsWith('kill')));
  });

  it('is likely when PIDs are used up and nothing shows it yet', () => {
    assert.equal(assess(new ResourceCase().limit({ used: 32_600 }).calls(10)).status, 'likely');
  });

  it('is confirmed when all pods together are at their limit and have hit it', () => {
    const pods = entityId.cgroup('/kubepods.slice');
    const found = assess(
      new ResourceCase().limit({ scope: 'cgroup', subject: '/kubepods.slice', used: 4096, max: 4096, hits: 3 }, pods),
    );
    assert.equal(found.status, 'confirmed');
  });

  it('is confirmed when a daemon of the group that hit its limit is gone, which makes room again', () => {
    const limited = (name: 'containerd' | 'kubelet') => {
      const node = new ResourceCase();
      const limit = { scope: 'cgroup', subject: '/system.slice/docker.service', used: 60, max: 64, hits: 12 } as const;
      return node.limit(limit, node.dockerCgroup).absent(name);
    };
    const found = assess(limited('containerd'));
    assert.equal(found.status, 'confirmed');
    assert.ok(found.subjects.includes(entityId.component('containerd', null)), 'so that it explains runtime-down');
    assert.equal(assess(limited('kubelet')).status, 'possible', 'the kubelet is in another group');
  });

  it('is confirmed when a shim was refused minutes ago in a group that hit its limit and has a little room now', () => {
    const limit = { scope: 'cgroup', subject: '/system.slice/docker.service', used: 60, max: 64, hits: 12 } as const;
    const node = () => {
      const given = new ResourceCase();
      return given.limit(limit, given.dockerCgroup);
    };
    const refused = node();
    refused.failed('fork/exec /usr/bin/containerd-shim: resource temporarily unavailable');
    assert.equal(assess(refused).status, 'confirmed');
    assert.equal(assess(node()).status, 'possible', 'it may have hit it long ago');
  });

  it('leaves a container at its own limit to the container, with a word on exec probes', () => {
    const pod = entityId.cgroup('/kubepods.slice/kubepods-pod1.slice/cri-containerd-ab.scope');
    const found = assess(
      new ResourceCase()
        .limit({ scope: 'cgroup', subject: 'web/app', used: 100, max: 100, hits: 9000 }, pod)
        .calls(4000, 'list'),
    );
    assert.equal(found.status, 'possible');
    assert.match(found.summary?.en ?? '', /container’s own affair.*exec probes/);
  });

  it('is confirmed when a daemon has all its file descriptors and stops answering', () => {
    const node = new ResourceCase();
    node
      .limit({ resource: 'open-files', scope: 'process', subject: 'dockerd', used: 1024, max: 1024 }, node.dockerd)
      .calls(10_000, 'list');
    const view = node.view();
    const found = pidExhaustion.assess(view);
    assert.equal(found.status, 'confirmed');
    assert.equal(pidExhaustion.remedies(view, found)[0]?.command, 'prlimit --pid 700 --nofile=2048:2048');
  });

  it('does not hold slow calls against inotify instances that a running daemon already has', () => {
    const found = assess(
      new ResourceCase()
        .limit({ resource: 'inotify-instances', scope: 'user', subject: 'root', used: 128, max: 128 })
        .calls(5000, 'list'),
    );
    assert.equal(found.status, 'possible');
  });

  it('is confirmed when the kubelet is missing and no inotify instance is left to start it', () => {
    const node = new ResourceCase()
      .limit({ resource: 'inotify-instances', scope: 'user', subject: 'root', used: 128, max: 128 })
      .absent('kubelet');
    const found = assess(node);
    assert.equal(found.status, 'confirmed');
    assert.ok(found.subjects.includes(entityId.component('kubelet', null)), 'so that it explains kubelet-down');
  });

  it('is ruled out by limits with room, and by there being no limit', () => {
    const found = assess(new ResourceCase().limit({ used: 900 }).limit({ used: 99_999, max: null, subject: 'x' }));
    assert.equal(found.status, 'ruled-out');
    assert.match(found.against[0]?.text.en ?? '', /Of 2 limits the .* 900 of 32768 PIDs/);
  });

  it('says that it was not examined where no limit was read', () => {
    const found = assess(new ResourceCase().gap('cgroups', 'no-permission'));
    assert.equal(found.status, 'not-examined');
    assert.ok(found.missing.some((m) => m.topic === 'cgroups'));
  });
});

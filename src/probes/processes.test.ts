import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frozenWriter, statLine, statusText, WRITER } from '../../test/support/frozen-writer.ts';
import { runProbeOn } from '../../test/support/probe-on-host.ts';
import { recordedHost } from '../../test/support/recorded-host.ts';
import { caseFileSchema } from '../evidence/case-file.ts';
import { entityId } from '../evidence/entity.ts';
import { createLinuxHost } from '../host/linux-host.ts';
import { processesProbe } from './processes.ts';

const { container: id, leader, shim, threads } = WRITER;
const container = entityId.container(id);
const thread = entityId.thread(leader, threads[0]);
const volume = entityId.mount('container', '7:3', '/data');
const loop = entityId.device('7:3');

test('a zombie held by threads in D: each thread says call, path, kernel function, mount and device', async () => {
  const view = await runProbeOn(recordedHost(frozenWriter()), processesProbe);
  assert.ok(caseFileSchema.safeParse(view.caseFile).success);
  assert.deepEqual(view.fact(thread, 'thread'), {
    type: 'thread',
    pid: leader,
    tid: threads[0],
    comm: 'writer',
    state: 'D',
    wchan: 'percpu_rwsem_wait',
    stack: [
      'percpu_rwsem_wait',
      'mnt_want_write',
      'path_openat',
      'do_filp_open',
      'do_sys_openat2',
      '__x64_sys_openat',
      'do_syscall_64',
      'entry_SYSCALL_64_after_hwframe',
    ],
    syscall: { number: 257, name: 'openat', path: '/data/0' },
    stuck: true,
    sampledMs: 1000,
  });
  assert.deepEqual(view.to(thread, 'waits-on'), [volume]);
  assert.deepEqual(view.to(volume, 'on-device'), [loop]);
  assert.equal(view.entity(loop)?.name, '/dev/loop3');
  assert.partialDeepStrictEqual(view.fact(volume, 'mount'), {
    namespace: 'container',
    fsType: 'ext4',
    readOnly: false,
  });
  assert.ok(view.from(loop, 'on-device').includes(entityId.mount('host', '7:3', '/srv/data')));
  assert.deepEqual(
    view.all('open-file').map((o) => o.fact.path),
    ['/data/keep'],
  );
});

test('the zombie is placed in its container by its threads, under its shim', async () => {
  const view = await runProbeOn(recordedHost(frozenWriter()), processesProbe);
  const zombie = entityId.process(leader);
  assert.partialDeepStrictEqual(view.fact(zombie, 'process'), {
    state: 'Z',
    lasting: true,
    threads: 3,
    cmdline: '',
    adopted: false,
    startedAt: 1_795_501_304_000 + 207_817 * 10,
  });
  assert.deepEqual(view.to(zombie, 'in-container'), [container]);
  assert.deepEqual(view.to(container, 'runs'), [zombie]);
  assert.deepEqual(view.from(container, 'supervises'), [entityId.shim(shim)]);
  assert.deepEqual(view.to(zombie, 'child-of'), [entityId.process(shim)]);
  assert.partialDeepStrictEqual(view.fact(entityId.shim(shim), 'shim'), {
    state: 'S',
    namespace: 'moby',
    containerId: id,
  });
  assert.partialDeepStrictEqual(view.fact(entityId.node(), 'process-counts'), {
    processes: 3,
    threads: 5,
    byState: { S: 2, Z: 1, D: 2 },
    lastingZombies: 1,
  });
});

test('once the shim is gone the zombie is adopted', async () => {
  const machine = frozenWriter();
  delete machine.files[`/proc/${shim}/stat`];
  machine.files[`/proc/${leader}/stat`] = statLine(leader, 'writer', 'Z', 1, 3);
  const view = await runProbeOn(recordedHost(machine), processesProbe);
  assert.partialDeepStrictEqual(view.fact(entityId.process(leader), 'process'), { ppid: 1, adopted: true });
  assert.deepEqual(view.to(entityId.process(leader), 'child-of'), [entityId.process(1)]);
  assert.deepEqual(view.all('shim'), []);
});

test('a thread that ran in between is not stuck, one that left D is not told', async () => {
  const machine = frozenWriter();
  machine.onSleep = ({ files = {} }) => {
    files[`/proc/${leader}/task/${threads[0]}/status`] = statusText(threads[0], 8, 24);
    delete files[`/proc/${leader}/task/${threads[1]}/stat`];
  };
  const view = await runProbeOn(recordedHost(machine), processesProbe);
  assert.deepEqual(
    view.all('thread').map(({ fact }) => [fact.tid, fact.stuck]),
    [[threads[0], false]],
  );
});

test('a zombie that is reaped within the window is not lasting', async () => {
  const machine = frozenWriter();
  machine.onSleep = ({ files = {} }) => {
    for (const path of Object.keys(files)) if (path.startsWith(`/proc/${leader}/`)) delete files[path];
  };
  const view = await runProbeOn(recordedHost(machine), processesProbe);
  assert.equal(view.fact(entityId.process(leader), 'process'), null);
  assert.equal(view.fact(entityId.node(), 'process-counts')?.lastingZombies, 0);
});

test('threads of a paused container wait for the thaw and not for a mount', async () => {
  const machine = frozenWriter();
  machine.files[`/sys/fs/cgroup/freezer/docker/${id}/freezer.state`] = 'FROZEN\n';
  const view = await runProbeOn(recordedHost(machine), processesProbe);
  assert.partialDeepStrictEqual(view.fact(container, 'cgroup-frozen'), { state: 'frozen' });
  assert.deepEqual(view.to(thread, 'waits-on'), []);
});

test('the freezer is found where it is mounted, by the path that the container has in it', async () => {
  const machine = frozenWriter();
  const parent = '/kube/elsewhere';
  const mountinfo = machine.files['/proc/1/mountinfo'];
  assert.ok(typeof mountinfo === 'string');
  machine.files['/proc/1/mountinfo'] = mountinfo.replace(' /sys/fs/cgroup/freezer ', ' /dev/cgroup/fz ');
  for (const tid of threads) {
    const cgroups = machine.files[`/proc/${leader}/task/${tid}/cgroup`];
    assert.ok(typeof cgroups === 'string');
    const moved = cgroups.replace(/(:freezer:)\/docker/, `$1${parent}`);
    machine.files[`/proc/${leader}/task/${tid}/cgroup`] = moved;
  }
  machine.files[`/dev/cgroup/fz${parent}/${id}/freezer.state`] = 'FROZEN\n';
  const view = await runProbeOn(recordedHost(machine), processesProbe);
  assert.partialDeepStrictEqual(view.fact(container, 'cgroup-frozen'), { state: 'frozen' });
  assert.ok(view.fact(entityId.cgroup(`${parent}/${id}`), 'cgroup-frozen'));
});

test('a stopped shim is told as such', async () => {
  const machine = frozenWriter();
  machine.files[`/proc/${shim}/stat`] = statLine(shim, 'containerd-shim', 'T', 1);
  const view = await runProbeOn(recordedHost(machine), processesProbe);
  assert.partialDeepStrictEqual(view.fact(entityId.shim(shim), 'shim'), { state: 'T', lasting: true });
});

test('without root the threads are still told, and what could not be seen is a gap', async () => {
  const machine = frozenWriter();
  for (const tid of threads) {
    for (const file of ['stack', 'syscall', 'mountinfo'])
      machine.files[`/proc/${leader}/task/${tid}/${file}`] = { error: 'EACCES' };
    machine.files[`/proc/${leader}/task/${tid}/wchan`] = '0';
  }
  const view = await runProbeOn(recordedHost(machine), processesProbe);
  assert.partialDeepStrictEqual(view.fact(thread, 'thread'), { wchan: null, stack: null, syscall: null, stuck: true });
  for (const topic of ['kernel-stacks', 'open-files'] as const) {
    assert.partialDeepStrictEqual(view.gaps(topic)[0]?.fact, { why: 'no-permission', partial: false });
    assert.equal(view.examined(topic), false);
  }
});

test('a path that cannot be read because the read hangs leaves the rest of the thread', async () => {
  const machine = frozenWriter();
  for (const tid of threads) machine.files[`/proc/${leader}/task/${tid}/mem`] = { stuck: true };
  const view = await runProbeOn(recordedHost(machine), processesProbe);
  assert.deepEqual(view.fact(thread, 'thread')?.syscall, { number: 257, name: 'openat', path: null });
});

test('on this machine it ends, and finds nothing of itself in trouble', async () => {
  const host = createLinuxHost();
  const view = await runProbeOn(host, processesProbe, 100);
  host.files.close();
  assert.ok(caseFileSchema.safeParse(view.caseFile).success);
  assert.ok((view.fact(entityId.node(), 'process-counts')?.threads ?? 0) > 1);
  assert.deepEqual(
    view.all('thread').filter((o) => o.fact.pid === process.pid),
    [],
  );
});

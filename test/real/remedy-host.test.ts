import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { hangCni, untilCniHangs } from '../../lab/faults/cni-hung.ts';
import { freezeFilesystem } from '../../lab/faults/freeze.ts';
import { mountFuse, muteFuse } from '../../lab/faults/fuse.ts';
import { hangStatus } from '../../lab/faults/hang-status.ts';
import { stopProcess } from '../../lab/faults/stop-process.ts';
import { runWriter, untilStuck, untilZombie } from '../../lab/faults/writer.ts';
import { Lab } from '../../lab/lab.ts';
import { mountAt } from '../../lab/mounts.ts';
import { allProcesses, identify, isAlive, isRunning, type ProcessId, readOr, readStat } from '../../lab/processes.ts';
import { runOrFail } from '../../lab/run.ts';
import type { Daemon } from '../../lab/runtimes/daemon.ts';
import type { DockerApi } from '../../lab/runtimes/docker-api.ts';
import { shimOf } from '../../lab/shims.ts';
import { until } from '../../lab/wait.ts';
import { createLinuxHost } from '../../src/host/linux-host.ts';
import { splitArgs } from '../../src/host/survey.ts';
import type { HostAct, ProcessRef, ServiceRef } from '../../src/remedy/act.ts';
import { createHostActor, linuxActorDeps, type PerformOptions } from '../../src/remedy/host/index.ts';
import type { Outcome } from '../../src/remedy/outcome.ts';
import { shellCommand, shellWord } from '../../src/text/shell.ts';
import { realTest, whyNotReal } from '../support/real.ts';

let lab: Lab;
const host = createLinuxHost();

before(async () => {
  if (whyNotReal(['docker', 'cgroups']) !== null) return;
  lab = new Lab();
  await lab.dockerd();
});

after(async () => {
  host.files.close();
  if (lab !== undefined) assert.deepEqual(await lab.close(), []);
});

function act(what: HostAct, on = host, deadlineMs = 10_000): Promise<Outcome> {
  const options = { signal: new AbortController().signal, deadlineMs, onProgress: () => undefined };
  return createHostActor(linuxActorDeps(on)).perform(what, options);
}

function refOf(id: ProcessId): ProcessRef {
  const bootId = readOr('/proc/sys/kernel/random/boot_id', '').trim();
  return { ...id, comm: readStat(id.pid)?.comm ?? '', bootId };
}

function assertOutcome(outcome: Outcome, status: Outcome['status'], text: RegExp): void {
  assert.match(outcome.text.en, text);
  assert.equal(outcome.status, status, outcome.text.en);
}

/** Does something to a lab that is whole again afterwards. */
async function within(body: () => Promise<void>): Promise<void> {
  const mark = lab.workspace.journal.mark();
  try {
    await body();
  } finally {
    assert.deepEqual(lab.undoSince(mark), []);
  }
}

realTest('a frozen filesystem is thawed, its zombie goes, and the lab need not thaw it again', ['docker', 'loop'], () =>
  within(async () => {
    const disk = await lab.disk();
    const { id, pid } = await runWriter(await lab.dockerd(), disk.mountPoint);
    await freezeFilesystem(lab.workspace, disk);
    await untilStuck(pid);
    (await lab.dockerd()).api.stopInBackground(id, 'kill');
    await untilZombie(pid);
    const outcome = await act({ kind: 'thaw-filesystem', mountpoint: disk.mountPoint });
    assertOutcome(outcome, 'done', /is thawed; of \d+ threads in D on this host [1-9]\d* went on/);
    await until({ en: 'the zombie to be reaped', zh: '' }, () => readStat(pid) === null);
    const again = await act({ kind: 'thaw-filesystem', mountpoint: disk.mountPoint });
    assertOutcome(again, 'refused', /is not frozen/);
    assert.equal(again.precondition, 'still-frozen');
  }),
);

realTest('a process that waits in the kernel is not killed a second time', ['docker', 'loop'], () =>
  within(async () => {
    const disk = await lab.disk();
    const { pid } = await runWriter(await lab.dockerd(), disk.mountPoint);
    const writer = refOf({ pid, startTicks: readStat(pid)?.startTicks ?? 0 });
    await freezeFilesystem(lab.workspace, disk);
    await untilStuck(pid);
    const end = { kind: 'end-process', process: writer, gentle: false } as const;
    assertOutcome(
      await act(end, host, 1500),
      'timed-out',
      /got SIGKILL and is still there: thread \d+ waits in the kernel/,
    );
    const again = await act(end, host, 1500);
    assertOutcome(again, 'refused', /has been killed already/);
    assert.equal(again.precondition, 'no-kill-pending');
  }),
);

realTest('a stopped shim is resumed, and the status call that hung answers', ['docker'], () =>
  within(async () => {
    const { api } = await lab.dockerd();
    const id = await api.run({});
    const shim = refOf(shimOf((await api.inspect(id)).State.Pid));
    await hangStatus(lab, id);
    assertOutcome(await act({ kind: 'resume-process', process: shim }), 'done', /runs again/);
    assert.equal((await api.inspect(id, 5000)).Id, id);
    assertOutcome(await act({ kind: 'resume-process', process: shim }), 'refused', /is not stopped/);
  }),
);

realTest('a shim is killed only as the shim of its own container', ['docker'], () =>
  within(async () => {
    const { api } = await lab.dockerd();
    const [one, other] = [await api.run({}), await api.run({})];
    const init = identify((await api.inspect(one)).State.Pid);
    const shim = refOf(shimOf(init.pid));
    await stopProcess(lab.workspace, shim);
    const kill = { kind: 'kill-shim', process: shim } as const;
    assertOutcome(await act({ ...kill, containerId: other }), 'refused', /is the shim of \w{12}, not of/);
    assertOutcome(await act({ ...kill, containerId: one }), 'done', /has ended \(SIGKILL\)/);
    assert.equal(isRunning(shim), false);
    await until({ en: 'dockerd to see it', zh: '' }, async () => (await api.inspect(one)).State.Status === 'exited');
    await until({ en: 'the container to be cleared away', zh: '' }, () => !isRunning(init));
  }),
);

realTest('a runc that hangs is ended, and the start that waited for it fails', ['docker'], () =>
  within(async () => {
    const { api } = await lab.dockerd();
    const wrapper = join(lab.folder, 'docker/lab-runc');
    const healthy = readFileSync(wrapper, 'utf8');
    const id = await api.create({});
    const hang = `exec 3<>${shellWord(join(lab.folder, 'docker/never'))}; read -r line <&3`;
    writeFileSync(wrapper, `#!/bin/sh\ncase " $* " in *' create '*) ${hang} ;; esac\nexec runc "$@"\n`);
    await runOrFail(['mkfifo', join(lab.folder, 'docker/never')]);
    try {
      const started = api.start(id).then(
        () => 'started',
        (error: unknown) => String(error),
      );
      const hung = await until(
        { en: 'it to hang', zh: '' },
        () => allProcesses().find((p) => p.comm === 'lab-runc') ?? null,
      );
      const end = { kind: 'end-process', process: refOf(hung), gentle: true } as const;
      assertOutcome(await act(end), 'done', /lab-runc \(PID \d+\) has ended \(SIGTERM\)/);
      assert.match(await started, /lab-runc did not terminate successfully: exit status 143/);
    } finally {
      writeFileSync(wrapper, healthy);
    }
  }),
);

realTest('a CNI plugin that hangs is ended, and the sandbox that waited for it fails', ['containerd'], () =>
  within(async () => {
    const containerd = await lab.containerd();
    await hangCni(lab.workspace, containerd);
    const asked = containerd.pods.askForNetworked('networked');
    const plugin = refOf(await untilCniHangs());
    assertOutcome(await act({ kind: 'end-process', process: plugin, gentle: true }), 'done', /has ended \(SIGTERM\)/);
    assert.equal((await asked).outcome, 'error');
  }),
);

realTest('a pid that was given out again is left alone', ['docker'], () =>
  within(async () => {
    const { api } = await lab.dockerd();
    const pid = (await api.inspect(await api.run({}))).State.Pid;
    const real = refOf({ pid, startTicks: readStat(pid)?.startTicks ?? 0 });
    const reused = { ...real, startTicks: real.startTicks - 1 };
    const outcome = await act({ kind: 'end-process', process: reused, gentle: false });
    assertOutcome(outcome, 'refused', /is another process now/);
    assert.ok(isAlive(real));
  }),
);

realTest('a container is removed through dockerd, once', ['docker'], () =>
  within(async () => {
    const { api, endpoint } = await lab.dockerd();
    const remove = { kind: 'remove-container', engine: 'docker', endpoint, containerId: await api.run({}) } as const;
    assertOutcome(await act(remove), 'done', /container \w{12} is removed/);
    assertOutcome(await act(remove), 'refused', /there is no container \w{12} \(any more\)/);
  }),
);

realTest('a removal that hangs is left at its deadline, and is done once the shim answers', ['docker'], () =>
  within(async () => {
    const { api, endpoint } = await lab.dockerd();
    const id = await api.run({});
    const shim = shimOf((await api.inspect(id)).State.Pid);
    const remove = { kind: 'remove-container', engine: 'docker', endpoint, containerId: id } as const;
    await stopProcess(lab.workspace, shim);
    assertOutcome(await act(remove, host, 2000), 'timed-out', /dockerd did not remove \w{12} within/);
    assertOutcome(await act({ kind: 'resume-process', process: refOf(shim) }), 'done', /runs again/);
    await untilRemoved(api, id);
  }),
);

realTest(
  'a removal under way is not asked for twice, and is done once its filesystem is thawed',
  ['docker', 'loop'],
  () =>
    within(async () => {
      const disk = await lab.disk();
      const { api, endpoint } = await lab.dockerd();
      const { id, pid } = await runWriter(await lab.dockerd(), disk.mountPoint);
      await freezeFilesystem(lab.workspace, disk);
      await untilStuck(pid);
      const remove = { kind: 'remove-container', engine: 'docker', endpoint, containerId: id } as const;
      assertOutcome(await act(remove, host, 2000), 'timed-out', /dockerd did not remove/);
      assertOutcome(await act(remove, host, 2000), 'refused', /a removal of \w{12} is under way already/);
      assertOutcome(await act({ kind: 'thaw-filesystem', mountpoint: disk.mountPoint }), 'done', /is thawed/);
      await untilRemoved(api, id);
    }),
);

realTest('a container and its sandbox are removed over CRI', ['containerd'], () =>
  within(async () => {
    const { endpoint, pods } = await lab.containerd();
    const pod = await pods.run('to-remove', [{ name: 'main' }]);
    const remove = { kind: 'remove-container', engine: 'cri', endpoint } as const;
    const container = pod.containers[0]?.id ?? '';
    assertOutcome(await act({ ...remove, containerId: container }), 'done', /container \w{12} is removed/);
    assertOutcome(await act({ ...remove, containerId: pod.sandboxId }), 'done', /the sandbox \w{12} and its/);
    assertOutcome(await act({ ...remove, containerId: pod.sandboxId }), 'refused', /there is no container/);
  }),
);

realTest('a thaw that hangs on its own mount point is left behind at its deadline', ['docker', 'fuse'], () =>
  within(async () => {
    const fuse = await mountFuse(lab.workspace, 'fuse-to-thaw');
    muteFuse(lab.workspace, fuse);
    const outcome = await act({ kind: 'thaw-filesystem', mountpoint: fuse.mountPoint }, host, 1000);
    assertOutcome(outcome, 'timed-out', /fsfreeze did not end by the deadline: it hangs itself; .* PID \d+ \(state D/);
  }),
);

realTest('an aborted FUSE connection lets go of who waits on it', ['docker', 'fuse'], () =>
  within(async () => {
    const fuse = await mountFuse(lab.workspace, 'fuse-to-abort');
    const connection = Number(mountAt(fuse.mountPoint)?.device.split(':')[1]);
    const seeing = createLinuxHost({ sys: await mountFuseControl() });
    const abort = { kind: 'abort-fuse-connection', connection } as const;
    try {
      assertOutcome(await act(abort, seeing), 'refused', /no request waits/);
      muteFuse(lab.workspace, fuse);
      const waiting = spawn('stat', [`${fuse.mountPoint}/anything`], { stdio: 'ignore' });
      const requests = seeing.sys(`fs/fuse/connections/${connection}/waiting`);
      await until({ en: 'a request to wait', zh: '' }, () => Number(readOr(requests, '0')) > 0);
      assertOutcome(await act(abort, seeing), 'done', /is aborted; [1-9]\d* waiting/);
      if (waiting.exitCode === null) await once(waiting, 'exit');
      assertOutcome(await act({ kind: 'lazy-unmount', mountpoint: fuse.mountPoint }), 'done', /out of the tree/);
      assert.equal(mountAt(fuse.mountPoint), null);
    } finally {
      seeing.files.close();
    }
  }),
);

// The last on Docker: the lab's dockerd is another process afterwards.
realTest('a hung dockerd is restarted by its init script, and answers as a new process', ['docker'], () =>
  within(async () => {
    const { daemon, endpoint, api } = await lab.dockerd();
    const old = refOf(daemon.id);
    const service: ServiceRef = {
      role: 'runtime',
      name: 'docker',
      manager: { kind: 'sysv', unit: 'lab-docker' },
      process: old,
      endpoint,
    };
    const deps = { ...linuxActorDeps(host), initDirectory: writeInitScript(daemon) };
    const restart = (what: ServiceRef): Promise<Outcome> =>
      createHostActor(deps).perform({ kind: 'restart-service', service: what }, within30s());
    assertOutcome(
      await restart({ ...service, manager: { kind: 'sysv', unit: 'none' } }),
      'refused',
      /there is no init script none/,
    );
    assertOutcome(await restart({ ...service, manager: null }), 'refused', /no systemd unit and no init script/);
    await stopProcess(lab.workspace, old);
    assertOutcome(await restart(service), 'done', /lab-docker is restarted: dockerd \(PID \d+\) answers/);
    assert.equal(isAlive(old), false);
    assert.equal(await api.ping(), true);
    assertOutcome(await restart(service), 'refused', /has been restarted since: dockerd \(PID \d+\) runs now/);
  }),
);

function within30s(): PerformOptions {
  return { signal: new AbortController().signal, deadlineMs: 30_000, onProgress: () => undefined };
}

/**
 * Starts the same dockerd again in the lab's cgroup. Its containerd dies with it, but is a zombie until PID 1 reaps it,
 * which need not be soon; dockerd takes a zombie in the file for a containerd that runs, and gives up after 15 s
 * (moby 20.10, libcontainerd/supervisor/remote_daemon.go). So the files go with the processes.
 * @returns the folder of the script
 */
function writeInitScript({ id, log }: Daemon): string {
  const argv = splitArgs(readOr(`/proc/${id.pid}/cmdline`, ''));
  const start = lab.workspace.cgroup.enter([argv[0] ?? '', ...argv.slice(1)]);
  const folder = join(lab.folder, 'init.d');
  mkdirSync(folder, { recursive: true });
  const pidfiles = ['docker/dockerd.pid', 'docker/exec/containerd/containerd.pid'].map((f) => join(lab.folder, f));
  const script = `#!/bin/sh
[ "$1" = restart ] || exit 2
start-stop-daemon --stop --retry TERM/1/KILL/10 --pidfile ${shellWord(pidfiles[0] ?? '')}
rm -f ${shellCommand(...pidfiles)}
setsid ${shellCommand(...start)} >> ${shellWord(log)} 2>&1 &
`;
  writeFileSync(join(folder, 'lab-docker'), script, { mode: 0o755 });
  return folder;
}

function untilRemoved(api: DockerApi, id: string): Promise<true> {
  return until({ en: 'the removal to end', zh: '' }, () =>
    api.inspect(id).then(
      () => null,
      () => true as const,
    ),
  );
}

/** Not every machine has it mounted where it belongs. @returns a sysfs that has nothing else */
async function mountFuseControl(): Promise<string> {
  const sys = join(lab.folder, 'sys');
  const connections = join(sys, 'fs/fuse/connections');
  mkdirSync(connections, { recursive: true });
  lab.workspace.journal.register({ kind: 'unmount', path: connections });
  await runOrFail(['mount', '-t', 'fusectl', 'notready-lab', connections]);
  return sys;
}

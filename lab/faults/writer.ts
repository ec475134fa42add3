import { realpathSync } from 'node:fs';
import { type ProcessId, readStat, threadStates } from '../processes.ts';
import type { NewContainer } from '../runtimes/docker-api.ts';
import type { Dockerd } from '../runtimes/dockerd.ts';
import { until } from '../wait.ts';

/**
 * A workload that writes small files from several threads. A single-threaded writer would only sit in D itself; with
 * threads, the kill of the container makes the leader a zombie that nobody can reap, for its threads do not end.
 * Node does file work on four threads of libuv, and is there wherever notready runs.
 */
const WRITE = `
const { writeFile } = require('node:fs/promises');
let n = 0;
const write = () => writeFile('/data/' + (n++ % 64), 'x'.repeat(4096)).catch(() => 0).then(() => setTimeout(write, 50));
for (let i = 0; i < 4; i++) write();
`;

/** Command line and binds of the writer, for a container of the lab's image. @param data a host folder */
export function writerWorkload(data: string): Required<Pick<NewContainer, 'cmd' | 'binds'>> {
  return {
    cmd: ['/opt/node', '--eval', WRITE],
    binds: ['/usr:/usr:ro', `${realpathSync(process.execPath)}:/opt/node:ro`, `${data}:/data`],
  };
}

/** Runs the writer and waits until it writes. @returns its id and the pid of its init on the host */
export async function runWriter(
  dockerd: Dockerd,
  data: string,
  more: NewContainer = {},
): Promise<{ id: string; pid: number }> {
  const id = await dockerd.api.run({ ...more, ...writerWorkload(data) });
  const pid = (await dockerd.api.inspect(id)).State.Pid;
  await untilWriting(pid);
  return { id, pid };
}

/** Waits until the writer's threads of work are there. */
export async function untilWriting(pid: number): Promise<void> {
  await until({ en: 'the writer to start its threads', zh: '写入程序启动线程' }, () => threadStates(pid).size >= 5);
}

/** Waits until threads of a process wait in D. @returns their ids */
export function untilStuck(pid: number, atLeast = 1): Promise<number[]> {
  return until({ en: `threads of process ${pid} to wait in D`, zh: `进程 ${pid} 的线程进入 D 状态` }, () => {
    const stuck = [...threadStates(pid)].filter(([, state]) => state === 'D').map(([tid]) => tid);
    return stuck.length >= atLeast ? stuck : null;
  });
}

/** Waits until a process is a zombie. */
export async function untilZombie(pid: number): Promise<void> {
  await until(
    { en: `process ${pid} to become a zombie`, zh: `进程 ${pid} 变为僵尸` },
    () => readStat(pid)?.state === 'Z',
  );
}

/** Waits until another parent has a process: its own is dead. */
export async function untilAdopted(pid: number, parent: ProcessId): Promise<void> {
  await until({ en: `process ${pid} to be adopted`, zh: `进程 ${pid} 被收养` }, () => {
    const now = readStat(pid);
    return now !== null && now.ppid !== parent.pid;
  });
}

import { muteFuse } from '../faults/fuse.ts';
import type { Lab } from '../lab.ts';
import { allProcesses, readOr, readStat } from '../processes.ts';
import { runOrFail } from '../run.ts';
import type { Scenario, Staged } from '../scenario.ts';
import { until } from '../wait.ts';

/** A container that looks into a FUSE filesystem, over and over, when its server falls silent. */
export async function stageDeadFuse(lab: Lab): Promise<Staged> {
  const { api, endpoint } = await lab.dockerd();
  const fuse = await lab.fuse();
  await runOrFail(['stat', fuse.mountPoint], { timeoutMs: 10_000 });
  lab.workspace.journal.register({ kind: 'remove-container', socket: api.socket, container: 'fuse-reader' });
  const id = await api.run({
    name: 'fuse-reader',
    cmd: ['/bin/busybox', 'sh', '-c', 'while :; do /bin/busybox ls /data; /bin/busybox sleep 0.2; done'],
    binds: [`${fuse.mountPoint}:/data`],
  });
  const init = (await api.inspect(id)).State.Pid;
  const heal = muteFuse(lab.workspace, fuse);
  // Until it is killed the reader waits in S (fs/fuse/dev.c request_wait_answer); the kill turns that into D.
  const reader = await until({ en: 'the reader to wait for FUSE', zh: '读取进程等待 FUSE' }, () => readerOf(init));
  api.stopInBackground(id, 'kill');
  await until({ en: 'the reader to wait in D', zh: '读取进程进入 D 状态' }, () => readStat(reader)?.state === 'D');
  return {
    endpoints: [endpoint],
    subjects: [
      { kind: 'mount', anyOf: [fuse.mountPoint, fuse.deviceNumber] },
      { kind: 'container', anyOf: [id] },
    ],
    look: [
      `ps -o pid,ppid,stat,wchan:32,args -p ${reader},${init},${fuse.server.pid}`,
      `timeout -s KILL 2 stat -f ${fuse.mountPoint} || echo no answer`,
      `cat /sys/fs/fuse/connections/*/waiting`,
    ],
    heal,
  };
}

function readerOf(init: number): number | null {
  const waiting = (pid: number): boolean => readOr(`/proc/${pid}/wchan`, '') === 'request_wait_answer';
  return allProcesses().find((p) => p.ppid === init && waiting(p.pid))?.pid ?? null;
}

export const deadFuse: Scenario = {
  name: 'dead-fuse',
  title: {
    en: 'a container waits for a FUSE filesystem whose server fell silent',
    zh: '容器等待一个服务进程已不应答的 FUSE 文件系统',
  },
  needs: ['docker', 'fuse', 'cgroups'],
  truth: {
    cause: 'storage-unresponsive',
    subjects: ['mount', 'container'],
    exitCode: 1,
    notes: {
      en: 'As with a dead NFS server: whoever touches the mount waits. Aborting the connection ends every wait.',
      zh: '与 NFS 服务器失联相同：谁碰该挂载点谁就等待。中止连接即可结束所有等待。',
    },
  },
  run: stageDeadFuse,
};

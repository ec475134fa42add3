import type { CaseView } from '../../evidence/view.ts';
import { shellCommand } from '../../text/shell.ts';
import type { Assessment, Remedy } from '../cause.ts';
import { engines } from '../support/engines.ts';
import { mountPointOf, rooms } from '../support/filesystem-room.ts';
import { runsSystemd } from '../support/host.ts';
import { reboot, restartRuntime } from '../support/remedies.ts';
import { say } from '../support/say.ts';

/** What frees room on the very filesystem, then what does not. */
export function roomRemedies(view: CaseView, { subjects }: Assessment): readonly Remedy[] {
  const short = rooms(view).filter((r) => r.level !== 'enough' && subjects.includes(r.mount));
  const roles = new Set(short.flatMap((r) => r.roles));
  const paths = short.map((r) => ({ path: mountPointOf(view, r.mount), inodes: r.resource === 'inodes' }));
  const has = (...names: string[]): boolean => names.some((n) => roles.has(n));
  // dockerd's containerd has a directory of its own, and no CRI that crictl could ask.
  const cri = !has('docker-root') || engines(view).some((e) => e.kind === 'cri');
  return [
    ...paths.slice(0, 2).map(({ path, inodes }) => findEaters(path, inodes)),
    ...(has('log', 'root') && runsSystemd(view) ? [vacuumJournal()] : []),
    ...(has('docker-root') ? [pruneDocker()] : []),
    ...(has('crio-root') || (has('containerd-root') && cri) ? [pruneCri()] : []),
    deletedFiles(paths[0]?.path ?? '/'),
    grow(paths[0]?.path ?? null),
    ...USELESS,
  ];
}

function findEaters(path: string, inodes: boolean): Remedy {
  return {
    action: 'delete-largest',
    title: inodes
      ? say(`Find and delete what has the most files on ${path}`, `找出并清理 ${path} 上文件数最多的目录`)
      : say(`Find and delete what takes the most room on ${path}`, `找出并清理 ${path} 上占用最大的目录`),
    works: true,
    why: inodes
      ? say('Only deleting files frees inodes; sizes do not matter.', '只有删除文件才能释放 inode，与文件大小无关。')
      : say(
          'Writes succeed again as soon as there is room; nothing needs a restart.',
          '一有空间写入即恢复，无需重启。',
        ),
    command: inodes
      ? shellCommand('du', '--inodes', '-x', '-d', 3, path)
      : shellCommand('du', '-x', '-d', 3, '-BM', path),
    risk: say(
      'The command only lists. Do not delete below overlay2 or io.containerd.* by hand: that damages the runtime’s records.',
      '该命令只列出占用。不要手工删除 overlay2 或 io.containerd.* 下的内容，否则会破坏运行时的记录。',
    ),
  };
}

function vacuumJournal(): Remedy {
  return {
    action: 'vacuum-journal',
    title: say('Shrink the journal', '压缩 journal 日志'),
    works: true,
    why: say('Logs are usually the quickest room to get.', '日志通常是最快能腾出的空间。'),
    command: 'journalctl --vacuum-size=200M',
    risk: say(
      'Older log lines are gone: save what you need for the post-mortem first.',
      '旧日志会丢失：复盘所需内容请先另存。',
    ),
  };
}

function pruneDocker(): Remedy {
  return {
    action: 'prune-images',
    title: say('Remove unused images', '清理未使用的镜像'),
    works: true,
    why: say('docker system df says how much that gives back.', '用 docker system df 可查看能释放多少。'),
    command: 'docker system df && docker image prune -a -f',
    risk: say('Images are pulled again when a pod needs them.', 'Pod 再次用到时需要重新拉取镜像。'),
  };
}

function pruneCri(): Remedy {
  return {
    action: 'prune-images',
    title: say('Remove unused images', '清理未使用的镜像'),
    works: true,
    why: say(
      'The kubelet does so itself from 85 % on, but not while it cannot reach the runtime.',
      'kubelet 在使用率达到 85 % 时会自行清理，但连不上运行时就做不到。',
    ),
    command: 'crictl rmi --prune',
    risk: say('Images are pulled again when a pod needs them.', 'Pod 再次用到时需要重新拉取镜像。'),
  };
}

function deletedFiles(path: string): Remedy {
  return {
    action: 'release-deleted-files',
    title: say('Restart who holds deleted files open', '重启仍占用已删除文件的进程'),
    works: true,
    why: say(
      'If du finds less than df says is used, deleted files are still open; their room comes back when they are closed.',
      '若 du 的合计小于 df 的已用，说明有已删除的文件仍被打开，关闭后空间才会释放。',
    ),
    command: shellCommand('lsof', '+aL1', path),
    risk: say('The command only lists; restarting the holder interrupts it.', '该命令只列出；重启占用者会中断其服务。'),
  };
}

function grow(path: string | null): Remedy {
  return {
    action: 'grow-filesystem',
    title:
      path === null
        ? say('Grow the filesystem', '扩容文件系统')
        : say(`Grow the filesystem of ${path}`, `扩容 ${path} 所在文件系统`),
    works: true,
    why: say('Lasts, where all that is there is needed.', '当现有内容都必须保留时，扩容才是长久之计。'),
    command: null,
    risk: say('Take a snapshot of the volume first.', '操作前请先为卷做快照。'),
  };
}

const USELESS: readonly Remedy[] = [
  restartRuntime(null, {
    works: false,
    why: say(
      'On a full disk the runtime may not come up again: it writes its database and sockets when it starts.',
      '磁盘写满时运行时可能再也起不来：启动时要写数据库和 socket。',
    ),
  }),
  {
    ...reboot(say('Files stay; the daemons may then fail to start.', '文件还在，重启后守护进程反而可能起不来。')),
    works: false,
  },
];

/** For `explain`, where no case is at hand. */
export const GENERAL_ROOM_REMEDIES: readonly Remedy[] = [
  findEaters('/var/lib', false),
  vacuumJournal(),
  pruneCri(),
  deletedFiles('/'),
  grow(null),
  ...USELESS,
];

import type { CaseView } from '../../evidence/view.ts';
import { shellCommand } from '../../text/shell.ts';
import type { Assessment, Remedy } from '../cause.ts';
import { freshSignals } from '../support/kubelet-word.ts';
import { reboot, removeContainer, restartRuntime } from '../support/remedies.ts';
import { say } from '../support/say.ts';
import { holdersOf } from './assess.ts';
import { blockedOf } from './held-path.ts';

/** @param command for the first process that holds the mount; null where none is known */
function unmountInHolder(command: string | null): Remedy {
  return {
    action: 'unmount-in-namespace',
    title: say('Unmount it where it is still mounted', '在仍挂载着它的 namespace 里卸载'),
    works: true,
    why: say(
      'Takes the copy out of the mount namespace of the process that has it; the next try of the removal goes through. Or restart that process: its namespace goes with it.',
      '从持有它的进程的 mount namespace 中去掉这份副本，下一次删除就会成功。也可以重启该进程，其 namespace 随之消失。',
    ),
    command,
    risk: say('None for that process unless it works below that path.', '除非该进程正在使用此路径，否则没有影响。'),
  };
}

/** @param command null where the path is not known */
function clearAttribute(command: string | null): Remedy {
  return {
    action: 'clear-immutable',
    title: say('Take the immutable attribute off', '去掉 immutable 属性'),
    works: true,
    why: say(
      'No one, root neither, deletes a file that is marked immutable.',
      '带有 immutable 属性的文件，即使 root 也无法删除。',
    ),
    command,
    risk: say('Somebody marked it on purpose: find out who.', '该属性是有人特意设置的：请先查明原因。'),
  };
}

const DETACH: Remedy = {
  action: 'allow-detach',
  title: say('Let the kernel detach such mounts', '允许内核分离此类挂载'),
  works: true,
  why: say(
    'On RHEL and CentOS 7.4 and later: removing a mount point then succeeds although it is mounted in other namespaces, as kernels from 3.18 do by themselves. With dockerd also drop MountFlags=slave from its unit.',
    '适用于 RHEL/CentOS 7.4 及以上：之后即使挂载点在其他 namespace 中仍被挂载也能删除；3.18 及以上内核本来就是如此。使用 dockerd 时，还应从其 unit 中去掉 MountFlags=slave。',
  ),
  command: 'sysctl -w fs.may_detach_mounts=1',
  risk: say('None known.', '无已知风险。'),
};

const USELESS: readonly Remedy[] = [
  removeContainer(null, {
    works: false,
    why: say(
      'It makes the same attempt; a pod that is deleted by force is only forgotten, what it left stays.',
      '它只会重复同样的尝试；强制删除 Pod 只是让 API 忘掉它，残留仍在。',
    ),
  }),
  restartRuntime(null, {
    works: false,
    why: say(
      'Another process holds the mount, unless the runtime does itself.',
      '除非是运行时自己持有，否则占用者是其他进程。',
    ),
  }),
];
const LAST = reboot(say('Every mount goes with the namespaces that hold them.', '所有 namespace 连同挂载一并消失。'));

export const GENERAL_BUSY_REMEDIES: readonly Remedy[] = [
  unmountInHolder('nsenter -t PID -m umount MOUNTPOINT'),
  clearAttribute('chattr -i PATH'),
  DETACH,
  ...USELESS,
  LAST,
];

/** What lets go of the very mount or file, then what does not. */
export function busyRemedies(view: CaseView, _assessment: Assessment): readonly Remedy[] {
  const blocked = freshSignals(view, 'removal-blocked').map(blockedOf);
  const denied = blocked.filter((b) => b.why === 'denied');
  const path = denied.findLast((b) => b.path !== null)?.path ?? null;
  const holder = holdersOf(view, blocked)[0]?.fact;
  const unmount =
    holder === undefined ? null : shellCommand('nsenter', '-t', holder.pid, '-m', 'umount', holder.mountPoint);
  const busy = denied.length === 0 || denied.length < blocked.length;
  return [
    ...(denied.length > 0 ? [clearAttribute(path === null ? null : shellCommand('chattr', '-i', path))] : []),
    ...(busy ? [unmountInHolder(unmount), DETACH] : []),
    ...USELESS,
    LAST,
  ];
}

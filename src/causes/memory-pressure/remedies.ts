import type { CaseView } from '../../evidence/view.ts';
import type { Assessment, Remedy } from '../cause.ts';
import { liftCommand, MEMORY_LIMIT } from '../support/cgroup-files.ts';
import { unitCommand } from '../support/commands.ts';
import { componentNameOf, isHost } from '../support/components.ts';
import { isCgroupV2, runsSystemd } from '../support/host.ts';
import { isAtLimit } from '../support/memory-stress.ts';
import { reboot, restartRuntime } from '../support/remedies.ts';
import { evictPods, LONGER_TIMEOUT, reserveForDaemons } from '../support/resource-remedies.ts';
import { say } from '../support/say.ts';

/** What gives memory back here, then what does not. */
export function memoryRemedies(view: CaseView, { subjects }: Assessment): readonly Remedy[] {
  const limited = subjects.filter((id) => {
    const memory = id.startsWith('cgroup:') ? view.fact(id, 'cgroup-memory') : null;
    return memory !== null && isAtLimit(memory);
  });
  const gone = subjects.find((id) => id.endsWith('@absent') && componentNameOf(id) !== 'kubelet');
  const name = gone === undefined ? null : componentNameOf(gone);
  // A cgroup at its own limit stays there, however much of the host is given back.
  const ofHost = limited.length === 0 || subjects.some((id) => isHost([id]));
  return [
    ...limited.map((cgroup) => liftLimit(liftCommand(view, cgroup, MEMORY_LIMIT))),
    ...(name === null ? [] : [startAgain(unitCommand(view, 'start', name), name)]),
    ...(ofHost ? [LESS_MEMORY, RESERVE, protect(view)] : []),
    ...(name === null ? [ofHost ? NO_RESTART : NO_RESTART_UNDER_LIMIT] : []),
    ...USELESS,
  ];
}

function liftLimit(command: string): Remedy {
  return {
    action: 'raise-memory-limit',
    title: say('Raise the memory limit of the daemon’s cgroup', '调高守护进程 cgroup 的内存上限'),
    works: true,
    why: say(
      'It reclaims from itself at every allocation because of this limit, however much the host has free.',
      '正是这个上限让它每次申请内存都要先回收自己，与主机剩余多少内存无关。',
    ),
    command,
    risk: say(
      'If the daemon leaks, it then takes the host’s memory: watch it, and look for the leak.',
      '如果守护进程存在泄漏，就会转而吃掉主机内存：请持续观察并排查泄漏。',
    ),
  };
}

const LESS_MEMORY = evictPods(
  say(
    'Memory comes back when its owners end. Find the largest with: ps -eo rss,pid,cgroup:60,comm --sort=-rss | head',
    '占用者退出后内存才会释放。查找占用最大的进程：ps -eo rss,pid,cgroup:60,comm --sort=-rss | head',
  ),
);
const RESERVE = reserveForDaemons(
  say('memory', '内存'),
  say(
    'Pods then stay within allocatable, and the kubelet evicts before the host stalls (evictionHard memory.available).',
    'Pod 的总用量受 allocatable 约束，kubelet 会在主机停顿之前驱逐（evictionHard 的 memory.available）。',
  ),
);
const PROTECT = {
  action: 'protect-daemons',
  title: say(
    'Protect the daemons’ memory from reclaim and the OOM killer',
    '保护守护进程的内存不被回收、不被 OOM 杀掉',
  ),
  works: true,
  why: say(
    'With MemoryMin in their slice their pages stay, and with a low oom_score_adj the kernel takes others first.',
    '在其 slice 上设置 MemoryMin 可保住内存页；较低的 oom_score_adj 会让内核先杀别的进程。',
  ),
  risk: say('Needs cgroup v2; pods reach their limits sooner.', '需要 cgroup v2；Pod 会更早触及上限。'),
} as const;
const PROTECT_SLICE = 'systemctl set-property --runtime system.slice MemoryMin=512M';

function protect(view: CaseView): Remedy {
  return { ...PROTECT, command: runsSystemd(view) && isCgroupV2(view) ? PROTECT_SLICE : null };
}

function startAgain(command: string, name: string): Remedy {
  const why = say(
    'It was killed and is gone. Free memory first, or it is killed again.',
    '它被杀掉后没有再起来。请先腾出内存，否则会再次被杀。',
  );
  return restartRuntime(command, { works: true, why }, name);
}

const NO_RESTART = restartRuntime(null, {
  works: false,
  why: say(
    'The memory is held by others; a restart frees next to nothing of it.',
    '内存被其他进程占用，重启运行时几乎释放不了什么。',
  ),
});
const NO_RESTART_UNDER_LIMIT = restartRuntime(null, {
  works: false,
  why: say(
    'The new process starts under the same limit and soon reaches it again.',
    '新进程仍受同一上限限制，很快又会触顶。',
  ),
});
const USELESS: readonly Remedy[] = [
  {
    action: 'drop-caches',
    title: say('Drop the page cache', '清空 page cache'),
    works: false,
    why: say(
      'What is cached already counts as available; dropping it makes every program read its code from disk again.',
      '缓存本来就算在可用内存里；清掉只会让所有程序重新从磁盘读取代码。',
    ),
    command: 'echo 3 > /proc/sys/vm/drop_caches',
    risk: say('A burst of disk reads on a node that is already slow.', '在本就缓慢的节点上引发一波磁盘读。'),
  },
  LONGER_TIMEOUT,
  {
    ...reboot(
      say('Frees everything, and it fills up again in the same way.', '内存会全部释放，但随后会以同样的方式再次占满。'),
    ),
    works: false,
  },
];

/** For `explain`, where no case is at hand. */
export const GENERAL_MEMORY_REMEDIES: readonly Remedy[] = [
  liftLimit('systemctl set-property --runtime UNIT.service MemoryMax=infinity'),
  LESS_MEMORY,
  RESERVE,
  { ...PROTECT, command: PROTECT_SLICE },
  NO_RESTART,
  ...USELESS,
];

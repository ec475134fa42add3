import type { CaseView } from '../evidence/view.ts';
import type { Text } from '../text/text.ts';
import type { Assessment, Cause, Evidence, Remedy } from './cause.ts';
import { cite, held, notSeen, weigh } from './support/assessment.ts';
import { removeCommand } from './support/commands.ts';
import { heldShims, holdEvidence } from './support/daemons.ts';
import { sameFault } from './support/kin.ts';
import { missingOf } from './support/missing.ts';
import { nameOf } from './support/names.ts';
import { REFERENCES } from './support/references.ts';
import { killProcess, killShim, reboot, removeContainer, restartRuntime, resumeProcess } from './support/remedies.ts';
import { count, listNames, say } from './support/say.ts';
import { isSettled, lastingZombies, unreapedInits, type Zombie } from './support/zombies.ts';

/** A container's init has ended wholly, threads included, and its parent does not collect it. */
export const zombieNotReaped: Cause = {
  id: 'zombie-not-reaped',
  title: say('A container’s zombie is not reaped', '容器的僵尸进程无人回收'),
  assess,
  leadsTo: [
    {
      state: 'container-unkillable',
      mechanism: say(
        'The runtime waits for the exit that the parent would report.',
        '运行时在等待由父进程上报的退出事件。',
      ),
      reference: REFERENCES.groupLeader,
      links: sameFault,
    },
  ],
  about: say(
    'The init process of a container has ended and no thread of it is left in the kernel, but its parent does not call wait(2): the shim is stopped or hangs, or it died and the new parent does not reap. The runtime goes on believing that the container runs, and everything that waits for its exit waits for ever. It is the parent that is at fault, and the parent that must be helped.',
    '容器的 init 进程已经结束，内核里也没有残留线程，但其父进程没有调用 wait(2)：shim 被停住或卡住，或 shim 已死而新的父进程不回收。运行时仍以为容器在运行，所有等待其退出的操作都会一直等下去。问题出在父进程，需要处理的也是父进程。',
  ),
  shownBy: [
    say(
      'The container’s init is a zombie in two samples, and no thread of it is left.',
      '容器的 init 两次采样均为僵尸，且没有残留线程。',
    ),
    say('Its parent, the shim, is stopped, hangs or is gone.', '其父进程 shim 被停住、卡住或已消失。'),
  ],
  ruledOutBy: [
    say('No zombie of a container lasts from one sample to the next.', '没有任何一个容器的僵尸进程持续到下一次采样。'),
    say(
      'Threads of the zombie are still in D: then it cannot be reaped by anybody (see storage-unresponsive, unkillable-process).',
      '僵尸的线程仍处于 D：那么谁都无法回收它（参见 storage-unresponsive、unkillable-process）。',
    ),
  ],
  references: [REFERENCES.groupLeader, REFERENCES.reparent],
  remedies,
  generalRemedies: [
    resumeProcess('resume-shim', null, say('the shim', ' shim '), {
      works: true,
      why: say('It reaps at once.', '它会立即回收。'),
    }),
    killShim(null, { works: true, why: say('PID 1 inherits the zombie and reaps it.', 'PID 1 会接管并回收僵尸。') }),
    reboot(),
    killProcess(null, { works: false, why: say('A zombie is dead already.', '僵尸进程已经死了。') }),
  ],
  confirm: [
    {
      command: "ps -eo pid,ppid,stat,nlwp,comm | awk '$3 ~ /^Z/'",
      shows: say('zombies, their parents and how many threads they have', '僵尸进程、其父进程及线程数'),
    },
    { command: 'grep State /proc/PPID/status', shows: say('whether the parent is stopped', '父进程是否被停住') },
  ],
};

function assess(view: CaseView): Assessment {
  const zombies = unreapedInits(view);
  if (zombies.length === 0) return notSeen(against(view), missingOf(view, ['processes']), 'processes');
  const sure = zombies.filter((z) => parentAtFault(view, z) !== null);
  const shims = zombies.flatMap((z) => (z.shim === null ? [] : [z.shim]));
  return held({
    status: sure.length > 0 ? 'confirmed' : 'likely',
    ...weigh(sure.length > 0 ? 'hangWithCulprit' : 'circumstantial'),
    subjects: [...zombies.flatMap((z) => z.containers), ...zombies.map((z) => z.id), ...shims],
    evidence: zombies.flatMap((z) => evidenceOf(view, z)),
    missing: missingOf(view, ['components']),
    summary: summarise(view, zombies),
  });
}

function evidenceOf(view: CaseView, z: Zombie): Evidence[] {
  const name = listNames(z.containers.map((c) => nameOf(view, c)));
  const first = cite(
    z.observation,
    say(
      `Process ${z.pid} (${z.observation.fact.comm}) of ${name.en} is a zombie in both samples, with no thread left; parent is ${z.ppid}.`,
      `${name.zh} 的进程 ${z.pid}（${z.observation.fact.comm}）两次采样均为僵尸，且没有残留线程；父进程为 ${z.ppid}。`,
    ),
  );
  return [first, ...(parentAtFault(view, z) ?? [])];
}

/** What is wrong with the parent, cited; null where it looks sound. */
function parentAtFault(view: CaseView, z: Zombie): Evidence[] | null {
  const shim = heldShims(view).find((s) => s.pid === z.ppid);
  if (shim !== undefined) return [holdEvidence(shim)];
  const parent = z.parent?.fact;
  if (z.parent === null || parent === undefined || !parent.lasting || !'TtD'.includes(parent.state)) return null;
  return [
    cite(
      z.parent,
      say(
        `Its parent ${parent.comm} (pid ${parent.pid}) is in state ${parent.state} in both samples.`,
        `其父进程 ${parent.comm}（pid ${parent.pid}）两次采样均为 ${parent.state} 状态。`,
      ),
    ),
  ];
}

function summarise(view: CaseView, zombies: readonly Zombie[]): Text {
  const names = listNames([...new Set(zombies.flatMap((z) => z.containers))].map((c) => nameOf(view, c)));
  const pids = listNames(zombies.map((z) => String(z.pid)));
  const parents = listNames([...new Set(zombies.map((z) => String(z.ppid)))]);
  return say(
    `Process ${pids.en} of ${names.en} has ended, but its parent ${parents.en} does not reap it.`,
    `${names.zh} 的进程 ${pids.zh} 已经结束，但其父进程 ${parents.zh} 没有回收它。`,
  );
}

function against(view: CaseView): Evidence[] {
  const threaded = lastingZombies(view).filter((z) => z.threads.length > 0);
  const held = threaded.map((z) =>
    cite(
      z.observation,
      say(
        `Zombie ${z.pid} is held by ${count(z.threads.length, 'thread')} of its own in D: no parent could reap it.`,
        `僵尸 ${z.pid} 被它自己的 ${z.threads.length} 个 D 状态线程占住：任何父进程都无法回收。`,
      ),
    ),
  );
  const settled = lastingZombies(view).filter((z) => z.threads.length === 0 && isSettled(view, z));
  const known = settled.map((z) =>
    cite(
      z.observation,
      say(
        `Zombie ${z.pid} is left to process ${z.ppid}, but the runtime has its exit: nobody waits for it.`,
        `僵尸 ${z.pid} 留给了进程 ${z.ppid}，但运行时已得知其退出：没有谁在等它。`,
      ),
    ),
  );
  if (lastingZombies(view).length > 0) return [...held, ...known];
  return view
    .all('process-counts')
    .map((o) =>
      cite(
        o,
        say(
          `${count(o.fact.lastingZombies, 'zombie')} on the host in both samples, none of them a container’s init.`,
          `两次采样中主机上共有 ${o.fact.lastingZombies} 个僵尸进程，都不是容器的 init。`,
        ),
      ),
    );
}

function remedies(view: CaseView): readonly Remedy[] {
  const zombies = unreapedInits(view);
  const first = zombies[0];
  const shims = heldShims(view).filter((s) => zombies.some((z) => z.ppid === s.pid));
  const stopped = shims.filter((s) => s.hold === 'stopped');
  // Only a shim is ever offered for killing, not whatever else may be the parent.
  const parent = shims[0]?.pid ?? (first?.shim ? first.ppid : null);
  const container = first?.containers[0];
  return [
    ...stopped.map((s) =>
      resumeProcess('resume-shim', s.pid, say('the shim', ' shim '), {
        works: true,
        why: say('It reaps its child at once and reports the exit.', '它会立即回收子进程并上报退出。'),
      }),
    ),
    ...(parent === null
      ? []
      : [
          killShim(parent, {
            works: true,
            why: say(
              'PID 1 inherits the zombie and reaps it: no thread holds it.',
              'PID 1 会接管并回收该僵尸：没有线程占住它。',
            ),
          }),
        ]),
    reboot(),
    killProcess(first?.pid ?? null, {
      works: false,
      why: say('A zombie is dead already; it waits to be collected.', '僵尸进程已经死了，只等被回收。'),
    }),
    restartRuntime(null, {
      works: false,
      why: say('The restart leaves the parent as it is.', '重启运行时不会触及父进程。'),
    }),
    removeContainer(container === undefined ? null : removeCommand(view, container), {
      works: false,
      why: say('Removal waits for the same exit.', '删除同样要等待这个退出事件。'),
    }),
  ];
}

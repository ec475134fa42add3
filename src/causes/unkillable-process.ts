import type { CaseView } from '../evidence/view.ts';
import type { Text } from '../text/text.ts';
import type { Assessment, Cause, Evidence, Remedy } from './cause.ts';
import { cite, held, notSeen, weigh } from './support/assessment.ts';
import { sameFault } from './support/kin.ts';
import { missing, missingOf } from './support/missing.ts';
import { nameOf } from './support/names.ts';
import { REFERENCES } from './support/references.ts';
import { killProcess, killShim, reboot, restartRuntime } from './support/remedies.ts';
import { count, listNames, say } from './support/say.ts';
import { hungTaskOf, isStorageWait, type StuckThread, stuckThreads } from './support/stuck-threads.ts';
import { lastingZombies } from './support/zombies.ts';

/** Threads of a container that stay in D, and nothing shows what they wait for. */
export const unkillableProcess: Cause = {
  id: 'unkillable-process',
  title: say('A process cannot be killed: it sleeps in the kernel (D)', '进程杀不掉：睡在内核中（D）'),
  assess,
  leadsTo: [
    {
      state: 'threads-stuck',
      mechanism: say('The kernel function that they are in does not return.', '它们所在的内核函数没有返回。'),
      reference: REFERENCES.uninterruptible,
      links: sameFault,
    },
  ],
  about: say(
    'A process or thread of a container stays in uninterruptible sleep (state D) for a reason that the evidence does not show: a driver, a lock of the kernel, a device. No signal reaches it, so the container can neither be stopped nor removed, and a status call that waits for it hangs the kubelet’s relist. Where the storage it waits for can be named, the verdict is storage-unresponsive instead.',
    '容器的某个进程或线程一直处于不可中断睡眠（D），而证据没有显示原因：可能是驱动、内核锁或设备。信号无法送达，容器既停不掉也删不掉；若状态查询在等它，kubelet 的 relist 也会卡住。如果能指明它所等待的存储，结论会是 storage-unresponsive。',
  ),
  shownBy: [
    say(
      'A thread in D in two samples that did not run in between, whose stack and system call point to no storage.',
      '线程两次采样均为 D 且期间没有运行，其内核栈与系统调用都没有指向任何存储。',
    ),
    say('The kernel’s “blocked for more than 120 seconds”.', '内核日志出现 “blocked for more than 120 seconds”。'),
  ],
  ruledOutBy: [
    say(
      'No thread of a container stays in D, or what it waits for is known.',
      '没有容器线程停留在 D，或已知道它在等什么。',
    ),
  ],
  references: [REFERENCES.uninterruptible, REFERENCES.groupLeader],
  remedies,
  generalRemedies: generalRemedies(null, null),
  confirm: [
    {
      command: 'cat /proc/PID/task/TID/{wchan,stack,syscall}',
      shows: say('where in the kernel it sleeps', '它睡在内核的哪个位置'),
    },
    {
      command: 'echo w > /proc/sysrq-trigger; dmesg | tail -n 200',
      shows: say('stacks of all blocked tasks, in the kernel log', '将所有阻塞任务的栈写入内核日志'),
    },
  ],
};

function unexplained(view: CaseView): readonly StuckThread[] {
  return stuckThreads(view).filter((t) => !isStorageWait(t));
}

function assess(view: CaseView): Assessment {
  const threads = unexplained(view);
  if (threads.length === 0) return notSeen(against(view), missingOf(view, ['processes']), 'processes');
  const proven = threads.filter((t) => isProven(view, t));
  const zombies = lastingZombies(view).filter((z) => z.threads.some((t) => threads.includes(t)));
  const containers = [...new Set(threads.flatMap((t) => t.containers))];
  return held({
    status: proven.length > 0 ? 'confirmed' : 'likely',
    ...weigh(proven.length > 0 ? 'waitChannel' : 'circumstantial'),
    subjects: [...containers, ...new Set(threads.map((t) => t.process)), ...threads.map((t) => t.id)],
    evidence: [
      ...threads.slice(0, 3).map(threadEvidence),
      ...zombies.map((z) =>
        cite(
          z.observation,
          say(
            `Process ${z.pid} was killed and stays a zombie: its threads hold it.`,
            `进程 ${z.pid} 已被杀但仍是僵尸：被它自己的线程占住。`,
          ),
        ),
      ),
      ...threads.flatMap((t) => hungTaskEvidence(view, t)),
    ],
    missing: threads.every((t) => t.observation.fact.stack === null)
      ? [missing('kernel-stacks', view)]
      : missingOf(view, ['kernel-stacks', 'kernel-log']),
    summary: summarise(
      view,
      threads,
      containers.map((c) => nameOf(view, c)),
    ),
  });
}

/** One look apart by a second proves little for a lock that a busy machine may hold; a kill that failed, or minutes, do. */
function isProven(view: CaseView, t: StuckThread): boolean {
  const killed = lastingZombies(view).some((z) => z.threads.includes(t));
  if (killed || hungTaskOf(view, t) !== null) return true;
  return !mayBeFrozen(view, t) && !/lock|rwsem|mutex/.test(t.wait.by ?? '');
}

/** A task in the freezer shows as D where it slept before; without the freezer's state a paused container looks the same. */
function mayBeFrozen(view: CaseView, t: StuckThread): boolean {
  return t.containers.length > 0 && missingOf(view, ['cgroups']).length > 0;
}

function threadEvidence(t: StuckThread): Evidence {
  const { tid, comm, stack, syscall, sampledMs } = t.observation.fact;
  const kernel = stack?.slice(0, 4).join(' <- ') ?? t.wait.by;
  const call = syscall?.name ?? null;
  const [en, zh] = [
    [
      call === null ? '' : ` in ${call}()`,
      kernel === null ? '; where in the kernel is not readable' : `; kernel: ${kernel}`,
    ].join(''),
    [call === null ? '' : `，系统调用 ${call}()`, kernel === null ? '；内核位置不可读' : `；内核栈：${kernel}`].join(
      '',
    ),
  ];
  return cite(
    t.observation,
    say(
      `Thread ${tid} (${comm}) stayed in D for ${Math.round(sampledMs)} ms without running${en}.`,
      `线程 ${tid}（${comm}）在 ${Math.round(sampledMs)} ms 内一直处于 D 且没有运行${zh}。`,
    ),
  );
}

function hungTaskEvidence(view: CaseView, t: StuckThread): Evidence[] {
  const o = hungTaskOf(view, t);
  return o === null ? [] : [cite(o, say(`Kernel log: ${o.fact.line}`, `内核日志：${o.fact.line}`))];
}

function summarise(view: CaseView, threads: readonly StuckThread[], containers: readonly string[]): Text {
  const who = listNames(containers.length > 0 ? containers : [...new Set(threads.map((t) => nameOf(view, t.process)))]);
  const by = [...new Set(threads.flatMap((t) => t.wait.by ?? []))];
  const at =
    by.length === 0 ? say('', '') : say(` (in ${by.slice(0, 2).join(', ')})`, `（位于 ${by.slice(0, 2).join('、')}）`);
  return say(
    `${count(threads.length, 'thread')} of ${who.en} ${threads.length === 1 ? 'sleeps' : 'sleep'} in the kernel${at.en} and cannot be killed; what they wait for is not shown.`,
    `${who.zh} 的 ${threads.length} 个线程睡在内核中${at.zh}，无法杀掉；证据没有显示它们在等什么。`,
  );
}

function against(view: CaseView): Evidence[] {
  const explained = stuckThreads(view);
  if (explained.length > 0) {
    return explained
      .slice(0, 1)
      .map((t) =>
        cite(
          t.observation,
          say(
            `What the ${count(explained.length, 'thread')} in D wait for is known: see storage-unresponsive.`,
            `${explained.length} 个 D 状态线程在等什么是已知的：见 storage-unresponsive。`,
          ),
        ),
      );
  }
  return view
    .all('process-counts')
    .map((o) =>
      cite(
        o,
        say(
          `None of ${count(o.fact.threads, 'thread')} on the host is stuck in D.`,
          `主机上 ${o.fact.threads} 个线程中没有卡在 D 的。`,
        ),
      ),
    );
}

function remedies(view: CaseView): readonly Remedy[] {
  const first = unexplained(view)[0];
  const shim = first?.containers.flatMap((c) => view.from(c, 'supervises'))[0];
  return generalRemedies(
    first?.observation.fact.pid ?? null,
    shim === undefined ? null : (view.fact(shim, 'shim')?.pid ?? null),
  );
}

function generalRemedies(pid: number | null, shim: number | null): readonly Remedy[] {
  return [
    reboot(
      say(
        'Without knowing what the thread waits for, only a new kernel ends the wait. First take the stacks (see confirm).',
        '在不知道线程等待什么的情况下，只有重启内核才能结束等待。请先取得内核栈（见“确认方法”）。',
      ),
    ),
    killProcess(pid, {
      works: false,
      why: say(
        'A thread in D takes no signal until its kernel function returns.',
        '处于 D 的线程在内核函数返回之前不接收任何信号。',
      ),
    }),
    killShim(shim, {
      works: false,
      why: say('The process only gets another parent and stays where it is.', '进程只是换了父进程，仍停在原处。'),
    }),
    restartRuntime(null, {
      works: false,
      why: say('The thread is in the kernel, not in the runtime.', '线程卡在内核里，与运行时无关。'),
    }),
  ];
}

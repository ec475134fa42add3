import { entityId } from '../evidence/entity.ts';
import type { FactOf } from '../evidence/observation.ts';
import { type Statement, state } from './blocks/block.ts';
import type { TimedKernelLine } from './kernel-complaints.ts';
import { matchKernelLine } from './signatures/kernel.ts';

/** Lines below a complaint that may belong to its trace. */
const TRACE_LINES = 60;
// ` ? __schedule+0x2a2/0x870`, ` [<ffffffff816a94e9>] schedule+0x29/0x70`; frames after `?` are guesses of the unwinder
const FRAME = /^\s*(?:\[<[0-9a-f]+>\]\s*)?(\? )?([A-Za-z_][\w.]{1,80})\+0x[0-9a-f]+\/0x[0-9a-f]+/;

/**
 * The threads that khungtaskd complained of, with the stacks printed below, each once by its last complaint. They have not
 * been run for as long as it says. Source: kernel/hung_task.c check_hung_task, sched_show_task.
 */
export function hungTasks(lines: readonly TimedKernelLine[]): readonly Statement[] {
  const byPid = new Map<number, Statement>();
  lines.forEach(({ at, text }, i) => {
    const match = matchKernelLine(text);
    if (match?.signal !== 'hung-task' || match.pid === null) return;
    const stack = stackBelow(lines.slice(i + 1, i + 1 + TRACE_LINES));
    byPid.set(match.pid, threadOf(match.pid, match.task ?? '', stack, { at, ms: (match.seconds ?? 0) * 1000 }));
  });
  return [...byPid.values()];
}

function stackBelow(lines: readonly TimedKernelLine[]): readonly string[] {
  const frames: string[] = [];
  for (const { text } of lines) {
    const [whole, guess, name = ''] = FRAME.exec(text) ?? [];
    if (whole === undefined) {
      if (frames.length > 0 || /INFO: task /.test(text)) break;
    } else if (guess === undefined) frames.push(name.replace(/\.(?:isra|part|constprop)\.\d+.*$/, ''));
  }
  return frames;
}

/** The scheduler's own frames say nothing of what is waited for. */
const SCHEDULER = /^(?:__schedule|schedule\w*|io_schedule\w*|preempt_schedule\w*)$/;

function threadOf(
  pid: number,
  comm: string,
  stack: readonly string[],
  seen: { readonly at: number; readonly ms: number },
): Statement {
  const waiting = stack.filter((frame) => !SCHEDULER.test(frame));
  const fact: FactOf<'thread'> = {
    type: 'thread',
    pid,
    tid: pid,
    comm,
    state: 'D',
    wchan: waiting[0] ?? null,
    stack: waiting.length === 0 ? null : waiting,
    syscall: null,
    stuck: true,
    sampledMs: seen.ms,
  };
  const [thread, process] = [entityId.thread(pid, pid), entityId.process(pid)];
  const daemon = /^(?:dockerd|containerd|kubelet|crio)$/.exec(comm)?.[0];
  const component = daemon === undefined ? null : entityId.component(daemon, pid);
  return {
    ...state(fact, [thread], seen.at),
    names: [
      { id: thread, name: `${comm} ${pid}`, attrs: { pid, tid: pid } },
      ...(component === null ? [] : [{ id: component, name: daemon ?? '' }]),
    ],
    links: [
      [thread, 'of-process', process],
      ...(component === null ? [] : [[component, 'is-process', process] as const]),
    ],
  };
}

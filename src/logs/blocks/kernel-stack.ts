import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { type BlockReader, state } from './block.ts';

// `# cat /proc/22475/stack`, `$ sudo cat /proc/22475/task/22480/stack`, behind whatever prompt
const SHOWN = /\/proc\/(\d{1,8})(?:\/task\/(\d{1,8}))?\/stack\b/;
// `[<0>] do_wait+0x1c3/0x230` since 4.15, `[<ffffffff8122a2f1>] fsnotify_destroy_group+0x21/0x70` before
const FRAME = /^\s*\[<(?:0|[0-9a-f]{8,16})>\] ([A-Za-z_][\w.]{1,80})\+0x[0-9a-f]+\/0x[0-9a-f]+/;
const MOST_FRAMES = 64;
const SCHEDULER = /^(?:__schedule|schedule\w*|io_schedule\w*|preempt_schedule\w*)$/;
/** Where a process sleeps that merely has nothing to do: waits that a signal ends. */
const IDLE =
  /^(?:futex_wait\w*|do_futex|ep_poll|do_epoll\w*|poll_schedule\w*|do_(?:sys_)?poll\w*|do_select|pipe_(?:wait|read)\w*|do_wait\w*|wait_woken|hrtimer_nanosleep|do_nanosleep|sigsuspend|do_sigtimedwait\w*|inet_csk_accept|unix_stream_\w+|sk_wait_data|n_tty_read|skb_wait_for_more_packets|__skb_wait_for_more_packets|inotify_read|do_signal_stop|ptrace_stop|msleep_interruptible)$/;

/**
 * A kernel stack that somebody looked at, below the command that shows whose it is. People look at the stack of what hangs:
 * one that sleeps where no signal ends the sleep is taken to be stuck there. Source: proc_pid_stack(5).
 */
export const readKernelStack: BlockReader = (lines, start) => {
  const [shown, process, thread] = SHOWN.exec(lines[start] ?? '') ?? [];
  if (shown === undefined) return null;
  const frames: string[] = [];
  for (const line of lines.slice(start + 1, start + 1 + MOST_FRAMES)) {
    const name = FRAME.exec(line)?.[1];
    if (name === undefined) break;
    frames.push(name.replace(/\.(?:isra|part|constprop)\.\d+.*$/, ''));
  }
  const waiting = frames.filter((frame) => !SCHEDULER.test(frame));
  const first = waiting[0];
  if (first === undefined) return null;
  const taken = frames.length + 1;
  if (IDLE.test(first)) return { kind: 'kernel-stack', taken, statements: [] };
  const [pid, tid] = [Number(process), Number(thread ?? process)];
  const fact: FactOf<'thread'> = {
    type: 'thread',
    pid,
    tid,
    comm: '',
    state: 'D',
    wchan: first,
    stack: waiting,
    syscall: null,
    stuck: true,
    sampledMs: 0,
  };
  const id = entityId.thread(pid, tid);
  const links = [[id, 'of-process', entityId.process(pid)] as const];
  return { kind: 'kernel-stack', taken, statements: [{ ...state(fact, [id]), links }] };
};

import { readFileSync } from 'node:fs';
import { errorCode } from '../../host/error-code.ts';
import { parseProcStat } from '../../host/proc-stat.ts';
import type { SendSignal } from './deps.ts';

/**
 * kill(2) for good: pid and start time are read and the signal is sent in one go, without a turn of the event loop in
 * between. What is left is that the process ends, is reaped and its pid is given out again within those microseconds;
 * pids are given out in a circle (kernel/pid.c, idr_alloc_cyclic), so all others must have been used up meanwhile. A
 * pidfd would close that, too: Node.js has none, and kill(1) takes a process by `PID:INODE` only from util-linux 2.42 and
 * Linux 6.9 on (2.42 release notes), while Debian's is of procps.
 * /proc/PID/stat can be read here: no lock in it is held over anything that waits (see harmlessReads).
 * @param proc where the host's procfs is seen
 */
export function signalSender(proc: (path: string) => string): SendSignal {
  return ({ pid, startTicks }, signal) => {
    // 0 and negative pids name groups; 1 is never signalled, whoever asks.
    if (!Number.isSafeInteger(pid) || pid <= 1) return { error: 'EINVAL' };
    try {
      if (parseProcStat(readFileSync(proc(`${pid}/stat`), 'utf8'))?.startTicks !== startTicks) return 'gone';
      process.kill(pid, signal);
      return 'sent';
    } catch (error) {
      const code = errorCode(error);
      return code === 'ENOENT' || code === 'ESRCH' ? 'gone' : { error: code };
    }
  };
}

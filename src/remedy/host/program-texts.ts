import type { Text } from '../../text/text.ts';
import { harmlessLine } from '../../text/untrusted.ts';
import type { ActRun } from './deps.ts';
import type { Finish } from './handler.ts';

/**
 * How a program that did not do its work is told.
 * @param right the capability that it needs, named where the kernel denied it
 */
export function programFailed(program: string, run: ActRun, right: string): Finish {
  if (run.timedOut) return programHung(program, run);
  if (run.error !== null) {
    const text =
      run.error === 'ENOENT'
        ? { en: `${program} is not installed`, zh: `未安装 ${program}` }
        : { en: `${program} could not be run: ${run.error}`, zh: `无法运行 ${program}：${run.error}` };
    return { status: 'failed', text };
  }
  const said = harmlessLine(run.stderr.trim().split('\n').at(-1) ?? '', 300);
  const denied = isDenied(run.stderr);
  return {
    status: 'failed',
    text: {
      en: `${program} failed${denied ? `, it needs ${right}: run notready as root` : ''}: ${said || `exit code ${run.code}`}`,
      zh: `${program} 失败${denied ? `，需要 ${right}：请以 root 运行 notready` : ''}：${said || `退出码 ${run.code}`}`,
    },
  };
}

export function isDenied(stderr: string): boolean {
  return /Operation not permitted|Permission denied|must be superuser|only root|not privileged|Access denied|authentication required/i.test(
    stderr,
  );
}

function programHung(program: string, { pid, left }: ActRun): Finish {
  const where: Text =
    left === null
      ? { en: '', zh: '' }
      : {
          en: `; it is left behind as PID ${pid} (state ${left.state}${left.wchan === null ? '' : `, in ${left.wchan}`})`,
          zh: `；其进程仍留在系统中，PID ${pid}（状态 ${left.state}${left.wchan === null ? '' : `，位于 ${left.wchan}`}）`,
        };
  return {
    status: 'timed-out',
    text: {
      en: `${program} did not end by the deadline: it hangs itself${where.en}`,
      zh: `${program} 到截止时间未结束：它自己也卡住了${where.zh}`,
    },
  };
}

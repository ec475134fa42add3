import type { CaseView } from '../../evidence/view.ts';
import { shellCommand } from '../../text/shell.ts';
import type { Assessment, Remedy } from '../cause.ts';
import { liftCommand, PIDS_LIMIT } from '../support/cgroup-files.ts';
import { unitCommand } from '../support/commands.ts';
import { componentNameOf } from '../support/components.ts';
import { killProcess, reboot, restartRuntime } from '../support/remedies.ts';
import { say } from '../support/say.ts';
import { type UsedLimit, usedLimits } from '../support/used-limits.ts';

/** What makes room under the very limit, then what does not. */
export function limitRemedies(view: CaseView, { subjects }: Assessment): readonly Remedy[] {
  const reached = usedLimits(view).filter(
    (l) => l.level !== 'enough' && l.subjects.some((id) => subjects.includes(id)),
  );
  const eater = subjects.flatMap((id) => view.about(id, 'process')).at(0)?.fact.pid ?? null;
  // Only a container's process is ever offered for killing, never a daemon or PID 1.
  const others = reached.filter((l) => l.concerns !== 'daemon').map((l) => l.observation.fact.resource);
  const tasks = others.includes('pids') || others.includes('threads');
  const daemon = subjects.map(componentNameOf).find((n) => n !== null && n !== 'kubelet');
  const command = daemon ? unitCommand(view, 'restart', daemon) : null;
  return [
    ...new Map(reached.flatMap((l) => raiseFor(view, l) ?? []).map((r) => [r.command, r])).values(),
    ...(tasks ? [endEater(eater)] : []),
    ...restart(
      reached.some((l) => l.concerns === 'daemon'),
      command,
      daemon ?? null,
    ),
  ];
}

function raiseFor(view: CaseView, { observation: { fact, about } }: UsedLimit): Remedy | null {
  const double = (fact.max ?? fact.used) * 2;
  const cgroup = about.find((id) => id.startsWith('cgroup:'));
  if (fact.resource === 'inotify-instances')
    return raise(shellCommand('sysctl', '-w', `fs.inotify.max_user_instances=${double}`));
  if (fact.resource === 'inotify-watches')
    return raise(shellCommand('sysctl', '-w', `fs.inotify.max_user_watches=${double}`));
  if (fact.resource === 'open-files') {
    const pid = about.map((id) => view.fact(id, 'component')?.pid).find((p) => p !== undefined);
    if (fact.scope === 'host') return raise(shellCommand('sysctl', '-w', `fs.file-max=${double}`));
    return pid === undefined ? null : raise(raiseOpenFiles(pid, double));
  }
  if (cgroup !== undefined) return raise(liftCommand(view, cgroup, PIDS_LIMIT));
  if (fact.scope !== 'host') return null;
  // pid_max cannot go beyond 4194304 on 64 bits (PID_MAX_LIMIT, include/linux/threads.h).
  const sysctl = fact.resource === 'threads' ? 'kernel.threads-max' : 'kernel.pid_max';
  return raise(shellCommand('sysctl', '-w', `${sysctl}=${Math.min(double, 4_194_304)}`));
}

/** No process may have more than fs.nr_open files, 1048576 unless set (sysctl/fs.rst). */
function raiseOpenFiles(pid: number, files: number): string {
  const command = shellCommand('prlimit', '--pid', pid, `--nofile=${files}:${files}`);
  return files <= 1_048_576 ? command : `${shellCommand('sysctl', '-w', `fs.nr_open=${files}`)}; ${command}`;
}

function raise(command: string): Remedy {
  return {
    action: 'raise-limit',
    title: say('Raise the limit', '调高限额'),
    works: true,
    why: say(
      'Takes effect at once, without a restart. If something leaks it only gains time.',
      '立即生效，无需重启。若存在泄漏，这只是争取时间。',
    ),
    command,
    risk: say(
      'The limit protects the node from a runaway program: put it back when that is found. Not kept over a reboot.',
      '该限额用于防止失控程序拖垮节点：找到元凶后请改回。重启后不保留。',
    ),
  };
}

function endEater(pid: number | null): Remedy {
  return killProcess(pid, {
    works: true,
    why: say(
      'Ends what uses most of it, and all its threads with it. Find it with: ps -eo nlwp,pid,cgroup:60,comm --sort=-nlwp | head',
      '终止占用最多的进程，其线程随之释放。查找方法：ps -eo nlwp,pid,cgroup:60,comm --sort=-nlwp | head',
    ),
  });
}

function restart(ofDaemon: boolean, command: string | null, name: string | null = null): readonly Remedy[] {
  return [
    ofDaemon
      ? restartRuntime(
          command,
          {
            works: true,
            why: say(
              'A restarted daemon begins with few threads and files; the leak goes on.',
              '重启后的守护进程线程和文件都很少，但泄漏仍会继续。',
            ),
          },
          name,
        )
      : restartRuntime(null, {
          works: false,
          why: say(
            'Others use the limit up; the new process may then not be able to start its threads.',
            '限额被别人占满，新进程可能连线程都创建不了。',
          ),
        }),
    {
      ...reboot(say('The same pods use it up again.', '同样的 Pod 会再次用尽。')),
      works: false,
    },
  ];
}

/** For `explain`, where no case is at hand. */
export const GENERAL_LIMIT_REMEDIES: readonly Remedy[] = [
  raise('sysctl -w kernel.pid_max=4194304'),
  raise('systemctl set-property --runtime UNIT.service TasksMax=infinity'),
  raise('sysctl -w fs.inotify.max_user_instances=8192'),
  endEater(null),
  ...restart(false, null),
];

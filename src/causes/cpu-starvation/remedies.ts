import type { EntityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import { shellCommand } from '../../text/shell.ts';
import type { Assessment, Remedy } from '../cause.ts';
import { CPU_QUOTA, liftCommand, unitOfCgroup } from '../support/cgroup-files.ts';
import { componentNameOf } from '../support/components.ts';
import { reboot, restartRuntime } from '../support/remedies.ts';
import { evictPods, LONGER_TIMEOUT, reserveForDaemons } from '../support/resource-remedies.ts';
import { say } from '../support/say.ts';

/** What gives the daemons CPU here, then what does not. */
export function cpuRemedies(view: CaseView, { subjects }: Assessment): readonly Remedy[] {
  const throttled = subjects.filter((id) => id.startsWith('cgroup:'));
  const units = subjects.flatMap((id) => unitOf(view, id) ?? []);
  const stolen = (view.all('cpu').at(-1)?.fact.steal ?? 0) > 0.1;
  return [
    ...throttled.map((cgroup) => liftQuota(liftCommand(view, cgroup, CPU_QUOTA))),
    ...(throttled.length === 0 ? [...new Set(units)].map((unit) => raiseWeight(weightCommand(unit))) : []),
    ...(stolen ? [MOVE_MACHINE] : []),
    ...(throttled.length === 0 ? [LESS_LOAD, RESERVE] : []),
    ...useless(throttled.length > 0),
  ];
}

function liftQuota(command: string): Remedy {
  return {
    action: 'lift-cpu-quota',
    title: say('Lift the CPU quota of the daemon', '取消该守护进程的 CPU 配额'),
    works: true,
    why: say(
      'The quota is what stops it: its threads run again from the next period on, without a restart.',
      '正是配额让它停下：取消后从下一个周期起线程即可运行，无需重启。',
    ),
    command,
    risk: say(
      'The daemon may then take CPU from pods. Holds until the next start; change CPUQuota in its unit to keep it.',
      '守护进程可能与 Pod 争抢 CPU。该设置只到下次启动为止，要长期生效请修改 unit 中的 CPUQuota。',
    ),
  };
}

function raiseWeight(command: string): Remedy {
  return {
    action: 'raise-cpu-weight',
    title: say('Give the daemon a larger share of the CPU', '提高该守护进程的 CPU 权重'),
    works: true,
    why: say(
      'Under contention the scheduler divides CPU by weight; pods weigh by their requests, a daemon by default as little as 100.',
      'CPU 紧张时调度器按权重分配：Pod 的权重来自 requests，而守护进程默认只有 100。',
    ),
    command,
    risk: say('Pods get a little less while the daemon works.', '守护进程忙时 Pod 得到的 CPU 略少。'),
  };
}

const LESS_LOAD = evictPods(
  say(
    'Fewer runnable threads leave CPU to the daemons. Find the heaviest with: ps -eo pcpu,pid,cgroup:60,comm --sort=-pcpu | head',
    '可运行线程少了，守护进程才能分到 CPU。查找最耗 CPU 的进程：ps -eo pcpu,pid,cgroup:60,comm --sort=-pcpu | head',
  ),
);
const RESERVE = reserveForDaemons(
  say('CPU', ' CPU'),
  say(
    'Pods as a whole are then capped by the share that is theirs.',
    '此后所有 Pod 的总权重受限，守护进程有保底份额。',
  ),
);
const MOVE_MACHINE: Remedy = {
  action: 'move-machine',
  title: say(
    'Move the virtual machine to another host, or use dedicated CPUs',
    '把虚拟机迁到其他宿主机，或改用独享 CPU',
  ),
  works: true,
  why: say(
    'Steal is decided outside this node; nothing inside it changes it.',
    'steal 由节点之外决定，节点内无法改变。',
  ),
  command: null,
  risk: say(
    'Depends on the provider; burstable instances may also be out of credits.',
    '取决于云厂商；突发型实例也可能是积分耗尽。',
  ),
};

/** For `explain`, where no case is at hand. */
export const GENERAL_CPU_REMEDIES: readonly Remedy[] = [
  liftQuota('systemctl set-property --runtime UNIT.service CPUQuota='),
  raiseWeight('systemctl set-property --runtime UNIT.service CPUWeight=1000'),
  LESS_LOAD,
  RESERVE,
  MOVE_MACHINE,
  ...useless(true),
];

function useless(throttled: boolean): readonly Remedy[] {
  return [
    restartRuntime(null, {
      works: false,
      why: throttled
        ? say(
            'The new process starts under the same quota, and starting costs more CPU than running.',
            '新进程仍受同一配额限制，而且启动比运行更耗 CPU。',
          )
        : say(
            'The new process competes for the same CPUs, and starting costs more CPU than running.',
            '新进程仍要争抢同样的 CPU，而且启动比运行更耗 CPU。',
          ),
    }),
    LONGER_TIMEOUT,
    {
      ...reboot(
        say('The same units and the same pods come back after it.', '重启后仍是同样的 unit 配置和同样的 Pod。'),
      ),
      works: false,
    },
  ];
}

function weightCommand(unit: string): string {
  return shellCommand('systemctl', 'set-property', '--runtime', unit, 'CPUWeight=1000');
}

function unitOf(view: CaseView, id: EntityId): string | null {
  if (componentNameOf(id) === null) return null;
  const units = view.to(id, 'in-cgroup').map((cgroup) => unitOfCgroup(view, cgroup));
  return units.find((u) => u?.endsWith('.service') === true) ?? null;
}

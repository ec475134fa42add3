import type { CaseView } from '../evidence/view.ts';
import { shellCommand } from '../text/shell.ts';
import type { Cause, Remedy } from './cause.ts';
import { assessCni, heldStatuses, slowCniCalls } from './cni-hung/assess.ts';
import { holds } from './support/assessment.ts';
import { CONTAINERD_CRI, usesDockershim } from './support/dockershim.ts';
import { REFERENCES } from './support/references.ts';
import { reboot, restartKubelet, restartRuntime } from './support/remedies.ts';
import { say } from './support/say.ts';

const STILL_THERE = say(
  'The plugin outlives its caller, and the next call waits for the same thing.',
  '插件进程不会随调用者退出，下一次调用仍会等同样的东西。',
);

function remedies(pid: number | null): readonly Remedy[] {
  return [
    {
      action: 'kill-cni-plugin',
      title: say('End the plugin that hangs', '结束卡住的 CNI 插件进程'),
      works: true,
      why: say(
        'The call fails instead of hanging, the lock of its pod is let go, and the runtime tries again. If it hangs again, the next step is what it waits for.',
        '调用会失败返回而不再卡住，Pod 的锁随之释放，运行时会重试。若再次卡住，就要处理它等待的对象。',
      ),
      command: pid === null ? null : shellCommand('kill', pid),
      risk: say(
        'The pod’s network is left half made; the runtime tears it down at the next try.',
        'Pod 网络会停在中间状态；下次重试时运行时会清理。',
      ),
      ...(pid === null ? {} : { on: { kind: 'process', pid } }),
    },
    {
      action: 'restore-cni',
      title: say('Mend what the plugin waits for', '恢复插件所等待的服务'),
      works: true,
      why: say(
        'Most plugins ask an agent on the node or the API server for an address and wait for the answer: look at the network add-on’s pod on this node.',
        '多数插件会向本机 agent 或 API server 申请地址并等待应答：请检查本节点上网络组件的 Pod。',
      ),
      command: 'kubectl -n kube-system get pods -o wide --field-selector spec.nodeName=NODE',
      risk: say('None for looking.', '仅查看没有风险。'),
    },
    restartKubelet(null, { works: false, why: STILL_THERE }),
    restartRuntime(null, { works: false, why: STILL_THERE }),
    reboot(
      say(
        'Ends the plugin; helps only if what it waits for is well again by then.',
        '会结束插件；只有它等待的服务已恢复才有用。',
      ),
    ),
  ];
}

/** A CNI plugin does not come back. */
export const cniHung: Cause = {
  id: 'cni-hung',
  title: say('A CNI call hangs', 'CNI 调用卡住'),
  assess: assessCni,
  leadsTo: [
    {
      state: 'relist-slow',
      mechanism: say(
        'dockershim asks for the pod’s address under the lock that the hung call holds, so the pod’s status waits as well.',
        'dockershim 获取 Pod 地址时要拿被占用的同一把锁，因此该 Pod 的状态查询也会等待。',
      ),
      reference: REFERENCES.cniPodLock,
      inevitable: true,
      // While the network is being set up dockershim does not ask for the address: only a teardown holds the status up.
      links: (_from, to, view) =>
        usesDockershim(view) && (holds(to) || slowCniCalls(view).some((o) => o.fact.command === 'DEL')),
    },
    {
      state: 'container-status-hung',
      mechanism: say(
        'The status of the sandbox waits for the lock that the hung call holds.',
        'sandbox 的状态查询要等被卡住的调用占用的锁。',
      ),
      reference: REFERENCES.cniPodLock,
      links: (_from, to, view) => heldStatuses(view).some((h) => to.subjects.includes(h.container)),
    },
    {
      state: 'pods-cannot-start',
      mechanism: say('A sandbox is ready only when its network is.', '网络就绪后 sandbox 才算就绪。'),
      reference: REFERENCES.cniSpec,
      inevitable: true,
    },
  ],
  about: say(
    'A CNI plugin, which should end within a second or two, hangs while it sets up or tears down a pod’s network: it waits for an agent, for the API server or in the kernel. That pod neither starts nor ends. With dockershim (up to 1.23) the status of a pod whose teardown hangs waits for the same lock, so the relist hangs and the node flaps; other runtimes answer relist from memory and the node stays Ready.',
    'CNI 插件本应在一两秒内结束，却在建立或拆除 Pod 网络时卡住：在等 agent、API server，或卡在内核中。该 Pod 既起不来也停不掉。使用 dockershim（1.23 及更早）时，若卡在拆除，Pod 状态查询要等同一把锁，relist 卡住、节点抖动；其他运行时从内存应答 relist，节点保持 Ready。',
  ),
  shownBy: [
    say(
      'A process with CNI_COMMAND in its environment that is more than 10 s old in both samples.',
      '环境变量中有 CNI_COMMAND、两次采样均存活超过 10 秒的进程。',
    ),
    say(
      '“failed to teardown pod ... network”, “failed to destroy network for sandbox” in the log.',
      '日志中出现 “failed to teardown pod ... network”“failed to destroy network for sandbox”。',
    ),
  ],
  ruledOutBy: [say('No CNI plugin is at work for long.', '没有长时间运行的 CNI 插件。')],
  references: [REFERENCES.cniSpec, REFERENCES.cniPodLock, CONTAINERD_CRI],
  remedies: (view: CaseView) => remedies(slowCniCalls(view)[0]?.fact.pid ?? null),
  generalRemedies: remedies(null),
  confirm: [
    {
      command:
        'for p in $(grep -azl CNI_COMMAND= /proc/[0-9]*/environ); do ps -o pid,etime,stat,wchan:20,args -p $(basename $(dirname $p)); done',
      shows: say('CNI plugins at work and for how long', '正在运行的 CNI 插件及其时长'),
    },
  ],
};

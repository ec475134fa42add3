import type { CaseView } from '../evidence/view.ts';
import type { Cause, Remedy } from './cause.ts';
import { assessPileup } from './exec-probe-pileup/assess.ts';
import { connected } from './support/kin.ts';
import { bugsSeen } from './support/known-bugs.ts';
import { REFERENCES } from './support/references.ts';
import { killShim, reboot, removeContainer, restartKubelet, restartRuntime } from './support/remedies.ts';
import { say } from './support/say.ts';
import { upgradesFor } from './support/upgrade.ts';

/** Execs are started faster than they end. */
export const execProbePileup: Cause = {
  id: 'exec-probe-pileup',
  title: say('Exec probes pile up', 'exec 探针堆积'),
  assess: assessPileup,
  leadsTo: [
    {
      state: 'oci-runtime-hung',
      mechanism: say(
        'Each exec is a runc of its own; beside too many others, in a cgroup without memory or CPU left, it does not come to its end.',
        '每次 exec 都是一个单独的 runc；与太多同类挤在一起、cgroup 又没有剩余内存或 CPU 时，它无法结束。',
      ),
      reference: REFERENCES.execHang,
      links: (from, to, view) => connected(view, from, to),
    },
    {
      state: 'container-status-hung',
      mechanism: say(
        'A shim takes one lock for execs and for status: behind many execs the status waits.',
        'shim 的 exec 与状态查询共用一把锁：排在大量 exec 之后的状态查询只能等待。',
      ),
      reference: REFERENCES.execHang,
      links: (from, to, view) => connected(view, from, to),
    },
    {
      state: 'runtime-unresponsive',
      mechanism: say(
        'Each exec that does not end keeps goroutines, pipes and threads of the daemon, until it has none left.',
        '每个不结束的 exec 都占着守护进程的 goroutine、管道与线程，直到耗尽。',
      ),
      reference: REFERENCES.execLeak,
    },
    {
      state: 'pid-exhaustion',
      mechanism: say(
        'Processes of execs that do not end use up the PIDs of the container’s cgroup or of the host.',
        '不结束的 exec 进程会耗尽容器 cgroup 或主机的 PID。',
      ),
      reference: REFERENCES.execLeak,
      links: (from, to, view) => connected(view, from, to),
    },
    {
      state: 'relist-slow',
      mechanism: say(
        'Relist’s calls wait behind the execs in the same daemon and shims.',
        'relist 的调用排在同一守护进程与 shim 的 exec 之后。',
      ),
      reference: REFERENCES.execHang,
    },
  ],
  about: say(
    'Every exec probe, and every kubectl exec or preStop hook, makes the runtime start a runc inside the container. With short periods, short timeouts and many pods they are started faster than they end: when a probe times out the kubelet gives up, but what it started often goes on (before 1.20 there was no timeout at all for exec probes). They pile up in the container’s cgroup, in its shim and in the daemon, until status calls, and with them relist, wait behind them.',
    '每个 exec 探针、每次 kubectl exec 或 preStop 钩子，都会让运行时在容器里启动一个 runc。周期短、超时短、Pod 多时，启动的速度会超过结束的速度：探针超时后 kubelet 不再等待，但已启动的进程往往还在（1.20 之前 exec 探针根本没有超时）。它们堆积在容器的 cgroup、shim 与守护进程中，最终状态查询以及 relist 都排在它们后面。',
  ),
  shownBy: [
    say(
      'Eight or more processes of runc exec or its init at once, or 20 or more exec calls waiting in the daemon’s stacks.',
      '同时存在 8 个以上 runc exec 或其 init 进程，或守护进程堆栈中有 20 个以上等待中的 exec 调用。',
    ),
    say(
      'Exec probes that time out five times or more in 10 minutes while no other call does.',
      '10 分钟内 exec 探针超时 5 次以上，而其他调用没有超时。',
    ),
  ],
  ruledOutBy: [say('Few execs are under way at any moment.', '任一时刻正在进行的 exec 都很少。')],
  references: [REFERENCES.execHang, REFERENCES.execLeak, REFERENCES.execTimeout],
  remedies: (view) => remedies(view),
  generalRemedies: general(),
  confirm: [
    {
      command: 'ps -eo pid,ppid,etimes,args | grep -c "[r]unc.* exec "; ps -eo comm | grep -c "runc:\\[2:INIT\\]"',
      shows: say('how many execs are under way', '正在进行的 exec 数量'),
    },
    {
      command: 'kubectl get pods -A -o json --field-selector spec.nodeName=NODE | grep -c \'"exec"\'',
      shows: say('how many exec probes and hooks the pods of the node have', '节点上 Pod 的 exec 探针与钩子数量'),
    },
    {
      command: 'kill -USR1 $(pidof containerd); grep -c ExecSync /tmp/containerd.*.stacks.log',
      shows: say('exec calls that wait in containerd', 'containerd 中等待的 exec 调用'),
    },
  ],
};

function remedies(view: CaseView): readonly Remedy[] {
  return [...general(), ...upgradesFor(bugsSeen(view, 'exec-probe-pileup'))];
}

function general(): readonly Remedy[] {
  return [
    {
      action: 'relax-probes',
      title: say(
        'Give exec probes longer periods, or make them HTTP, TCP or gRPC probes',
        '延长 exec 探针的周期，或改用 HTTP、TCP、gRPC 探针',
      ),
      works: true,
      why: say(
        'It takes away what piles up; HTTP and TCP probes start no process at all.',
        '从源头消除堆积；HTTP 与 TCP 探针不需要启动任何进程。',
      ),
      command: null,
      risk: say('The pods are made anew with the changed template.', '修改模板后 Pod 会重建。'),
    },
    {
      action: 'kill-oci-runtime',
      title: say('Kill the runc exec processes that are left over', '杀掉遗留的 runc exec 进程'),
      works: true,
      why: say(
        'Each one that ends lets its shim go on. New ones come with the next probes.',
        '每结束一个，其 shim 就能继续；但下次探针还会产生新的。',
      ),
      command: 'ps -eo pid,etimes,args | grep "[r]unc.* exec "',
      risk: say(
        'Running containers are not touched; a person’s kubectl exec may be among them.',
        '不影响运行中的容器；但其中可能有人工的 kubectl exec。',
      ),
    },
    killShim(null, {
      works: true,
      why: say('Ends the pod with everything that piled up in it.', '连同堆积的进程一起结束整个 Pod。'),
    }),
    restartRuntime(null, {
      works: true,
      why: say(
        'Frees what the daemon itself has piled up; what hangs in a shim stays.',
        '可以释放守护进程自身的堆积；卡在 shim 里的仍在。',
      ),
    }),
    reboot(),
    restartKubelet(null, {
      works: false,
      why: say('It starts the same probes again.', '重启后会继续执行同样的探针。'),
    }),
    removeContainer(null, {
      works: false,
      why: say('Removal waits behind the execs in the same shim.', '删除操作同样排在该 shim 的 exec 之后。'),
    }),
  ];
}

import type { Cause } from './cause.ts';
import { assessStatusHung } from './container-status-hung/assess.ts';
import { generalStatusRemedies, statusRemedies } from './container-status-hung/remedies.ts';
import { connected } from './support/kin.ts';
import { REFERENCES } from './support/references.ts';
import { say } from './support/say.ts';

/** The list is fast, the status of one or a few containers never comes. */
export const containerStatusHung: Cause = {
  id: 'container-status-hung',
  title: say('The status of a container never comes', '容器状态查询永不返回'),
  assess: assessStatusHung,
  leadsTo: [
    {
      state: 'status-calls-hang',
      mechanism: say(
        'The call for this container’s status waits for its shim, or for a lock that an operation waiting for the shim holds.',
        '查询该容器状态的调用在等待其 shim，或等待某个正在等 shim 的操作所持有的锁。',
      ),
      reference: REFERENCES.dockerLock,
      links: (from, to, view) => connected(view, from, to),
    },
    {
      state: 'zombie-not-reaped',
      mechanism: say('A shim that is stopped reaps nothing.', '被停住的 shim 不会回收任何进程。'),
      reference: REFERENCES.shimBlocks,
      links: (from, to, view) => from.subjects.some((s) => s.startsWith('shim:')) && connected(view, from, to),
    },
    {
      state: 'container-unkillable',
      mechanism: say('Kill goes through the shim, which does not answer.', 'kill 要经过 shim，而 shim 没有应答。'),
      reference: REFERENCES.shimBlocks,
      links: (from, to, view) => from.subjects.some((s) => s.startsWith('shim:')) && connected(view, from, to),
    },
  ],
  about: say(
    'The runtime lists its containers in milliseconds, but the status (inspect) of one or a few of them never returns: their shim is stopped, deadlocked or gone, or an operation in flight holds the container’s lock. Health checks that only list (docker ps, crictl ps) see nothing. As soon as anything in the pod changes, a crash-looping neighbour for instance, the kubelet’s relist asks for the status of every container of that pod and waits its request timeout (2 minutes) for the hung one.',
    '运行时列出容器只需几毫秒，但其中一个或几个容器的状态查询（inspect）永不返回：其 shim 被停住、死锁或消失，或某个进行中的操作占着该容器的锁。只做列表的健康检查（docker ps、crictl ps）什么也看不出来。一旦该 Pod 有任何变化（例如旁边的容器在 crash loop），kubelet 的 relist 就会查询该 Pod 所有容器的状态，并为卡住的那个等满请求超时（2 分钟）。',
  ),
  shownBy: [
    say(
      'The status call of a container times out while the list and other containers’ status answer.',
      '某个容器的状态查询超时，而列表和其他容器的状态查询正常返回。',
    ),
    say(
      'Its shim is in state T in two samples, or gone while the container’s process lives on under another parent.',
      '其 shim 两次采样均为 T 状态，或 shim 已消失而容器进程被其他父进程接管。',
    ),
  ],
  ruledOutBy: [
    say('Every container’s status answered.', '所有容器的状态查询都有响应。'),
    say('The list itself hangs: then the runtime as a whole is at fault.', '列表本身就卡住：那是运行时整体的问题。'),
  ],
  references: [REFERENCES.dockerLock, REFERENCES.shimBlocks, REFERENCES.relist, REFERENCES.requestTimeout],
  remedies: (view) => statusRemedies(view),
  generalRemedies: generalStatusRemedies,
  confirm: [
    {
      command: 'for c in $(docker ps -aq); do timeout 5 docker inspect $c >/dev/null || echo hung: $c; done',
      shows: say('which containers hang, on Docker', 'Docker 下哪些容器卡住'),
    },
    {
      command: 'for c in $(crictl ps -aq); do timeout 5 crictl inspect $c >/dev/null || echo hung: $c; done',
      shows: say('which containers hang, through CRI', 'CRI 下哪些容器卡住'),
    },
    {
      command: 'ps -eo pid,stat,args | grep [c]ontainerd-shim',
      shows: say('shims that are stopped (T)', '处于 T 状态的 shim'),
    },
  ],
};

import { say } from '../support/say.ts';
import type { KnownBug } from './known-bug.ts';

/** Bugs of the kubelet and of what is built into it. */
export const KUBELET_BUGS: readonly KnownBug[] = [
  {
    id: 'kubernetes-72482',
    cause: 'relist-deadlock',
    component: 'kubelet',
    title: say(
      'relist blocks on its full event channel, and the loop that empties it waits for PLEG to be healthy',
      'relist 阻塞在已满的事件通道上，而消费通道的循环又在等 PLEG 恢复健康',
    ),
    affected: [{ since: null, fixedIn: '1.14.0' }],
    telltales: [{ kind: 'stack', frames: ['pleg.(*GenericPLEG).relist'], wait: 'chan send' }],
    reference: {
      title: 'Deadlock in PLEG relist() for health check and Kubelet syncLoop()',
      where: 'https://github.com/kubernetes/kubernetes/issues/72482',
    },
    advice: say('upgrade the kubelet to 1.14 or later', '将 kubelet 升级到 1.14 或更高'),
  },
  {
    id: 'kubernetes-53207',
    cause: 'kubelet-bug',
    component: 'kubelet',
    title: say(
      'cAdvisor asks Docker without a deadline while it computes the node status; a call that Docker leaves unanswered keeps the kubelet from reporting for ever',
      'kubelet 计算节点状态时 cAdvisor 查询 Docker 没有超时；Docker 一次不应答，kubelet 就永远无法再上报',
    ),
    affected: [{ since: null, fixedIn: '1.9.0' }],
    telltales: [{ kind: 'stack', frames: ['cadvisor/container/docker.'] }],
    reference: {
      title: 'kubelet status updates wedging after failed CRI call',
      where: 'https://github.com/kubernetes/kubernetes/issues/53207',
    },
    advice: say('upgrade the kubelet to 1.9 or later', '将 kubelet 升级到 1.9 或更高'),
  },
  {
    id: 'kubernetes-89529',
    cause: 'kubelet-bug',
    component: 'kubelet',
    title: say(
      'dockershim panics on a container whose image is gone, each time the kubelet starts',
      '容器的镜像已不存在时 dockershim 会 panic，kubelet 每次启动都会崩溃',
    ),
    affected: [{ since: '1.18.0', fixedIn: '1.18.3' }],
    telltales: [{ kind: 'log', signal: 'kubelet-panicked', line: /nil pointer dereference/ }],
    reference: {
      title: 'Invalid memory address or nil pointer dereference error after upgrade to v1.18.0',
      where: 'https://github.com/kubernetes/kubernetes/issues/89529',
    },
    advice: say('upgrade the kubelet to 1.18.3 or later', '将 kubelet 升级到 1.18.3 或更高'),
  },
];

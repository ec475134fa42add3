import { say } from '../../causes/support/say.ts';
import type { HostAct, ServiceRef } from '../act.ts';
import { type ActWords, FREED } from './words.ts';

const RESTART_MS = 90_000;
const REBOOT_MS = 600_000;

/** @param stopsContainers dockerd without live-restore */
export function restartWords(service: ServiceRef, stopsContainers: boolean): ActWords {
  const { name, role } = service;
  return {
    title: say(`Restart ${name}`, `重启 ${name}`),
    does:
      role === 'kubelet'
        ? say('A new kubelet takes up the pods that run.', '新的 kubelet 会接管运行中的 Pod。')
        : say(
            'A new daemon takes up the shims that live on and answers again.',
            '新的守护进程接管存活的 shim 并恢复应答。',
          ),
    breaks: breaksOf(role, stopsContainers),
    verify: FREED,
    requires: [],
    deadlineMs: RESTART_MS,
    destroysEvidence: true,
    reach: role === 'kubelet' ? 'daemon' : stopsContainers ? 'node' : 'daemon',
    undo: null,
  };
}

function breaksOf(role: ServiceRef['role'], stopsContainers: boolean): ActWords['breaks'] {
  if (role === 'kubelet')
    return say('Containers go on; probes and status pause for some seconds.', '容器继续运行；探针与状态上报中断数秒。');
  return stopsContainers
    ? say(
        'dockerd without live-restore stops every container of the node with it.',
        '未开启 live-restore 的 dockerd 重启会停掉节点上所有容器。',
      )
    : say('Containers go on; no pod starts or stops meanwhile.', '容器继续运行；期间无法启停 Pod。');
}

export function rebootWords(how: Extract<HostAct, { kind: 'reboot' }>['how']): ActWords {
  const orderly = how === 'orderly';
  return {
    title: orderly
      ? say('Reboot the node, in order', '正常重启节点')
      : say('Reboot the node by force (sysrq)', '强制重启节点（sysrq）'),
    does: orderly
      ? say('Stops the services, then starts a new kernel.', '先停止服务，再启动新内核。')
      : say(
          'The kernel syncs what it can and starts anew at once; no service is stopped.',
          '内核尽量同步数据后立即重启，不停止服务。',
        ),
    breaks: orderly
      ? say(
          'Ends every pod on the node. It can hang on the very fault: then only a forced one goes through.',
          '终止节点上的所有 Pod。可能卡在同一故障上，那时只能强制重启。',
        )
      : say('Ends every pod at once; data not yet written is lost.', '立即终止所有 Pod；尚未落盘的数据会丢失。'),
    verify: say(
      'The host has booted anew; then run notready remediate again: it proves the node and gives it back.',
      '主机已重新启动；随后再次运行 notready remediate，由它完成证明并归还节点。',
    ),
    requires: [
      { id: 'cordoned', text: say('the node is cordoned', '节点已 cordon') },
      { id: 'evidence-kept', text: say('the evidence was saved', '现场已保存') },
    ],
    deadlineMs: REBOOT_MS,
    destroysEvidence: true,
    reach: 'node',
    undo: null,
  };
}

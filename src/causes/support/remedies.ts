import { shellCommand } from '../../text/shell.ts';
import type { Text } from '../../text/text.ts';
import type { Remedy, RemedyTarget } from '../cause.ts';
import { say } from './say.ts';

// Remedies that several causes weigh. Whether one works, and why, is for the cause to say: the same action that
// cures a stopped shim does nothing for a thread in D.

function process(pid: number | null): { readonly on?: RemedyTarget } {
  return pid === null ? {} : { on: { kind: 'process', pid } };
}

function daemon(name: string | null): { readonly on?: RemedyTarget } {
  return name === null ? {} : { on: { kind: 'daemon', name } };
}

type Weighed = { readonly works: boolean; readonly why: Text };

/** @param pid null where there is no one process to name */
export function killProcess(pid: number | null, { works, why }: Weighed): Remedy {
  return {
    action: 'kill-process',
    title: say('Kill the process with SIGKILL', '用 SIGKILL 杀掉进程'),
    works,
    why,
    command: pid === null ? null : shellCommand('kill', '-9', pid),
    risk: say('Ends the container’s workload.', '会终止该容器的业务进程。'),
    ...process(pid),
  };
}

export function killShim(pid: number | null, { works, why }: Weighed): Remedy {
  return {
    action: 'kill-shim',
    title: say('Kill the container’s shim', '杀掉该容器的 shim'),
    works,
    why,
    command: pid === null ? null : shellCommand('kill', '-9', pid),
    risk: say(
      'Ends every container this shim serves (with CRI the whole pod); their exit codes are lost.',
      '该 shim 负责的所有容器都会终止（CRI 下是整个 Pod），退出码也会丢失。',
    ),
    ...process(pid),
  };
}

/** SIGCONT to a stopped process. @param what `resume-shim`, `resume-runtime`, `resume-kubelet` */
export function resumeProcess(
  what: 'resume-shim' | 'resume-runtime' | 'resume-kubelet',
  pid: number | null,
  name: Text,
  { works, why }: Weighed,
): Remedy {
  return {
    action: what,
    title: say(`Let ${name.en} run on (SIGCONT)`, `让${name.zh}继续运行（SIGCONT）`),
    works,
    why,
    command: pid === null ? null : shellCommand('kill', '-CONT', pid),
    risk: say(
      'None known. Find out who stopped it: a debugger or a person may have had a reason.',
      '无已知风险。请查明是谁停住了它：可能有人在调试。',
    ),
    ...process(pid),
  };
}

/** @param command null where it is not one command; @param name of the daemon that it restarts, null where none was seen */
export function restartRuntime(command: string | null, { works, why }: Weighed, name: string | null = null): Remedy {
  return {
    action: 'restart-runtime',
    title: say('Restart the container runtime', '重启容器运行时'),
    works,
    why,
    command,
    risk: say(
      'Without live-restore dockerd stops all containers with it; containerd’s containers live on. Pods cannot start meanwhile.',
      '未开启 live-restore 时，dockerd 重启会停掉所有容器；containerd 的容器不受影响。期间无法启动新 Pod。',
    ),
    ...daemon(name),
  };
}

/** @param command null where it is not one command, or does not help */
export function restartKubelet(command: string | null, { works, why }: Weighed): Remedy {
  return {
    action: 'restart-kubelet',
    title: say('Restart the kubelet', '重启 kubelet'),
    works,
    why,
    command,
    risk: say(
      'Containers keep running; probes and status pause for some seconds.',
      '容器继续运行；探针与状态上报会中断数秒。',
    ),
    ...daemon('kubelet'),
  };
}

/** `docker rm -f`, `crictl rm -f`, forced deletion of the pod. */
export function removeContainer(command: string | null, { works, why }: Weighed): Remedy {
  return {
    action: 'remove-container',
    title: say('Remove the container or force-delete its pod', '强制删除容器或其 Pod'),
    works,
    why,
    command,
    risk: say(
      'A force-deleted StatefulSet pod may run twice: once here, once elsewhere.',
      '强制删除 StatefulSet 的 Pod 可能导致两处同时运行同一实例。',
    ),
  };
}

/** What dockerd itself recommends for a zombie. */
export function runWithInit(why: Text): Remedy {
  return {
    action: 'run-with-init',
    title: say('Run the container with --init, as dockerd advises', '按 dockerd 的建议使用 --init 运行容器'),
    works: false,
    why,
    command: null,
    risk: say('None; it does not touch this container.', '无风险，但对当前容器不起作用。'),
  };
}

export function waitForIt(why: Text): Remedy {
  return {
    action: 'wait',
    title: say('Wait for it to pass', '等待其自行恢复'),
    works: false,
    why,
    command: null,
    risk: say('The node goes on flapping.', '节点会持续抖动。'),
  };
}

/** Always last: it takes every pod of the node along. */
export function reboot(why: Text = say('Clears it with everything else.', '重启会连同其他一切一并清除。')): Remedy {
  return {
    action: 'reboot',
    title: say('Reboot the node (last resort)', '重启节点（最后手段）'),
    works: true,
    why,
    command: 'reboot',
    risk: say(
      'Ends every pod on the node. Cordon first, make sure the pods fit elsewhere; an orderly shutdown can hang on the same fault, then only a forced one (reboot -f) goes through.',
      '会终止节点上的所有 Pod。请先 cordon，并确认其他节点容得下这些 Pod；正常关机可能卡在同一故障上，此时只能强制重启（reboot -f）。',
    ),
  };
}

import type { Text } from '../../text/text.ts';
import type { HostAct } from '../act.ts';
import type { Precondition } from '../step.ts';

/** What acts on a host require; each is checked again at the moment of acting. */
const TEXTS = {
  'same-process': {
    en: 'the pid is still the same process (start time, boot, cgroup)',
    zh: '该 pid 仍是同一进程（启动时间、boot id、cgroup 均一致）',
  },
  'same-pid-namespace': {
    en: 'notready runs in the PID namespace that the plan names its processes in',
    zh: 'notready 运行在计划所用的同一 PID namespace 中',
  },
  'may-be-signalled': {
    en: 'it is neither PID 1, nor a kernel thread, nor notready itself or what it runs under',
    zh: '它不是 PID 1，不是内核线程，也不是 notready 自身及其上级进程',
  },
  'is-stopped': { en: 'the process is stopped (state T)', zh: '该进程处于停止状态（T）' },
  'no-kill-pending': {
    en: 'no SIGKILL is pending on a thread that waits in the kernel: a second one changes nothing',
    zh: '没有在内核中等待且已挂着 SIGKILL 的线程：再发一次毫无作用',
  },
  'not-a-daemon': {
    en: 'it is no runtime daemon, kubelet or shim: those have acts of their own',
    zh: '它不是运行时守护进程、kubelet 或 shim：这些各有专门的操作',
  },
  'is-shim-of-container': {
    en: "it is a shim, and the container is its own or its child's",
    zh: '它是 shim，且该容器由它或其子进程负责',
  },
  'is-mounted': { en: 'the filesystem is still mounted there', zh: '该文件系统仍挂载在该处' },
  'still-frozen': { en: 'the filesystem is still frozen', zh: '该文件系统仍处于冻结状态' },
  'is-suspended': { en: 'the mapped device is still suspended', zh: '该映射设备仍处于挂起状态' },
  'requests-wait': {
    en: 'requests wait on the FUSE connection',
    zh: '该 FUSE 连接上仍有请求在等待',
  },
  'not-of-the-system': { en: 'the mount is none that the host itself needs', zh: '该挂载不是主机自身所必需的' },
  'host-mount-namespace': {
    en: 'notready runs in the host’s mount namespace',
    zh: 'notready 运行在宿主机的 mount namespace 中',
  },
  'runtime-answers': { en: 'the runtime lists its containers', zh: '运行时能够返回容器列表' },
  'container-exists': { en: 'the container is still there', zh: '该容器仍存在' },
  'no-removal-under-way': {
    en: 'no removal of it is under way already',
    zh: '没有正在进行的删除',
  },
  'has-a-manager': {
    en: 'systemd or an init script runs the service, and is there',
    zh: '该服务由 systemd 或 init 脚本管理，且其可用',
  },
  'can-be-asked-to-reboot': {
    en: 'the host has what is asked for the reboot',
    zh: '主机具备所需的重启手段',
  },
} as const satisfies Record<string, Text>;

export type PreconditionId = keyof typeof TEXTS;

const PROCESS = ['same-pid-namespace', 'same-process', 'may-be-signalled'] as const;

const OF_ACT: Readonly<Record<HostAct['kind'], readonly PreconditionId[]>> = {
  'thaw-filesystem': ['is-mounted', 'still-frozen'],
  'resume-device': ['is-suspended'],
  'abort-fuse-connection': ['is-mounted', 'requests-wait'],
  'lazy-unmount': ['not-of-the-system', 'host-mount-namespace', 'is-mounted'],
  'restart-service': ['has-a-manager', 'same-process'],
  reboot: ['can-be-asked-to-reboot'],
  'remove-container': ['runtime-answers', 'container-exists', 'no-removal-under-way'],
  'resume-process': [...PROCESS, 'is-stopped'],
  'end-process': [...PROCESS, 'not-a-daemon', 'no-kill-pending'],
  'kill-shim': [...PROCESS, 'is-shim-of-container', 'no-kill-pending'],
};

/** What a kind of act requires, for the plan to show; an outcome `refused` names one of them. */
export function hostPreconditions(kind: HostAct['kind']): readonly Precondition[] {
  return OF_ACT[kind].map((id) => ({ id, text: TEXTS[id] }));
}

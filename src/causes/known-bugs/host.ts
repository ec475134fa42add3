import { say } from '../support/say.ts';
import type { KnownBug } from './known-bug.ts';

/** Bugs of the kernel and of systemd. */
export const HOST_BUGS: readonly KnownBug[] = [
  {
    id: 'lp-1802021',
    cause: 'kernel-bug',
    component: 'kernel',
    title: say(
      'sleeping RCU (SRCU) loses a wake-up, so whoever destroys an inotify group waits for ever',
      'SRCU 丢失唤醒，销毁 inotify 组的线程永远等待',
    ),
    affected: [{ since: '4.15.0', fixedIn: '4.15.0-1040', build: /-azure$/ }],
    telltales: [{ kind: 'kernel-stack', functions: ['fsnotify_destroy_group'] }],
    reference: {
      title: 'dockerd enters State=D, uninterruptible sleep; fsnotify_destroy_group()',
      where: 'https://github.com/moby/moby/issues/38750',
    },
    advice: say('upgrade the kernel to 4.15.0-1040-azure or later', '将内核升级到 4.15.0-1040-azure 或更高'),
  },
  {
    id: 'amazon-eks-ami-1071',
    cause: 'kernel-bug',
    component: 'kernel',
    title: say(
      'a change in this Amazon Linux 2 kernel makes workloads hang, and PLEG with them',
      '此 Amazon Linux 2 内核中的一处改动会使业务进程卡住，PLEG 随之不健康',
    ),
    affected: [{ since: '5.4.217', fixedIn: '5.4.219-126.411', build: /\.amzn2/ }],
    telltales: [
      { kind: 'kernel-log', signal: 'hung-task' },
      { kind: 'log', signal: 'pleg-unhealthy' },
    ],
    reference: {
      title: 'PLEG errors with v20221027, kernel 5.4.217-126.408.amzn2',
      where: 'https://github.com/awslabs/amazon-eks-ami/issues/1071',
    },
    advice: say(
      'upgrade the kernel to 5.4.219-126.411.amzn2 (AMI v20221104) or later',
      '将内核升级到 5.4.219-126.411.amzn2（AMI v20221104）或更高',
    ),
  },
  {
    id: 'kubernetes-61937',
    cause: 'cgroup-leak',
    component: 'kernel',
    title: say(
      'kernel memory accounting of this kernel never frees the id of a memory cgroup',
      '此内核的 kernel memory accounting 从不释放 memory cgroup 的 id',
    ),
    affected: [{ since: '3.10', fixedIn: null, build: /\.el7/ }],
    telltales: [{ kind: 'log', signal: 'no-cgroups-left' }],
    reference: {
      title: 'application crash due to k8s 1.9.x open the kernel memory accounting by default',
      where: 'https://github.com/kubernetes/kubernetes/issues/61937',
    },
    advice: say(
      'boot with cgroup.memory=nokmem (RHEL 7.8 and later), or run a kernel from 4.19 on',
      '以 cgroup.memory=nokmem 启动（RHEL 7.8 及以上），或使用 4.19 及以上内核',
    ),
  },
  {
    id: 'systemd-11809',
    cause: 'systemd-dbus-hung',
    component: 'systemd',
    title: say(
      'the 32 bits of sd-bus’s message number run over after months, and systemd seals no message any more',
      'sd-bus 的 32 位消息序号在数月后溢出，systemd 再也发不出任何消息',
    ),
    affected: [
      { since: '219', fixedIn: '219-73', build: /\.el7/ },
      { since: '219', fixedIn: '220', build: /^v?219$/ },
      { since: '220', fixedIn: '242' },
    ],
    telltales: [
      { kind: 'log', signal: 'systemd-silent', line: /Operation not supported/ },
      { kind: 'log', signal: 'systemd-silent', line: /org\.freedesktop\.systemd1/ },
    ],
    reference: {
      title: 'sd_bus->cookie as 32bit dbus1 message serial number overflow and systemd1 dbus no response',
      where: 'https://github.com/systemd/systemd/issues/11809',
    },
    advice: say(
      'upgrade systemd to 242 or later, or to a build with the backport',
      '将 systemd 升级到 242 或更高，或使用带回移补丁的构建',
    ),
  },
];

import { say } from '../support/say.ts';
import type { KnownBug } from './known-bug.ts';

const CLOSED_PIPE = say(
  'runc and its init wait for each other on a closed pipe, so a container stays in Created and its status never comes',
  'runc 与其 init 在已关闭的管道上互相等待，容器一直停在 Created，其状态查询永不返回',
);

/** Calls that go through runc and do not come back. */
const THROUGH_RUNC =
  /\b(?:StartContainer|CreateContainer|RunPodSandbox|ExecSync|StopPodSandbox|StopContainer)\b|Created/;

/** Bugs of dockerd, containerd, its shims and runc. */
export const RUNTIME_BUGS: readonly KnownBug[] = [
  {
    id: 'runc-2865',
    cause: 'oci-runtime-hung',
    component: 'runc',
    title: CLOSED_PIPE,
    affected: [{ since: '1.0.0-rc93', fixedIn: '1.0.0-rc94' }],
    telltales: [
      { kind: 'log', signal: 'task-state-timeout' },
      { kind: 'log', signal: 'runtime-call-timeout', line: THROUGH_RUNC },
    ],
    reference: { title: 'Fix a deadlock on closed pipes', where: 'https://github.com/opencontainers/runc/pull/2871' },
    advice: say('install any runc but 1.0.0-rc93', '换用 1.0.0-rc93 以外的任何 runc 版本'),
  },
  {
    id: 'containerd-5274',
    cause: 'oci-runtime-hung',
    component: 'containerd',
    title: say(
      'it comes with runc 1.0.0-rc93, which waits on a closed pipe for ever',
      '它自带的 runc 1.0.0-rc93 会在已关闭的管道上永远等待',
    ),
    affected: [{ since: '1.4.4', fixedIn: '1.4.5' }],
    telltales: [
      { kind: 'log', signal: 'task-state-timeout' },
      { kind: 'log', signal: 'runtime-call-timeout', line: THROUGH_RUNC },
    ],
    reference: {
      title: 'upgrading from 1.4.3->1.4.4 causes kubernetes PLEG issues',
      where: 'https://github.com/containerd/containerd/issues/5274',
    },
    advice: say(
      'upgrade containerd.io to 1.4.6 or later, or runc to 1.0.0-rc94 or later',
      '将 containerd.io 升级到 1.4.6 或更高，或将 runc 升级到 1.0.0-rc94 或更高',
    ),
  },
  {
    id: 'containerd-4434',
    cause: 'oci-runtime-hung',
    component: 'containerd',
    title: say(
      'a v1 shim reads what runc writes only after runc has ended, so a runc that fills the pipe never ends',
      'v1 shim 要等 runc 退出后才读取其输出，写满管道的 runc 因此永远不会退出',
    ),
    affected: [{ since: '1.0.0', fixedIn: '1.4.1' }],
    telltales: [],
    reference: {
      title: 'containerd 1.4.1: a fix for v1 shims hanging on exit and exec when the log pipe fills up',
      where: 'https://github.com/containerd/containerd/releases/tag/v1.4.1',
    },
    advice: say('upgrade containerd to 1.4.1 or later', '将 containerd 升级到 1.4.1 或更高'),
  },
  {
    id: 'containerd-9999',
    cause: 'exec-probe-pileup',
    component: 'containerd',
    title: say(
      'the shim drops exits of execs that run at the same time, and whoever waits for them hangs',
      'shim 会丢掉并发 exec 的退出事件，等待它们的调用方因此卡住',
    ),
    affected: [{ since: '1.6.30', fixedIn: '1.6.31' }],
    telltales: [{ kind: 'log', signal: 'exec-timeout' }],
    reference: {
      title: 'runc-shim: only defer init process exits',
      where: 'https://github.com/containerd/containerd/pull/9999',
    },
    advice: say('upgrade containerd to 1.6.31 or later', '将 containerd 升级到 1.6.31 或更高'),
  },
  {
    id: 'containerd-9103',
    cause: 'runtime-deadlock',
    component: 'containerd',
    title: say(
      'the shim takes its own lock twice when a container ends while it is being created',
      '容器在创建过程中退出时，shim 会对自己的锁重复加锁',
    ),
    affected: [
      { since: '1.7.3', fixedIn: '1.7.8' },
      { since: '1.6.22', fixedIn: '1.6.25' },
    ],
    telltales: [{ kind: 'stack', frames: ['handleProcessExit', 'handleStarted'] }],
    reference: {
      title: 'containerd-shim-runc-v2: avoid potential deadlock in create handler',
      where: 'https://github.com/containerd/containerd/pull/9104',
    },
    advice: say('upgrade containerd to 1.7.8, 1.6.25 or later', '将 containerd 升级到 1.7.8、1.6.25 或更高'),
  },
  {
    id: 'containerd-2438',
    cause: 'runtime-deadlock',
    component: 'containerd',
    title: say(
      'the shim keeps its lock while it deletes an exec whose output is still open, and answers nobody until then',
      'shim 在删除输出仍未关闭的 exec 时一直持锁，在此期间不应答任何调用',
    ),
    affected: [{ since: '1.0.0', fixedIn: '1.1.5' }],
    telltales: [{ kind: 'stack', frames: ['proc.(*execProcess)', 'elete'] }],
    reference: {
      title: '[release/1.1] Backport: modify lock location of exec delete avoid exec hang',
      where: 'https://github.com/containerd/containerd/pull/2757',
    },
    advice: say('upgrade containerd to 1.1.5, 1.2 or later', '将 containerd 升级到 1.1.5、1.2 或更高'),
  },
  {
    id: 'containerd-9770',
    cause: 'runtime-deadlock',
    component: 'containerd',
    title: say(
      'an update of a container’s resources keeps the lock of its status until the shim answers, and every list waits for it',
      '更新容器资源时一直持有其状态锁直到 shim 应答，所有列表调用都在等这把锁',
    ),
    affected: [{ since: '1.6.0', fixedIn: null }],
    telltales: [{ kind: 'stack', frames: ['updateContainerResources'] }],
    reference: {
      title: 'Kubelet PLEG NotReady caused by host high IO pressure',
      where: 'https://github.com/containerd/containerd/issues/9770',
    },
    advice: say(
      'no release has a fix as far as is known: take away what the shim waits for, most often a slow disk',
      '目前没有已知的修复版本：请解除 shim 所等待的对象，多为慢盘',
    ),
  },
  {
    id: 'moby-28889',
    cause: 'runtime-deadlock',
    component: 'dockerd',
    title: say(
      'dockerd waits, with the container locked, for output of a container that has ended',
      'dockerd 持有容器锁，等待已退出容器的输出关闭',
    ),
    affected: [{ since: '1.12.0', fixedIn: '1.13.0' }],
    telltales: [{ kind: 'stack', frames: ['(*Daemon).StateChanged'] }],
    reference: { title: 'docker ps hangs on Docker 1.12', where: 'https://github.com/moby/moby/issues/28889' },
    advice: say('upgrade Docker to 1.13 or later', '将 Docker 升级到 1.13 或更高'),
  },
  {
    id: 'moby-26251',
    cause: 'runtime-deadlock',
    component: 'dockerd',
    title: say(
      'libnetwork’s datastore stays locked while containers start and end, and everything that touches a network waits',
      '容器频繁启停时 libnetwork 的 datastore 锁不释放，凡涉及网络的操作都在等待',
    ),
    affected: [{ since: '1.12.0', fixedIn: '1.12.2' }],
    telltales: [{ kind: 'stack', frames: ['libnetwork/datastore.(*datastore)'] }],
    reference: {
      title: 'Daemon hangs after starting and stopping many containers',
      where: 'https://github.com/moby/moby/issues/26251',
    },
    advice: say('upgrade Docker to 1.13 or later', '将 Docker 升级到 1.13 或更高'),
  },
];

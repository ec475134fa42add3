import type { Cause } from './cause.ts';
import { assessUnresponsive } from './runtime-unresponsive/assess.ts';
import { generalUnresponsiveRemedies, unresponsiveRemedies } from './runtime-unresponsive/remedies.ts';
import { REFERENCES } from './support/references.ts';
import { say } from './support/say.ts';
import { hungStatuses } from './support/status-calls.ts';

/** dockerd, containerd or CRI-O as a whole does not answer. */
export const runtimeUnresponsive: Cause = {
  id: 'runtime-unresponsive',
  title: say('The container runtime does not answer', '容器运行时无响应'),
  assess: assessUnresponsive,
  leadsTo: [
    {
      state: 'list-calls-hang',
      mechanism: say(
        'A daemon that does not run answers no call, not even the list.',
        '守护进程不工作时，任何调用都得不到应答，连列表也不例外。',
      ),
      reference: REFERENCES.relist,
      inevitable: true,
    },
    {
      state: 'container-status-hung',
      mechanism: say(
        'An operation on that container waits for the runtime beneath and holds its lock.',
        '该容器上的操作在等待下层运行时，并占着它的锁。',
      ),
      reference: REFERENCES.dockerLock,
      links: (_from, _to, view) => hungStatuses(view).every((h) => h.shim.kind !== 'held' && h.shim.kind !== 'gone'),
    },
    {
      state: 'pods-cannot-start',
      mechanism: say(
        'Creating a sandbox or container goes through the same daemon.',
        '创建 sandbox 或容器都要经过同一个守护进程。',
      ),
      reference: REFERENCES.relist,
    },
  ],
  about: say(
    'The runtime daemon as a whole (dockerd, containerd, CRI-O) does not answer: it is stopped, deadlocked, or waits in the kernel. The kubelet’s relist begins by listing all pods; while that call hangs, no relist completes, and after 3 minutes PLEG is unhealthy and the node NotReady for as long as it lasts. With dockerd above containerd either of the two may be the one: a stopped containerd beneath a live dockerd leaves docker ps fast.',
    '运行时守护进程（dockerd、containerd、CRI-O）整体不应答：被停住、死锁，或在内核中等待。kubelet 的 relist 第一步就是列出所有 Pod；该调用卡住期间没有一次 relist 能完成，3 分钟后 PLEG 不健康，节点一直保持 NotReady。在 dockerd 加 containerd 的结构中，两者都可能是元凶：dockerd 活着而其下的 containerd 被停住时，docker ps 依然很快。',
  ),
  shownBy: [
    say('Version and list calls on its socket time out.', '其 socket 上的 version 与 list 调用超时。'),
    say('The daemon is in state T or D in two samples.', '守护进程两次采样均为 T 或 D 状态。'),
  ],
  ruledOutBy: [say('Its list call answers promptly.', '其 list 调用能及时返回。')],
  references: [REFERENCES.relist, REFERENCES.relistThreshold, REFERENCES.restartKeepsShims],
  remedies: (view) => unresponsiveRemedies(view),
  generalRemedies: generalUnresponsiveRemedies,
  confirm: [
    {
      command: 'timeout 5 docker version; timeout 5 docker ps -q | wc -l',
      shows: say('whether dockerd answers', 'dockerd 是否应答'),
    },
    {
      command: 'timeout 5 crictl version; timeout 5 crictl pods -q | wc -l',
      shows: say('whether the CRI runtime answers', 'CRI 运行时是否应答'),
    },
    { command: 'timeout 5 ctr version', shows: say('whether containerd answers', 'containerd 是否应答') },
    {
      command: 'ps -o pid,stat,etime,comm -C dockerd,containerd,crio',
      shows: say('whether the daemon is stopped (T) or blocked (D)', '守护进程是否被停住（T）或阻塞（D）'),
    },
  ],
};

import type { Cause, Remedy } from './cause.ts';
import { assessClock } from './clock-jump/assess.ts';
import { HOST_REFERENCES } from './support/host-references.ts';
import { kubeletVersion } from './support/kubelet.ts';
import { REFERENCES } from './support/references.ts';
import { restartKubelet, restartRuntime } from './support/remedies.ts';
import { say } from './support/say.ts';

const REMEDIES: readonly Remedy[] = [
  {
    action: 'synchronise-clock',
    title: say('Synchronise the clock and keep it so', '同步时钟并保持同步'),
    works: true,
    why: say(
      'The lease counts again as soon as renewTime passes the latest one that the control plane has seen. Find out what set the clock: a hypervisor, a dead RTC battery, two time services at once.',
      '一旦 renewTime 超过控制面见过的最新值，Lease 就重新有效。请查明是什么改了时钟：虚拟化平台、RTC 电池没电，还是同时运行了两个时间服务。',
    ),
    command: 'chronyc makestep && chronyc tracking  # or: systemctl restart systemd-timesyncd; timedatectl',
    risk: say(
      'One more step: programs that count by the wall clock notice.',
      '又是一次跳变：依赖系统时间计时的程序会受影响。',
    ),
  },
  {
    action: 'renew-lease',
    title: say('Delete the node’s lease, so that the kubelet makes a new one', '删除节点的 Lease，让 kubelet 重建'),
    works: true,
    why: say(
      'After the clock was set back: the new lease has no later renewTime to be held against.',
      '适用于时钟被拨回之后：新的 Lease 没有更晚的 renewTime 可比。',
    ),
    command: 'kubectl -n kube-node-lease delete lease NODE',
    risk: say('None known; it is made again within 10 s.', '无已知风险，10 秒内会重建。'),
  },
  restartKubelet(null, {
    works: true,
    why: say(
      'For old kubelets (before 1.9) that wait for a time which has passed already: their limiter begins anew.',
      '适用于 1.9 之前的旧版 kubelet：其限速器在等一个早已过去的时刻，重启后重新计时。',
    ),
  }),
  restartRuntime(null, { works: false, why: say('The runtime has no part in it.', '与运行时无关。') }),
];

/** The clock of the node, or of its control plane, jumped or runs wrong. */
export const clockJump: Cause = {
  id: 'clock-jump',
  title: say('The clock jumped or runs wrong', '时钟跳变或不准'),
  assess: assessClock,
  leadsTo: [
    {
      state: 'kubelet-not-reporting',
      mechanism: say(
        'After a step back the lease’s renewTime is not newer than before, after a step forward of the control plane it is too old: both count as no heartbeat.',
        '时钟拨回后，Lease 的 renewTime 不比之前新；控制面时钟前跳后，它又显得过旧：两者都被当作没有心跳。',
      ),
      reference: HOST_REFERENCES.renewTime,
    },
    {
      state: 'certificate-expired',
      mechanism: say(
        'By a wrong clock a certificate is not yet, or no longer, valid.',
        '按错误的时钟，证书尚未生效或已经过期。',
      ),
      reference: REFERENCES.clientCertificate,
    },
    {
      state: 'pleg-unhealthy',
      mechanism: say(
        'Kubelets before 1.9 measure the last relist by the wall clock: a step forward of 3 minutes makes it look overdue at once.',
        '1.9 之前的 kubelet 用系统时间衡量上次 relist：前跳 3 分钟就立刻显得超期。',
      ),
      reference: HOST_REFERENCES.timeForward,
      links: (_from, _to, view) => {
        const version = kubeletVersion(view);
        return version !== null && version.major === 1 && version.minor < 9;
      },
    },
  ],
  about: say(
    'The control plane tells a living node by its lease, and compares renewTime with the one it saw before. A node whose clock is set back renews its lease with an older time until the clock has caught up, so it turns Unknown although its kubelet works; a control plane whose clock is set forward sees all leases expire at once, and the nodes come back within seconds. Tokens and certificates can be “not yet valid” by such a clock.',
    '控制面根据 Lease 判断节点是否存活，并把 renewTime 与上次看到的比较。节点时钟被拨回后，在追上之前续租用的都是更旧的时间，于是 kubelet 明明正常，节点却变为 Unknown；控制面的时钟前跳，则所有 Lease 一起过期，节点在数秒后又恢复。按这样的时钟，token 和证书还可能“尚未生效”。',
  ),
  shownBy: [
    say(
      '“System clock was stepped by”, “time reset”, “Time jumped backwards” in the system’s log.',
      '系统日志出现 “System clock was stepped by”、“time reset”、“Time jumped backwards”。',
    ),
    say(
      'A lease that was renewed in the future; “certificate ... is not yet valid: current time ... is before”.',
      'Lease 的续租时间在未来；“certificate ... is not yet valid: current time ... is before”。',
    ),
  ],
  ruledOutBy: [
    say('A lease whose renewTime is seconds old by this clock.', '以本机时钟看，Lease 的 renewTime 只有数秒之久。'),
  ],
  references: [HOST_REFERENCES.renewTime, HOST_REFERENCES.timeForward, HOST_REFERENCES.rateLimiter],
  remedies: () => REMEDIES,
  generalRemedies: REMEDIES,
  confirm: [
    {
      command: 'timedatectl; chronyc tracking',
      shows: say('whether the clock is synchronised, and how far off', '时钟是否同步，偏差多少'),
    },
    {
      command: 'date -u; curl -skI https://APISERVER:6443/livez | grep -i ^date',
      shows: say('the clock of the node and that of the API server', '节点与 API server 的时钟'),
    },
    {
      command: 'kubectl -n kube-node-lease get lease NODE -o jsonpath="{.spec.renewTime}"',
      shows: say('the latest renewal: never in the future', '最近的续租时间：不应在未来'),
    },
    {
      command: 'journalctl -b | grep -iE "stepped|time reset|jumped|Time has been changed"',
      shows: say('when the clock was set, and by how much', '时钟何时被设置、改了多少'),
    },
  ],
};

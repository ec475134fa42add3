import type { CauseSlug, StateId } from '../../src/causes/slugs.ts';
import type { Candidate, Diagnosis, Finding, Subject } from '../../src/diagnose/diagnosis.ts';
import type { Text } from '../../src/text/text.ts';
import { CONTAINER_ID, EXAMINED_AT } from './case-samples.ts';
import { emptyTimeline, flappingTimeline } from './timeline-samples.ts';

const STACK_SOURCE = '/proc/23760/task/23771/stack';

const mount: Subject = {
  kind: 'mount',
  name: '/srv/data',
  id: 'mount:host:7:0:/srv/data',
  attrs: { path: '/srv/data', device: '/dev/loop0', fsType: 'ext4' },
};
const container: Subject = {
  kind: 'container',
  name: 'web-0/writer',
  id: `container:${CONTAINER_ID}`,
  attrs: { containerId: CONTAINER_ID, pod: 'web-0', namespace: 'default' },
};
const thread: Subject = {
  kind: 'thread',
  name: 'writer',
  id: 'thread:23760/23771',
  attrs: { pid: 23760, tid: 23771 },
};

function finding(text: Text, observation: string, source: string, command: string | null): Finding {
  return { text, observation, source, command };
}

const threadsStuck = finding(
  {
    en: '3 threads of pid 23760 (web-0/writer) have not left percpu_rwsem_wait; thread 23771 waits in openat("/data/5")',
    zh: 'pid 23760（web-0/writer）的 3 个线程一直停在 percpu_rwsem_wait；线程 23771 卡在 openat("/data/5")',
  },
  'o2',
  STACK_SOURCE,
  'cat /proc/23760/task/23771/{wchan,stack,syscall}',
);
const frozen = finding(
  {
    en: 'the kernel stack runs through mnt_want_write: a writer waits for the thaw of ext4 on /dev/loop0',
    zh: '内核栈经过 mnt_want_write：写操作正在等待 /dev/loop0 上的 ext4 解冻',
  },
  'o2',
  STACK_SOURCE,
  'cat /proc/23760/task/23771/stack',
);
const dockerAnswers = finding(
  { en: 'dockerd answered the list call in 17ms', zh: 'dockerd 在 17ms 内返回了容器列表' },
  'o9',
  'GET /containers/json on unix:///run/docker.sock',
  'docker ps -a',
);

function candidate(cause: CauseSlug, title: Text, rest: Partial<Candidate>): Candidate {
  return {
    cause,
    title,
    status: 'ruled-out',
    confidence: 0.9,
    summary: null,
    subjects: [],
    evidence: [],
    against: [],
    missing: [],
    ...rest,
  };
}

const STORAGE_TITLE: Text = { en: 'a filesystem or device does not answer', zh: '文件系统或设备无响应' };
const STORAGE_SUMMARY: Text = {
  en: 'ext4 on /dev/loop0, mounted at /srv/data, is frozen: thread 23771 of container web-0/writer waits for it in openat("/data/5") and cannot be ended.',
  zh: '/dev/loop0 上的 ext4（挂载于 /srv/data）已冻结：容器 web-0/writer 的线程 23771 在 openat("/data/5") 中等待，无法被终止。',
};

const differential: readonly Candidate[] = [
  candidate('storage-unresponsive', STORAGE_TITLE, {
    status: 'confirmed',
    confidence: 0.97,
    summary: STORAGE_SUMMARY,
    subjects: [mount, container, thread],
    evidence: [frozen, threadsStuck],
  }),
  candidate(
    'unkillable-process',
    { en: 'a process cannot be ended', zh: '进程无法终止' },
    {
      status: 'likely',
      confidence: 0.6,
      subjects: [thread],
      evidence: [threadsStuck],
    },
  ),
  candidate(
    'runtime-unresponsive',
    { en: 'the runtime does not answer', zh: '运行时无响应' },
    { against: [dockerAnswers] },
  ),
  candidate(
    'kubelet-down',
    { en: 'the kubelet does not run', zh: 'kubelet 未运行' },
    {
      status: 'not-examined',
      confidence: 0,
      missing: [
        {
          topic: 'kubelet-log',
          text: {
            en: 'the kubelet log was not readable; run as root, or give its path',
            zh: 'kubelet 日志无法读取；请以 root 身份运行，或指定日志路径',
          },
        },
      ],
    },
  ),
];

function link(state: StateId, title: Text, rest: Partial<Diagnosis['chain'][number]>): Diagnosis['chain'][number] {
  return { state, title, status: 'confirmed', subjects: [], because: [], mechanism: null, ...rest };
}

/** A verdict with everything that a report can show, as `/proc` and a real dockerd gave it in the incident. */
export function frozenStorageDiagnosis(): Diagnosis {
  return {
    node: 'node-7',
    examined: {
      from: EXAMINED_AT,
      to: EXAMINED_AT + 2400,
      sources: [
        { what: STACK_SOURCE, status: 'ok', tookMs: 3 },
        { what: 'GET /containers/json on unix:///run/docker.sock', status: 'ok', tookMs: 17 },
        { what: '/dev/kmsg', status: 'failed', tookMs: 1 },
      ],
      unseen: [],
    },
    verdict: {
      cause: 'storage-unresponsive',
      title: STORAGE_TITLE,
      status: 'confirmed',
      summary: STORAGE_SUMMARY,
      subjects: [mount, container, thread],
      confidence: 0.97,
      trigger: {
        kind: 'forced-deletion',
        text: {
          en: 'Pod default/web-0 was deleted by force: the API server has forgotten it, and what is left of it is still on the node.',
          zh: 'Pod default/web-0 被强制删除：API server 已没有它的记录，但其残留仍在节点上。',
        },
        subjects: [container],
      },
    },
    chain: [
      link('storage-unresponsive', STORAGE_TITLE, { subjects: [mount], because: [frozen] }),
      link(
        'threads-stuck',
        { en: 'threads sit in uninterruptible sleep (D)', zh: '线程处于不可中断睡眠（D）' },
        {
          subjects: [thread],
          because: [threadsStuck],
          mechanism: { en: 'a write waits in the kernel until the thaw', zh: '写操作在内核中一直等到解冻' },
        },
      ),
      link(
        'pleg-unhealthy',
        { en: 'PLEG is not healthy', zh: 'PLEG 不健康' },
        {
          status: 'likely',
          mechanism: { en: 'relist waits for its status calls', zh: 'relist 等待容器状态调用返回' },
        },
      ),
      link(
        'node-not-ready',
        { en: 'the node turns NotReady', zh: '节点变为 NotReady' },
        {
          status: 'expected',
          mechanism: { en: 'the kubelet reports the PLEG error', zh: 'kubelet 上报 PLEG 错误' },
        },
      ),
    ],
    differential,
    symptoms: [
      {
        state: 'pods-cannot-start',
        title: { en: 'pods cannot start', zh: 'Pod 无法启动' },
        status: 'confirmed',
        summary: { en: 'pod db-1 has waited 12m for its sandbox', zh: 'Pod db-1 等待 sandbox 已 12m' },
        subjects: [],
        evidence: [],
        explainedBy: null,
      },
    ],
    flaps: {
      transitions: 12,
      periodSeconds: 241,
      inferredRelistSeconds: 240,
      inferredHungCalls: 2,
      nextNotReady: { at: EXAMINED_AT + 94_400, withinSeconds: 3 },
      readyAgainAt: null,
    },
    timeline: flappingTimeline(),
    remedies: [
      {
        action: 'thaw-filesystem',
        title: { en: 'Thaw the filesystem', zh: '解冻文件系统' },
        works: true,
        why: {
          en: 'Every waiting write goes on, the threads end, and the zombie is reaped at once.',
          zh: '等待中的写操作继续执行，线程退出，僵尸进程随即被回收。',
        },
        command: 'fsfreeze --unfreeze /srv/data',
        risk: {
          en: 'A backup that froze it may be incomplete.',
          zh: '如果是备份程序冻结的，该备份可能不完整。',
        },
      },
      {
        action: 'kill-process',
        title: { en: 'kill -9 23760', zh: 'kill -9 23760' },
        works: false,
        why: {
          en: 'A signal is acted upon when a thread leaves the kernel, and these do not.',
          zh: '线程只有离开内核态才会处理信号，而这些线程出不来。',
        },
        command: 'kill -9 23760',
        risk: { en: 'none', zh: '无' },
      },
      {
        action: 'kill-shim',
        title: { en: 'Kill the containerd-shim', zh: '杀掉 containerd-shim' },
        works: false,
        why: {
          en: 'The zombie is handed to PID 1 and stays.',
          zh: '僵尸进程会被 PID 1 接管，依然存在。',
        },
        command: null,
        risk: { en: 'none', zh: '无' },
      },
    ],
    notes: [{ en: 'not run by systemd: unit states were not looked at', zh: '本机未使用 systemd，未检查 unit 状态' }],
  };
}

/** Nothing wrong, and one thing not looked at. */
export function healthyDiagnosis(): Diagnosis {
  return {
    ...frozenStorageDiagnosis(),
    verdict: null,
    chain: [],
    symptoms: [],
    flaps: null,
    timeline: emptyTimeline(),
    remedies: [],
    differential: differential.map((c): Candidate => {
      if (c.status === 'not-examined') return c;
      return { ...c, status: 'ruled-out', summary: null, evidence: [], against: [dockerAnswers] };
    }),
    notes: [],
  };
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LineClock } from './formats/dates.ts';
import { readText } from './text-reader.ts';

const CLOCK: LineClock = { now: Date.UTC(2023, 6, 3, 12, 10), years: 'nearest', zone: 480 };

const read = (text: string) => readText(text, 'paste', CLOCK);
const factsOf = (text: string) => read(text).statements.map((s) => s.fact(0, CLOCK.now));

const PLEG =
  'skipping pod synchronization - PLEG is not healthy: pleg was last seen active 3m5s ago; threshold is 3m0s';
const AT = Date.UTC(2023, 6, 3, 11, 59, 1, 292);
const KLOG = `E0703 19:59:01.292918 1946644 kubelet.go:1879] ${PLEG}`;

test('one line of a kubelet, however it was kept', () => {
  const forms = [
    KLOG,
    `Jul 03 19:59:01 node-5 kubelet[1946644]: ${KLOG}`,
    `Jul  3 19:59:01 node-5 kubelet: ${KLOG}`,
    `7月 03 19:59:01 node-5 kubelet[1946644]: ${KLOG}`,
    `Jul 03 19:59:01.292918 node-5 kubelet[1946644]: ${KLOG}`,
    `Mon 2023-07-03 19:59:01 CST node-5 kubelet[1946644]: ${KLOG}`,
    `2023-07-03T19:59:01+0800 node-5 kubelet[1946644]: ${KLOG}`,
    `1688385541.292918 node-5 kubelet[1946644]: ${KLOG}`,
    `<30>1 2023-07-03T19:59:01.292918+08:00 node-5 kubelet 1946644 - - ${KLOG}`,
    `kubelet[1946644]: ${KLOG}`,
    `2023-07-03T11:59:01.300000000Z stderr F ${KLOG}`,
    JSON.stringify({ log: `${KLOG}\n`, stream: 'stderr', time: '2023-07-03T11:59:01.3Z' }),
    JSON.stringify({
      __REALTIME_TIMESTAMP: '1688385541292918',
      _PID: '1946644',
      SYSLOG_IDENTIFIER: 'kubelet',
      MESSAGE: KLOG,
    }),
    `__CURSOR=s=1\n__REALTIME_TIMESTAMP=1688385541292918\n_PID=1946644\nSYSLOG_IDENTIFIER=kubelet\nMESSAGE=${KLOG}\n`,
    `> ${KLOG}\r`,
    `\u001b[31m${KLOG}\u001b[0m`,
    KLOG.replace('seen active', 'seen\n    active'),
    KLOG.replace('] ', '] \n'),
  ];
  for (const form of forms) {
    const [line, ...more] = read(form).lines;
    assert.equal(more.length, 0, form);
    assert.partialDeepStrictEqual(line, { at: AT, pid: 1_946_644, message: PLEG, level: 'error' }, form);
  }
});

test('lines whose time was cut off are still the kubelet’s by what they say', () => {
  const { lines, kinds } = read('Skipping pod synchronization err=container runtime is down\nhello');
  assert.deepEqual([...kinds], ['kubelet-log']);
  assert.deepEqual(
    lines.map((l) => l.at),
    [null],
  );
});

test('the kernel log in each of its clocks', () => {
  const hung = 'INFO: task dockerd:903 blocked for more than 120 seconds.';
  const forms: [string, number | null, number | null][] = [
    [`[ 3747.634280] ${hung}`, null, 3747.63428],
    [`<3>[ 3747.634280][T903] ${hung}`, null, 3747.63428],
    [`3,1234,3747634280,-;${hung}`, null, 3747.63428],
    [`[Mon Jul  3 19:59:01 2023] ${hung}`, Date.UTC(2023, 6, 3, 11, 59, 1), null],
    [`Jul 03 19:59:01 n kernel: ${hung}`, Date.UTC(2023, 6, 3, 11, 59, 1), null],
    [`Jul 03 19:59:01 n kernel: [ 3747.634280] ${hung}`, Date.UTC(2023, 6, 3, 11, 59, 1), 3747.63428],
    [hung, null, null],
  ];
  for (const [form, at, seconds] of forms) {
    assert.partialDeepStrictEqual(read(form).kernel, [{ at, seconds, text: hung }], form);
  }
});

test('kubectl describe node: its head, its conditions, its events', () => {
  const facts = factsOf(`Name:               node-7
Roles:              <none>
Taints:             node.kubernetes.io/not-ready:NoExecute
                    node.kubernetes.io/not-ready:NoSchedule
Unschedulable:      true
Conditions:
  Type             Status  LastHeartbeatTime                 LastTransitionTime                Reason              Message
  ----             ------  -----------------                 ------------------                ------              -------
  Ready            False   Mon, 03 Jul 2023 19:59:01 +0800   Mon, 03 Jul 2023 19:58:51 +0800   KubeletNotReady     PLEG is not healthy: pleg was last seen active 3m11s ago; threshold is 3m0s
System Info:
  Kubelet Version:            v1.20.2
  Container Runtime Version:  docker://19.3.15
Events:
  Type    Reason        Age                     From               Message
  ----    ------        ----                    ----               -------
  Normal  NodeNotReady  4m15s (x8932 over 24d)  kubelet, node-7    Node node-7 status is now: NodeNotReady`);
  assert.partialDeepStrictEqual(facts, [
    {
      type: 'node-object',
      name: 'node-7',
      unschedulable: true,
      kubeletVersion: 'v1.20.2',
      runtimeVersion: 'docker://19.3.15',
    },
    { type: 'node-ready', status: 'False', reason: 'KubeletNotReady', since: Date.UTC(2023, 6, 3, 11, 58, 51) },
    { type: 'cluster-event', reason: 'NodeNotReady', count: 8932, component: 'kubelet' },
  ]);
  assert.equal(facts[0]?.type === 'node-object' && facts[0].taints.length, 2);
});

test('an event of node-problem-detector hands on a line of the kernel', () => {
  const [event, kernel] = factsOf(
    'Warning  UnregisterNetDevice  3s (x14245 over 1d)  kernel-monitor, n1  unregister_netdevice: waiting for eth0 to become free. Usage count = 21',
  );
  assert.partialDeepStrictEqual(event, { type: 'cluster-event', reason: 'UnregisterNetDevice', count: 14_245 });
  assert.partialDeepStrictEqual(kernel, { type: 'kernel-signal', signal: 'unregister-netdevice', device: 'eth0' });
});

test('of several nodes in a list those are meant that are not Ready', () => {
  const list = `NAME      STATUS     ROLES                  AGE    VERSION
master    Ready      control-plane,master   143m   v1.22.3
worker    NotReady   <none>                 142m   v1.22.3`;
  assert.partialDeepStrictEqual(factsOf(list), [
    { type: 'node-object', name: 'worker' },
    { type: 'node-ready', status: 'False' },
  ]);
});

test('events in each of kubectl’s tables', () => {
  const forms = [
    '  Warning  FailedSync  8s (x14 over 23d)  kubelet, n1  error determining status: context deadline exceeded',
    '8s (x14 over 23d)   Warning   FailedSync   pod/web-0   error determining status: context deadline exceeded',
    'prod   8s (x14 over 23d)   Warning   FailedSync   pod/web-0   error determining status: context deadline exceeded',
    '23d 8s 14 kubelet, n1 Warning FailedSync error determining status: context deadline exceeded',
    '23d 8s 14 {kubelet n1} spec.containers{app} Warning FailedSync error determining status: context deadline exceeded',
  ];
  for (const form of forms) {
    const [statement] = read(form).statements;
    assert.equal(statement?.agoMs, 8000, form);
    assert.partialDeepStrictEqual(
      statement?.fact(CLOCK.now - 8000, CLOCK.now),
      {
        type: 'cluster-event',
        reason: 'FailedSync',
        severity: 'Warning',
        count: 14,
        message: 'error determining status: context deadline exceeded',
        firstAt: CLOCK.now - 23 * 86_400_000,
      },
      form,
    );
  }
});

test('objects as YAML and JSON, alone, in a list, and among logs', () => {
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node-7' },
    status: { conditions: [{ type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown' }] },
  };
  const yaml = `apiVersion: v1
kind: Node
metadata:
  name: node-7
status:
  conditions:
  - type: Ready
    status: "Unknown"
    reason: NodeStatusUnknown`;
  const forms = [
    yaml,
    `${KLOG}\n${yaml}\n---\n`,
    `apiVersion: v1\nitems:\n- ${yaml.replaceAll('\n', '\n  ')}\nkind: List\nmetadata:\n  resourceVersion: ""`,
    JSON.stringify(node),
    JSON.stringify(node, null, 4),
    `${KLOG}\n${JSON.stringify({ kind: 'List', items: [node] }, null, 2)}\n${KLOG}`,
  ];
  for (const form of forms) {
    assert.partialDeepStrictEqual(
      factsOf(form),
      [{ type: 'node-object', name: 'node-7' }, { status: 'Unknown' }],
      form,
    );
  }
});

test('process lists: ps -ef, ps aux, and columns of one’s own', () => {
  const shim = 'docker-containerd-shim -namespace moby';
  const forms: [string, string][] = [
    [`root     11646  6655  0 Jun17 ?        00:01:04 ${shim}`, 'S'],
    [
      `UID        PID  PPID  C STIME TTY          TIME CMD\nroot     11646  6655  0 Jun17 ?        00:01:04 ${shim}`,
      'S',
    ],
    [`root     11646  0.0  0.1 109096  9000 ?        Dsl  Jun17   1:04 ${shim}`, 'D'],
    [`    PID    PPID STAT WCHAN  COMMAND\n  11646    6655 D    io_schedule ${shim}`, 'D'],
    [`  PID STAT                  STARTED COMMAND\n11646 Z    Mon Jun 17 03:18:17 2019 ${shim}`, 'Z'],
  ];
  for (const [form, state] of forms) {
    assert.partialDeepStrictEqual(factsOf(form), [{ type: 'process', pid: 11_646, state }], form);
  }
});

test('containers and tasks as docker ps, crictl ps and ctr list them', () => {
  const id = 'ab'.repeat(32);
  assert.partialDeepStrictEqual(
    factsOf(
      'CONTAINER ID   IMAGE     COMMAND   CREATED       STATUS                     PORTS     NAMES\n' +
        '9971a3827678   web:1     "/app"    2 hours ago   Exited (0) 2 minutes ago             k8s_web_web-0_prod_u_0',
    ),
    [{ type: 'container', id: '9971a3827678', state: 'exited', exitCode: 0, name: 'k8s_web_web-0_prod_u_0' }],
  );
  assert.partialDeepStrictEqual(
    factsOf(
      'CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID\n' +
        '87d3992f84f74       8cc3d5fc1c4a5       2 minutes ago       Running             app                 3                   c8a1f0a1b0a1c',
    ),
    [{ type: 'container', state: 'running', name: 'app', restarts: 3 }],
  );
  assert.partialDeepStrictEqual(factsOf(`TASK    PID    STATUS\n${id}    30639    STOPPED`), [
    { type: 'task', containerId: id, pid: 30_639, status: 'STOPPED' },
  ]);
});

test('kubectl get nodes and crictl pods', () => {
  assert.partialDeepStrictEqual(
    factsOf(
      'NAME     STATUS                        ROLES    AGE   VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE             KERNEL-VERSION   CONTAINER-RUNTIME\n' +
        'node-7   NotReady,SchedulingDisabled   <none>   41d   v1.20.2   10.0.0.7      <none>        Debian GNU/Linux 12  6.1.0            docker://19.3.15',
    ),
    [
      {
        type: 'node-object',
        name: 'node-7',
        unschedulable: true,
        kubeletVersion: 'v1.20.2',
        runtimeVersion: 'docker://19.3.15',
      },
      { type: 'node-ready', status: 'False' },
    ],
  );
  assert.partialDeepStrictEqual(
    factsOf(
      'POD ID              CREATED             STATE               NAME                NAMESPACE           ATTEMPT             RUNTIME\n' +
        'c8a1f0a1b0a1c       2 days ago          NotReady            web-0               prod                1                   (default)',
    ),
    [{ type: 'container', isSandbox: true, name: 'prod/web-0', state: 'exited', restarts: 1 }],
  );
});

test('crictl inspect names a container, its pod and its process', () => {
  const answer = {
    status: {
      id: 'ab'.repeat(32),
      metadata: { attempt: 2, name: 'app' },
      state: 'CONTAINER_RUNNING',
      createdAt: '2023-07-03T10:00:00.1Z',
      startedAt: '2023-07-03T10:00:01.1Z',
      finishedAt: '1970-01-01T00:00:00Z',
      exitCode: 0,
      image: { image: 'web:1' },
      labels: {
        'io.kubernetes.container.name': 'app',
        'io.kubernetes.pod.name': 'web-0',
        'io.kubernetes.pod.namespace': 'prod',
        'io.kubernetes.pod.uid': 'u',
      },
    },
    info: { sandboxID: 'cd'.repeat(32), pid: 4711 },
  };
  assert.partialDeepStrictEqual(factsOf(`${KLOG}\n${JSON.stringify(answer, null, 2)}\n`), [
    { type: 'container', state: 'running', pid: 4711, restarts: 2, finishedAt: null, kubernetes: { pod: 'web-0' } },
  ]);
});

test('a line that a scanner picked and the same line in a text read alike', () => {
  const text = `x\n${KLOG}\n`;
  assert.deepEqual(read(text).lines[0]?.position, { file: 'paste', line: 2, offset: 2 });
});

const PIECES = [
  KLOG,
  '{',
  '}',
  'kind: Node',
  '  - a: "',
  'Name: x',
  'Taints: a:NoExecute',
  'Ready  False  KubeletNotReady  x',
  'UID PID PPID CMD',
  'root 1 2 0 Jun17 ? 00:00:00 runc',
  '[ 1.000000] x',
  'time="2023-07-03T11:59:01Z" level=error msg="',
  '__REALTIME_TIMESTAMP=1688385541292918',
  'MESSAGE=x',
  'kubelet_pleg_x{a="b"} 1',
  '/dev/sda1 5.8G 5.1G 448M 92% /',
  'Warning FailedSync 8s (x1 over 2d) kubelet, n x',
  '',
];

test('no text makes it throw, whatever stands beside what', () => {
  const line = fc.oneof(
    fc.constantFrom(...PIECES),
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc
      .tuple(fc.constantFrom(...PIECES), fc.nat(60), fc.string())
      .map(([known, cut, rest]) => known.slice(0, cut) + rest),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      const text = read(lines.join('\n'));
      return text.statements.every((s) => s.fact(0, 0).type !== 'gap') && text.kinds.size >= 0;
    }),
  );
});

test('a text of one line, again and again, is read to its end', () => {
  for (const piece of PIECES) assert.ok(read(`${piece}\n`.repeat(2000)).kinds.size >= 0, piece);
});

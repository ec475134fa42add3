import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from '../diagnose/diagnose.ts';
import type { Diagnosis } from '../diagnose/diagnosis.ts';
import { readLogsCase } from './read-case.ts';
import type { ScanLogs, ScannedInput, ScanRequest } from './scan-contract.ts';

const ASKED = Date.UTC(2026, 10, 24, 12);

/** Texts instead of files; large ones hand over the lines that hold a literal. */
function given(texts: Readonly<Record<string, string>>, wholeBytes?: number): ScanLogs {
  return async (request) => {
    const most = wholeBytes ?? request.wholeBytes;
    return request.inputs.map((file) => scanned(file, texts[file] ?? '', { ...request, wholeBytes: most }));
  };
}

function scanned(file: string, text: string, { literals, onCandidate, wholeBytes }: ScanRequest): ScannedInput {
  const rows = text.split('\n').map((line, i) => ({ text: line, position: { file, line: i + 1, offset: 0 } }));
  const small = text.length <= wholeBytes;
  for (const row of small ? [] : rows) {
    const found = literals.flatMap((literal, i) => (row.text.includes(literal) ? [i] : []));
    if (found.length > 0) onCandidate(row, { literals: found, cut: false });
  }
  return {
    file,
    foundIn: null,
    modifiedAt: null,
    bytes: text.length,
    lines: rows.length,
    head: rows.slice(0, 1),
    tail: rows.slice(-1),
    whole: small ? text : null,
    problem: null,
  };
}

async function caseOf(texts: Readonly<Record<string, string>>, wholeBytes?: number) {
  return readLogsCase({ inputs: Object.keys(texts), scan: given(texts, wholeBytes), askedAt: ASKED, toolVersion: '0' });
}

async function diagnosisOf(...texts: readonly string[]): Promise<Diagnosis> {
  const { caseFile } = await caseOf(Object.fromEntries(texts.map((text, i) => [`text-${i}`, text])));
  return diagnose(caseFile);
}

const ID = 'bdf4dc0af526a317e248c994719eabb233a9db337d535351a277b1b324cf5fec';
const HEAD = (time: string) => `Jul 03 ${time.slice(0, 8)} n kubelet[77]: E0703 ${time} 77`;
const unhealthy = (time: string, age: string) =>
  `${HEAD(time)} kubelet.go:1879] skipping pod synchronization - PLEG is not healthy: pleg was last seen active ${age} ago; threshold is 3m0s`;
const statusTimedOut = (time: string) =>
  `${HEAD(time)} remote_runtime.go:295] ContainerStatus "${ID}" from runtime service failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded`;
const FLAP = [
  unhealthy('20:02:25.989898', '3m0.135142317s'),
  statusTimedOut('20:03:25.881543'),
  unhealthy('20:06:26.989827', '3m0.108053792s'),
  statusTimedOut('20:07:27.881543'),
].join('\n');

test('a flapping kubelet’s log: the status of one container hangs', async () => {
  const { verdict, notes } = await diagnosisOf(FLAP);
  assert.equal(verdict?.cause, 'container-status-hung');
  assert.equal(verdict.status, 'likely');
  assert.equal(verdict.subjects[0]?.id, `container:${ID}`);
  assert.match(notes.map((n) => n.en).join('\n'), /2026 and UTC were assumed/);
});

test('the same from a log too large to be looked at whole', async () => {
  const small = await caseOf({ a: FLAP });
  const large = await caseOf({ a: `${'x\n'.repeat(500)}${FLAP}` }, 10);
  const signals = (c: typeof small) =>
    c.caseFile.observations.flatMap((o) => (o.fact.type === 'log-signal' ? [[o.at, o.fact.signal]] : []));
  assert.deepEqual(signals(large), signals(small));
});

test('now is the last moment that any of the texts tells of, however old they are', async () => {
  const { caseFile } = await caseOf({ a: FLAP, b: '2019-02-05T14:36:43+09:00 n kubelet[1]: hello' });
  // The dated line tells the year of the others.
  assert.equal(new Date(caseFile.examined.to).toISOString(), '2019-07-03T11:07:27.881Z');
});

test('texts without any time are of when they were asked about', async () => {
  const { caseFile } = await caseOf({ a: 'Skipping pod synchronization err=container runtime is down' });
  assert.equal(caseFile.examined.to, ASKED);
});

test('a list that times out is trouble of the whole runtime', async () => {
  const { verdict } = await diagnosisOf(
    '  Warning  ContainerGCFailed  5s (x543 over 27h)  kubelet, n  rpc error: code = DeadlineExceeded desc = context deadline exceeded',
  );
  assert.equal(verdict?.cause, 'runtime-unresponsive');
});

test('a shim that does not tell containerd its state: once may be load, twice it hangs', async () => {
  const state = (time: string) =>
    `time="2026-11-24T11:59:${time}Z" level=error msg="get state for ${ID}" error="context deadline exceeded: unknown"`;
  assert.equal((await diagnosisOf(state('40'))).verdict, null);
  const { verdict } = await diagnosisOf(`${state('40')}\n${state('43')}`);
  assert.equal(verdict?.cause, 'container-status-hung');
  assert.match(verdict.summary.en, /containerd’s word/);
});

test('a kubelet that the API server refuses runs: its credentials are at fault', async () => {
  const refused = ['10:00:00', '10:00:02', '10:00:04'].map(
    (time) =>
      `${HEAD(`${time}.000000`)} controller.go:144] failed to ensure lease exists, will retry in 7s, error: Unauthorized`,
  );
  const node = JSON.stringify({
    kind: 'Node',
    apiVersion: 'v1',
    metadata: { name: 'n' },
    spec: {},
    status: {
      conditions: [
        {
          type: 'Ready',
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          lastTransitionTime: '2026-07-03T10:00:03Z',
          lastHeartbeatTime: '2026-07-03T09:59:20Z',
        },
      ],
    },
  });
  assert.equal((await diagnosisOf(refused.join('\n'), node)).verdict?.cause, 'certificate-expired');
});

test('a kubelet that goes on logging while the control plane hears nothing is not down', async () => {
  const node = `apiVersion: v1
kind: Node
metadata:
  name: n
status:
  conditions:
  - type: Ready
    status: Unknown
    reason: NodeStatusUnknown
    lastTransitionTime: "2026-07-03T10:00:00Z"
    lastHeartbeatTime: "2026-07-03T09:59:20Z"
`;
  const line = (time: string) => `${HEAD(time)} kubelet.go:1] hello`;
  assert.equal((await diagnosisOf(line('09:59:30.000000'), node)).verdict?.cause, 'kubelet-down');
  assert.notEqual((await diagnosisOf(line('10:00:20.000000'), node)).verdict?.cause, 'kubelet-down');
});

test('a kubelet that says why it ends, unless it started again since', async () => {
  const failed = `${HEAD('10:00:00.000000')} server.go:292] "Failed to run kubelet" err="failed to get rootfs info"`;
  const started = `${HEAD('10:02:00.000000')} server.go:440] "Kubelet version" kubeletVersion="v1.21.1"`;
  assert.equal((await diagnosisOf(failed)).verdict?.cause, 'kubelet-down');
  assert.equal((await diagnosisOf(`${failed}\n${started}`)).verdict, null);
});

test('one errno, three shortages: disk, inotify watches, cgroups', async () => {
  const line = (what: string) => `${HEAD('10:00:00.000000')} x.go:1] failed: ${what}: no space left on device`;
  assert.equal((await diagnosisOf(line('write /var/lib/docker/tmp/a'))).verdict?.cause, 'disk-full');
  assert.equal((await diagnosisOf(line('inotify_add_watch /sys/fs/cgroup/memory/a'))).verdict?.cause, 'pid-exhaustion');
  assert.equal((await diagnosisOf(line('mkdir /sys/fs/cgroup/memory/kubepods/a'))).verdict?.cause, 'cgroup-leak');
});

test('a hung task is a thread in D, with the stack printed below it', async () => {
  const { symptoms } = await diagnosisOf(`[ 3747.634280] INFO: task dockerd:903 blocked for more than 120 seconds.
[ 3747.727904]       Tainted: G        W  OE     4.19.0-6-amd64 #1
[ 3747.935479] Call Trace:
[ 3747.935487]  ? __schedule+0x2a2/0x870
[ 3747.935491]  schedule+0x28/0x80
[ 3747.935495]  __mutex_lock.isra.8+0x2b5/0x4a0
[ 3747.935506]  rtnetlink_rcv_msg+0x264/0x360
[ 3747.935602]  entry_SYSCALL_64_after_hwframe+0x44/0xa9`);
  const stuck = symptoms.find((s) => s.state === 'threads-stuck');
  assert.match(stuck?.evidence[0]?.text.en ?? '', /dockerd/);
});

test('lines that are not in order of time are put in order, and it is said', async () => {
  const { notes, verdict } = await diagnosisOf(FLAP.split('\n').reverse().join('\n'));
  assert.equal(verdict?.cause, 'container-status-hung');
  assert.match(notes.map((n) => n.en).join('\n'), /not in order of time/);
});

test('a df that someone pasted shows a full disk, and rules out no other filesystem', async () => {
  const { verdict, differential } =
    await diagnosisOf(`${HEAD('10:00:00.000000')} eviction_manager.go:331] eviction manager: attempting to reclaim nodefs
Filesystem      Size  Used Avail Use% Mounted on
/dev/sda1       5.8G  5.8G     0 100% /`);
  assert.equal(verdict?.cause, 'disk-full');
  assert.equal(differential.find((c) => c.cause === 'storage-unresponsive')?.status, 'not-examined');
});

test('a containerd that starts says that it has no network yet: only the kubelet’s word of it counts', async () => {
  const starting =
    'time="2026-11-24T11:59:00Z" level=error msg="failed to load cni during init, please check CRI plugin status before setting up network for pods" error="cni config load failed: no network config found in /etc/cni/net.d: cni plugin not initialized: failed to load cni config"';
  assert.equal((await diagnosisOf(starting)).verdict, null);
  const kubelet = `${HEAD('10:00:00.000000')} kubelet.go:2349] "Container runtime network not ready" networkReady="NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized"`;
  assert.equal((await diagnosisOf(kubelet)).verdict?.cause, 'cni-not-ready');
});

test('the node is named as its lines name it, and lines of two machines are said to be so', async () => {
  assert.equal((await diagnosisOf(FLAP)).node, 'n');
  const other = FLAP.split('\n')[0]?.replace(' n kubelet', ' other kubelet');
  const { node, notes } = await diagnosisOf(`${FLAP}\n${other}`);
  assert.equal(node, 'n');
  assert.match(notes.map((n) => n.en).join('\n'), /of several machines \(n.{2,5}other\)/);
});

const NODES = JSON.stringify({
  kind: 'NodeList',
  apiVersion: 'v1',
  items: [
    { name: 'm0', status: 'True' },
    { name: 'w1.example.com', status: 'False' },
    { name: 'w2', status: 'True' },
  ].map(({ name, status }) => ({
    kind: 'Node',
    metadata: { name },
    spec: {},
    status: {
      conditions: [
        {
          type: 'Ready',
          status,
          reason: status === 'True' ? 'KubeletReady' : 'KubeletNotReady',
          message:
            status === 'True' ? 'ok' : 'PLEG is not healthy: pleg was last seen active 3m5s ago; threshold is 3m0s',
          lastTransitionTime: '2026-07-03T12:00:00Z',
          lastHeartbeatTime: '2026-07-03T12:05:00Z',
        },
      ],
    },
  })),
});

test('of a cluster’s dump the node that is not Ready is diagnosed, or the one that was asked for', async () => {
  const logs = FLAP.replaceAll(' n kubelet', ' w1 kubelet');
  const other = FLAP.replaceAll(' n kubelet', ' w2 kubelet');
  const { caseFile } = await caseOf({ nodes: NODES, logs, other });
  const { node, notes } = diagnose(caseFile);
  assert.equal(node, 'w1.example.com');
  const words = notes.map((n) => n.en).join('\n');
  assert.match(words, /tell of 3 nodes; this is w1\.example\.com\. Passed over: m0.{2,5}w2/);
  assert.doesNotMatch(words, /several machines/);
  const texts = { nodes: NODES, logs, other };
  const asked = { inputs: Object.keys(texts), scan: given(texts), askedAt: ASKED, toolVersion: '0', node: 'm0' };
  const one = diagnose((await readLogsCase(asked)).caseFile);
  assert.deepEqual([one.node, one.verdict], ['m0', null]);
});

test('a log that was kept twice counts once', async () => {
  const count = (c: Awaited<ReturnType<typeof caseOf>>) =>
    c.caseFile.observations.filter((o) => o.fact.type === 'log-signal').length;
  assert.equal(count(await caseOf({ a: FLAP, b: FLAP })), count(await caseOf({ a: FLAP })));
});

test('what is nothing of this is said to be unknown, with its file', async () => {
  const { recognised, problems } = await caseOf({ 'notes.txt': 'buy milk\n', 'none.txt': '' });
  assert.equal(recognised, false);
  assert.deepEqual(
    problems.map(({ file, kind }) => [file, kind]),
    [
      ['notes.txt', 'unknown'],
      ['none.txt', 'empty'],
    ],
  );
});

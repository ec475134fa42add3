import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, CONTAINERD, idOf } from '../../test/support/case.ts';
import { notReadyFor } from '../../test/support/cluster-case.ts';
import {
  adoptedZombie,
  busyDisk,
  frozenFilesystem,
  healthyDocker,
  pausedContainer,
  stoppedContainerd,
  stoppedDockerd,
  stoppedShim,
} from '../../test/support/incidents.ts';
import type { CaseFile } from '../evidence/case-file.ts';
import { entityId } from '../evidence/entity.ts';
import { diagnose } from './diagnose.ts';
import type { Diagnosis } from './diagnosis.ts';

const verdictOf = (d: Diagnosis) => d.verdict?.cause ?? null;
const kindsOf = (d: Diagnosis) => d.verdict?.subjects.map((s) => s.kind) ?? [];
const chainOf = (d: Diagnosis) => d.chain.map((l) => (l.status === 'expected' ? `(${l.state})` : l.state));
const worksOf = (d: Diagnosis) => d.remedies.filter((r) => r.works).map((r) => r.action);
const uselessOf = (d: Diagnosis) => d.remedies.filter((r) => !r.works).map((r) => r.action);
const statusOf = (d: Diagnosis, cause: string) => d.differential.find((c) => c.cause === cause)?.status;
const notesOf = (d: Diagnosis) => d.notes.map((n) => n.en).join('\n');

test('a zombie whose threads wait on a frozen filesystem: the storage is named, down to the thread', () => {
  const d = diagnose(frozenFilesystem().build());
  assert.equal(verdictOf(d), 'storage-unresponsive');
  assert.equal(d.verdict?.status, 'confirmed');
  assert.deepEqual(kindsOf(d), ['mount', 'mount', 'device', 'container', 'process', 'thread', 'thread']);
  const attrs = d.verdict?.subjects.map((s) => s.attrs) ?? [];
  assert.partialDeepStrictEqual(attrs[0], { path: '/data', device: '/dev/loop0', fsType: 'ext4' });
  assert.partialDeepStrictEqual(attrs[3], { containerId: idOf('prom'), pod: 'prometheus-0', namespace: 'prod' });
  assert.partialDeepStrictEqual(attrs[4], { pid: 23760 });
  assert.partialDeepStrictEqual(attrs[5], { pid: 23760, tid: 23771 });
  assert.deepEqual(chainOf(d), ['storage-unresponsive', 'threads-stuck', 'zombie-held', 'container-unkillable']);
});

test('a runtime that the kubelet reports as down takes Ready away before PLEG’s three minutes are over', () => {
  const d = diagnose(notReadyFor(stoppedDockerd(), 'container runtime is down').build());
  assert.deepEqual(chainOf(d), ['runtime-unresponsive', 'list-calls-hang', 'runtime-reported-down', 'node-not-ready']);
  assert.doesNotMatch(notesOf(d), /Nothing found here explains|Nothing seen here takes/);
});

test('on a frozen filesystem only the thaw and, last, a reboot work', () => {
  const d = diagnose(frozenFilesystem().build());
  assert.deepEqual(worksOf(d), ['thaw-filesystem', 'reboot']);
  assert.equal(d.remedies[0]?.command, 'fsfreeze -u /srv/data', 'the host’s own mount of the device');
  assert.deepEqual(uselessOf(d), ['kill-process', 'kill-shim', 'run-with-init', 'remove-container', 'restart-runtime']);
});

test('without a host mount the thaw goes through the root of a thread that lives', () => {
  const d = diagnose(adoptedZombie().build());
  assert.equal(d.remedies[0]?.command, 'fsfreeze -u /proc/23760/task/23771/root/data');
});

test('an unkillable container that hangs no runtime call does not take Ready away, and that is said', () => {
  const d = diagnose(frozenFilesystem().build());
  assert.ok(!chainOf(d).some((s) => s.includes('node-not-ready')));
  assert.match(notesOf(d), /Nothing seen here takes the node’s Ready away/);
});

test('after the shim was killed the verdict stays with the storage, and the adoption is told', () => {
  const d = diagnose(adoptedZombie().build());
  assert.equal(verdictOf(d), 'storage-unresponsive');
  const zombie = d.chain.find((l) => l.state === 'zombie-held');
  assert.match(zombie?.because[0]?.text.en ?? '', /its shim is gone and PID 1 has adopted it/);
  assert.match(d.remedies.find((r) => r.action === 'kill-shim')?.why.en ?? '', /was tried/);
});

test('a kill that hangs on a frozen container and takes its status call along is one fault, not two', () => {
  const d = diagnose(
    frozenFilesystem()
      .call('status', 'timeout', {}, [`container:${idOf('prom')}`])
      .build(),
  );
  assert.equal(verdictOf(d), 'storage-unresponsive');
  assert.deepEqual(chainOf(d), [
    'storage-unresponsive',
    'threads-stuck',
    'zombie-held',
    'container-unkillable',
    'container-status-hung',
    'status-calls-hang',
    '(relist-slow)',
    '(pleg-unhealthy)',
    '(node-not-ready)',
  ]);
  assert.doesNotMatch(notesOf(d), /second fault/);
});

test('a stopped shim with a kill in flight: the container is named, the list is shown fast', () => {
  const d = diagnose(stoppedShim().build());
  assert.equal(verdictOf(d), 'container-status-hung');
  assert.deepEqual(kindsOf(d), ['container', 'shim', 'process', 'process']);
  const said = d.chain[0]?.because.map((f) => f.text.en) ?? [];
  assert.ok(said.some((s) => /The list on .* took 4ms/.test(s)));
  assert.ok(said.some((s) => /Trigger: prod\/web-0\/crash .* crash-loops/.test(s)));
  assert.deepEqual(worksOf(d), ['resume-shim', 'kill-shim', 'reboot']);
  assert.equal(d.remedies[0]?.command, 'kill -CONT 3000');
  assert.deepEqual(uselessOf(d), ['restart-runtime', 'restart-kubelet', 'remove-container', 'wait']);
  assert.deepEqual(chainOf(d), [
    'container-status-hung',
    'status-calls-hang',
    '(relist-slow)',
    '(pleg-unhealthy)',
    '(node-not-ready)',
  ]);
});

test('a current kubelet and one stuck pod: the relist is slow, PLEG is not foretold to fail', () => {
  const d = diagnose(stoppedShim().kubelet('v1.34.1').build());
  assert.deepEqual(chainOf(d), ['container-status-hung', 'status-calls-hang', '(relist-slow)']);
});

test('an old kubelet and one stuck pod: two calls of 2 minutes pass the threshold', () => {
  const d = diagnose(stoppedShim().kubelet('v1.20.2').build());
  assert.ok(chainOf(d).includes('(pleg-unhealthy)'));
});

test('a relist seen a second ago is not said to be slow', () => {
  const d = diagnose(stoppedShim().kubelet('v1.20.2', 1000).build());
  assert.deepEqual(chainOf(d), ['container-status-hung', 'status-calls-hang']);
});

test('a stopped dockerd: the daemon is named, the containerd beneath is not', () => {
  const d = diagnose(stoppedDockerd().build());
  assert.equal(verdictOf(d), 'runtime-unresponsive');
  assert.match(d.verdict?.summary.en ?? '', /^dockerd \(pid 700\) is stopped/);
  assert.partialDeepStrictEqual(d.verdict?.subjects[0]?.attrs, { component: 'dockerd', pid: 700 });
  assert.deepEqual(worksOf(d), ['resume-runtime', 'restart-runtime', 'reboot']);
  assert.deepEqual(chainOf(d).slice(0, 3), ['runtime-unresponsive', 'list-calls-hang', '(relist-slow)']);
});

test('a stopped containerd beneath a live dockerd: containerd is named although docker ps is fast', () => {
  const d = diagnose(stoppedContainerd().build());
  assert.equal(verdictOf(d), 'runtime-unresponsive');
  assert.match(d.verdict?.summary.en ?? '', /^containerd \(pid 651\) is stopped/);
  assert.ok(d.chain[0]?.because.some((f) => /dockerd still lists containers/.test(f.text.en)));
  // The kubelet speaks to dockerd, whose list answers: its relist is not said to hang.
  assert.deepEqual(chainOf(d), ['runtime-unresponsive', 'list-calls-hang', '(pods-cannot-start)']);
});

test('several engines: the verdict names the one at fault', () => {
  const d = diagnose(stoppedDockerd().build());
  const engines = d.verdict?.subjects.filter((s) => s.kind === 'engine').map((s) => s.attrs.endpoint);
  assert.deepEqual(engines, ['unix:///run/docker.sock']);
});

for (const [what, given] of [
  ['a healthy host', healthyDocker()],
  ['100 healthy containers', healthyDocker(100)],
  ['a full-speed disk copy', busyDisk()],
  ['a paused container', pausedContainer()],
  ['a crash-looping container alone', healthyDocker().container('crash', { crashLooping: true, state: 'exited' })],
  [
    'a containerd whose CRI nobody uses',
    healthyDocker()
      .engine('cri', CONTAINERD)
      .answers()
      .fact(
        {
          type: 'runtime-condition',
          condition: 'NetworkReady',
          status: false,
          reason: 'NetworkPluginNotReady',
          message: 'cni plugin not initialized',
        },
        [`engine:cri:${CONTAINERD}`],
      ),
  ],
  [
    'PLEG complaints of an hour ago',
    healthyDocker().logged('pleg-unhealthy', 3_600_000, { ageMs: 200_000 }).ready('False', 3_600_000),
  ],
  ['a zombie of no container', healthyDocker().process(77, { state: 'Z' })],
  ['nothing at all', aCase()],
] as const) {
  test(`no alarm: ${what}`, () => {
    const d = diagnose(given.build());
    assert.equal(verdictOf(d), null);
    assert.deepEqual([d.chain, d.remedies], [[], []]);
  });
}

test('our own reader that hangs is not taken for trouble of the node’s containers', () => {
  const stuck = {
    operation: 'read',
    path: '/proc/9/cmdline',
    waitedMs: 500,
    childPid: 5555,
    childState: 'D',
    childWchan: null,
  };
  const d = diagnose(
    healthyDocker()
      .process(5555, { state: 'D' })
      .stuckThread(5555, 5555)
      .fact({ type: 'stuck-read', ...stuck }, ['node:this'])
      .build(),
  );
  assert.equal(verdictOf(d), null);
  assert.match(notesOf(d), /1 read of notready itself did not return/);
});

test('of independent faults the one nearest to Ready is the verdict, the other is noted and its cure listed', () => {
  const d = diagnose(
    frozenFilesystem().container('hung', { status: 'timeout' }).shim(3000, 'hung', { state: 'T' }).build(),
  );
  assert.equal(verdictOf(d), 'container-status-hung');
  assert.equal(statusOf(d, 'storage-unresponsive'), 'confirmed');
  assert.match(notesOf(d), /second fault, independent of the verdict \(storage-unresponsive\)/);
  assert.ok(worksOf(d).includes('thaw-filesystem'));
});

test('a lost Ready without any cause is undetermined, and says what to look at', () => {
  const d = diagnose(
    aCase().ready('False', 1000, { message: 'PLEG is not healthy: pleg was last seen active 3m7s ago' }).build(),
  );
  assert.equal(verdictOf(d), 'undetermined');
  assert.match(d.verdict?.summary.en ?? '', /Look next: /);
  assert.deepEqual(d.remedies, []);
});

test('a daemon that waits for a dead filesystem: the filesystem is the root, the runtime its effect', () => {
  const nas = entityId.mount('host', '0:52', '/mnt/nas');
  const d = diagnose(
    aCase()
      .engine()
      .hangs()
      .component('dockerd', 700, { listensOn: ['/run/docker.sock'] })
      .mount(nas, { fsType: 'nfs4', source: 'nas:/export' })
      .statfs(nas, { outcome: 'stuck' })
      .process(700)
      .stuckThread(700, 705, { stack: ['rpc_wait_bit_killable', '__rpc_execute'] }, nas)
      .build(),
  );
  assert.equal(verdictOf(d), 'storage-unresponsive');
  assert.deepEqual(chainOf(d).slice(0, 3), ['storage-unresponsive', 'runtime-unresponsive', 'list-calls-hang']);
});

test('a daemon with one thread in D that goes on answering is no fault of its own', () => {
  const nas = entityId.mount('host', '0:52', '/mnt/nas');
  const d = diagnose(
    healthyDocker()
      .mount(nas, { fsType: 'nfs4' })
      .process(700)
      .stuckThread(700, 705, { stack: ['rpc_wait_bit_killable'] }, nas)
      .build(),
  );
  assert.equal(verdictOf(d), 'storage-unresponsive');
  assert.equal(statusOf(d, 'runtime-unresponsive'), 'ruled-out');
});

test('the symptoms say what explains each', () => {
  const d = diagnose(stoppedShim().kubelet('v1.20.2', 200_000).ready('False', 5000).build());
  const explained = Object.fromEntries(d.symptoms.map((s) => [s.state, s.explainedBy]));
  assert.deepEqual(explained, {
    'status-calls-hang': 'container-status-hung',
    'relist-slow': 'status-calls-hang',
    'pleg-unhealthy': 'relist-slow',
    'node-not-ready': 'pleg-unhealthy',
  });
  assert.equal(d.chain.at(-1)?.state, 'node-not-ready');
  assert.equal(d.chain.at(-1)?.status, 'confirmed');
});

test('what was not examined is said, with the reason and what would change it', () => {
  const d = diagnose(healthyDocker().gap('kernel-stacks').gap('kernel-log', 'budget').build());
  assert.match(notesOf(d), /Not examined: kernel stacks of blocked threads \(no permission/);
  assert.match(notesOf(d), /Not examined: the kernel log \(time ran out/);
});

test('the same case gives the same diagnosis', () => {
  const file: CaseFile = frozenFilesystem().build();
  assert.deepEqual(diagnose(file), diagnose(structuredClone(file)));
});

test('every sentence is there in both languages and every citation exists', () => {
  for (const given of [
    frozenFilesystem(),
    stoppedShim(),
    stoppedDockerd(),
    stoppedContainerd(),
    adoptedZombie(),
    busyDisk(),
  ]) {
    const file = given.build();
    const d = diagnose(file);
    const ids = new Set(file.observations.map((o) => o.id));
    const findings = [
      ...d.chain.flatMap((l) => l.because),
      ...d.differential.flatMap((c) => [...c.evidence, ...c.against]),
    ];
    for (const f of findings) assert.ok(ids.has(f.observation) && f.text.en !== '' && f.text.zh !== '', f.text.en);
    for (const c of d.differential) {
      assert.ok(c.evidence.length + c.against.length + c.missing.length > 0, `${c.cause} gives no reason`);
      assert.ok(c.confidence >= 0 && c.confidence <= 1);
    }
  }
});

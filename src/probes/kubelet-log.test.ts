import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examineMachine, statLine } from '../../test/support/daemon-machine.ts';
import type { RecordedMachine } from '../../test/support/recorded-host.ts';
import { entityId } from '../evidence/entity.ts';
import { kubeletLogProbe } from './kubelet-log.ts';

const NOW = new Date(2023, 8, 7, 21, 55, 0).getTime();
const ID = '542bb5c0da31cbe7960c46b97a41edd087ca7dfb9aa1b37f27ef4fecc27721c6';

// A kubelet of 1.23 whose dockerd held one container.
const LOG = `E0907 21:48:13.187571    2199 remote_runtime.go:326] "StartContainer from runtime service failed" err="rpc error: code = Unknown desc = failed to get container \\"${ID}\\" log path: failed to inspect container \\"${ID}\\": operation timeout: context deadline exceeded" containerID="${ID}"
I0907 21:49:17.171114    2199 setters.go:548] "Node became not ready" node="minikube" condition={Type:Ready Status:False LastHeartbeatTime:2023-09-07 21:49:17.170974959 +0000 UTC m=+1962.581166852 LastTransitionTime:2023-09-07 21:49:17.170974959 +0000 UTC m=+1962.581166852 Reason:KubeletNotReady Message:PLEG is not healthy: pleg was last seen active 3m1.104514415s ago; threshold is 3m0s}
`;

function node(more: RecordedMachine = {}): RecordedMachine {
  return {
    now: NOW,
    ...more,
    files: {
      '/proc/1/stat': statLine(1, 'systemd', 0),
      '/proc/7/stat': statLine(7, 'kubelet'),
      '/proc/7/cmdline': '/usr/bin/kubelet\0',
      '/proc/7/cgroup': '0::/system.slice/kubelet.service\n',
      ...more.files,
    },
    links: { '/proc/7/ns/mnt': 'mnt:[1]', '/proc/self/ns/mnt': 'mnt:[1]', ...more.links },
  };
}

function file(size: number) {
  return { kind: 'file' as const, size, inode: 1, device: '8:1', modifiedAt: 0 };
}

test('the file that the kubelet writes to', async () => {
  const view = await examineMachine(
    kubeletLogProbe,
    node({
      files: { '/var/log/k.log': LOG, '/proc/7/fd/2': LOG },
      links: { '/proc/7/fd/2': '/var/log/k.log' },
      stats: { '/var/log/k.log': file(LOG.length) },
    }),
  );
  const kubelet = entityId.component('kubelet', 7);
  assert.deepEqual(
    view.all('log-signal').map((s) => [s.fact.signal, new Date(s.at).toTimeString().slice(0, 8), s.about]),
    [
      ['runtime-call-timeout', '21:48:13', [kubelet, entityId.container(ID)]],
      ['node-became-not-ready', '21:49:17', [kubelet]],
    ],
  );
  const [ready] = view.all('node-ready');
  assert.deepEqual(ready?.fact, {
    type: 'node-ready',
    status: 'False',
    reason: 'KubeletNotReady',
    message: 'PLEG is not healthy: pleg was last seen active 3m1.104514415s ago; threshold is 3m0s',
    since: new Date(2023, 8, 7, 21, 49, 17, 171).getTime(),
    by: 'kubelet-log',
  });
  assert.equal(ready?.at, ready?.fact.since);
  assert.deepEqual(view.gaps('kubelet-log'), []);
});

test('of a long file only the end is read, from a whole line on', async () => {
  const long = `${'x'.repeat(3_000_000)} PLEG is not healthy\n${LOG}`;
  const view = await examineMachine(
    kubeletLogProbe,
    node({
      files: { '/var/log/k.log': long, '/proc/7/cmdline': '/usr/bin/kubelet\0--log-file=/var/log/k.log\0' },
      stats: { '/var/log/k.log': file(long.length) },
    }),
  );
  assert.deepEqual(
    view.all('log-signal').map((s) => s.fact.signal),
    ['runtime-call-timeout', 'node-became-not-ready'],
  );
});

test('the journal of its unit', async () => {
  const entries = LOG.trim()
    .split('\n')
    .map((MESSAGE) => JSON.stringify({ __REALTIME_TIMESTAMP: String((NOW - 400_000) * 1000), MESSAGE }));
  const view = await examineMachine(
    kubeletLogProbe,
    node({
      files: { '/var/log/journal/0123/system.journal': '' },
      links: { '/proc/7/fd/2': 'socket:[99]', '/proc/7/fd/1': 'socket:[99]' },
      programs: {
        'journalctl --no-pager -q -r -u kubelet.service -n 2000 -o json': {
          code: 0,
          stdout: entries.toReversed().join('\n'),
        },
      },
    }),
  );
  assert.deepEqual(
    view.all('log-signal').map((s) => s.fact.signal),
    ['runtime-call-timeout', 'node-became-not-ready'],
  );
  assert.equal(
    view.source(view.all('log-signal')[0] ?? assert.fail())?.command,
    'journalctl -u kubelet.service -n 2000',
  );
});

test('a journal that hangs is a gap that leaves the question open', async () => {
  const view = await examineMachine(
    kubeletLogProbe,
    node({
      files: { '/var/log/journal/0123/system.journal': '' },
      programs: { 'journalctl --no-pager -q -r -u kubelet.service -n 2000 -o json': { timedOut: true } },
    }),
  );
  assert.deepEqual(
    view.gaps('kubelet-log').map((g) => [g.fact.why, g.fact.partial]),
    [['stuck', false]],
  );
});

test('a kubelet whose output goes nowhere we can read leaves the question open; no kubelet answers it', async () => {
  const piped = await examineMachine(
    kubeletLogProbe,
    node({ links: { '/proc/7/fd/2': 'pipe:[5]', '/proc/7/fd/1': '/dev/null' } }),
  );
  assert.deepEqual(
    piped.gaps('kubelet-log').map((g) => g.fact.why),
    ['failed'],
  );
  const none = await examineMachine(kubeletLogProbe, { files: { '/proc/1/stat': statLine(1, 'init', 0) } });
  assert.deepEqual(
    none.gaps('kubelet-log').map((g) => g.fact.why),
    ['absent'],
  );
});

test("a runtime's log counts where it is at hand, and is not missed where it is not", async () => {
  const line = `time="2023-09-07T21:50:00Z" level=error msg="StopContainer for \\"${ID}\\" failed" error="rpc error: code = DeadlineExceeded desc = context deadline exceeded"\n`;
  const containerd = {
    '/proc/9/stat': statLine(9, 'containerd'),
    '/proc/9/cmdline': '/usr/bin/containerd\0',
    '/proc/9/fd/2': line,
    '/var/log/c.log': line,
  };
  const view = await examineMachine(
    kubeletLogProbe,
    node({
      files: containerd,
      links: { '/proc/9/fd/2': '/var/log/c.log', '/proc/9/ns/mnt': 'mnt:[1]' },
      stats: { '/var/log/c.log': file(line.length) },
    }),
  );
  assert.deepEqual(
    view.all('log-signal').map((s) => [s.fact.log, s.fact.signal, s.about[0]]),
    [['containerd', 'container-kill-failed', entityId.component('containerd', 9)]],
  );
  const silent = await examineMachine(kubeletLogProbe, node({ files: { '/proc/9/stat': statLine(9, 'containerd') } }));
  assert.equal(silent.gaps('kubelet-log').length, 1);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { examineMachine, statLine } from '../../test/support/daemon-machine.ts';
import type { RecordedFile } from '../../test/support/recorded-host.ts';
import { parseCniEnvironment } from './cni/environment.ts';
import { cniProbe } from './cni.ts';

const SANDBOX = 'bdf4dc0af526a317e248c994719eabb233a9db337d535351a277b1b324cf5fec';
const ENVIRON = [
  'PASSWORD=topsecret',
  'CNI_COMMAND=ADD',
  `CNI_CONTAINERID=${SANDBOX}`,
  'CNI_NETNS=/var/run/netns/cni-1',
  'CNI_ARGS=IgnoreUnknown=1;K8S_POD_NAMESPACE=prod;K8S_POD_NAME=web-0;K8S_POD_UID=uid-1',
  '',
].join('\0');
const BOOT = Date.UTC(2026, 10, 24, 5, 0, 0);

function examine(files: Record<string, RecordedFile>, now = BOOT + 72_000) {
  return examineMachine(cniProbe, {
    now,
    files: {
      '/proc/stat': `btime ${BOOT / 1000}\n`,
      '/proc/1/stat': statLine(1, 'init', 0),
      '/proc/7/stat': statLine(7, 'containerd'),
      '/proc/9/stat': statLine(9, 'my-plugin', 7),
      '/proc/9/cmdline': '/bin/sh\0/opt/cni/bin/my-plugin\0',
      '/proc/9/environ': ENVIRON,
      '/proc/9/wchan': 'do_wait',
      ...files,
    },
  });
}

test('a CNI plugin under containerd, whatever its name, with its age, pod, sandbox and what it waits in', async () => {
  const view = await examine({});
  const [call] = view.all('cni-call');
  assert.deepEqual(call?.fact, {
    type: 'cni-call',
    pid: 9,
    plugin: 'my-plugin',
    command: 'ADD',
    // It started 12 s after boot; a window of a second passes.
    ageMs: 61_000,
    state: 'S',
    startTicks: 1200,
    wchan: 'do_wait',
    containerId: SANDBOX,
    netns: '/var/run/netns/cni-1',
    podNamespace: 'prod',
    podName: 'web-0',
    caller: { name: 'containerd', pid: 7 },
  });
  assert.deepEqual(call?.about, ['process:9', `container:${SANDBOX}`, 'pod:uid-1']);
  assert.doesNotMatch(JSON.stringify(view.caseFile), /topsecret/);
});

test('what runs in a container is no plugin, and neither is what ended in between', async () => {
  const inContainer = {
    '/proc/8/stat': statLine(8, 'containerd-shim', 1),
    '/proc/9/stat': statLine(9, 'my-plugin', 8),
  };
  assert.deepEqual((await examine(inContainer)).all('cni-call'), []);
  const view = await examineMachine(cniProbe, {
    now: BOOT + 72_000,
    files: {
      '/proc/stat': `btime ${BOOT / 1000}\n`,
      '/proc/7/stat': statLine(7, 'containerd'),
      '/proc/9/stat': statLine(9, 'bridge', 7),
      '/proc/9/environ': ENVIRON,
    },
    onSleep: (machine) => {
      delete machine.files?.['/proc/9/stat'];
    },
  });
  assert.deepEqual(view.all('cni-call'), []);
});

test('an environment that hangs is passed over', async () => {
  assert.deepEqual((await examine({ '/proc/9/environ': { stuck: true } })).all('cni-call'), []);
});

test('an environment without CNI_COMMAND is none of a plugin, and no text makes it throw', () => {
  assert.equal(parseCniEnvironment('PATH=/bin\0CNI_PATH=/opt/cni/bin\0'), null);
  assert.equal(parseCniEnvironment('CNI_COMMAND=rm -rf\0'), null);
  const near = fc
    .array(fc.constantFrom('CNI_COMMAND=', 'ADD', '\0', 'CNI_ARGS=K8S_POD_NAME=', ';', '=', 'CNI_CONTAINERID=zz'))
    .map((parts) => parts.join(''));
  fc.assert(fc.property(fc.oneof(fc.string(), near), (text) => parseCniEnvironment(text) !== undefined));
});

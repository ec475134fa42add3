import assert from 'node:assert/strict';
import { test } from 'node:test';
import { removalFailed } from './removal-texts.ts';

const ID = '9b73757ef84a7117e44cf8fc738cee132622032020caf21c6da9a35453a58932';
const DOCKER = {
  kind: 'remove-container',
  engine: 'docker',
  endpoint: 'unix:///run/docker.sock',
  containerId: ID,
} as const;
const TIMES = { tookMs: 30_000, deadlineMs: 30_000 };

// Messages of dockerd 20.10 and containerd 1.6 (moby daemon/{delete,kill}.go, containerd pkg/cri/server).
const SAID: readonly (readonly [code: string, message: string, status: string, text: RegExp])[] = [
  ['409', `removal of container ${ID} is already in progress`, 'refused', /under way already/],
  [
    'UNKNOWN',
    `failed to set removing state for container "${ID}": container is already in removing state`,
    'refused',
    /under way already/,
  ],
  ['404', `No such container: ${ID}`, 'refused', /there is no container 9b73757ef84a/],
  [
    '500',
    `Could not kill running container ${ID}, cannot remove - tried to kill container, but did not receive an exit event`,
    'failed',
    /got SIGKILL and does not end/,
  ],
  [
    '500',
    `Could not kill running container ${ID}, cannot remove - Container 9b73757ef84a PID 27441 is zombie and can not be killed. Use the --init option`,
    'failed',
    /got SIGKILL and does not end/,
  ],
  [
    'UNKNOWN',
    `an error occurs during waiting for container "${ID}" to be killed: wait container "${ID}": context deadline exceeded`,
    'failed',
    /got SIGKILL and does not end/,
  ],
  [
    '500',
    `container ${ID}: driver "overlay2" failed to remove root filesystem: unlinkat /var/lib/docker/overlay2/x/merged: device or resource busy`,
    'failed',
    /grep -l 9b73757ef84a/,
  ],
  ['500', 'something \u001b[2Jelse', 'failed', /would not remove 9b73757ef84a: something \\x1b\[2Jelse/],
];

for (const [code, message, status, text] of SAID) {
  test(`${code} ${message.replaceAll(ID, 'ID').slice(0, 70)}`, () => {
    const finish = removalFailed(DOCKER, { outcome: 'error', code, message, ...TIMES });
    assert.equal(finish.status, status);
    assert.match(finish.text.en, text);
  });
}

test('no answer is a removal that may still come, on Docker by itself', () => {
  const failed = {
    outcome: 'timeout',
    code: 'DEADLINE_EXCEEDED',
    message: 'no answer within 30.0 s',
    ...TIMES,
  } as const;
  const docker = removalFailed(DOCKER, failed);
  assert.equal(docker.status, 'timed-out');
  assert.match(docker.text.en, /within 30s: .* goes on by itself/);
  assert.match(removalFailed({ ...DOCKER, engine: 'cri' }, failed).text.en, /It has given up/);
});

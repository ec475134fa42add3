import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flagValue } from './flag-value.ts';

test('flags in both spellings, the last one counts', () => {
  assert.equal(flagValue(['kubelet', '--config=/a', '--config', '/b'], 'config'), '/b');
  assert.equal(flagValue(['kubelet', '--container-runtime-endpoint=unix:///x'], 'container-runtime'), null);
  assert.equal(flagValue(['kubelet', '--config'], 'config'), null);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase } from '../../test/support/case.ts';
import { nodeProblemDetector } from './plain-rules.ts';

const rules = nodeProblemDetector();
const caseFile = aCase().build();
const reasonsOf = (...messages: readonly string[]) => rules({ caseFile, messages }).reasons;

test('a rule matches at the end of a message, as that tool anchors it', () => {
  const line = 'unregister_netdevice: waiting for eth0 to become free. Usage count = 1';
  assert.deepEqual(reasonsOf(line), ['UnregisterNetDevice']);
  assert.deepEqual(reasonsOf(`${line} (again)`), []);
});

test('a rule that counts needs so many lines, less those that revert it', () => {
  const [start, stop] = ['Started Kubernetes kubelet.', 'Stopping Kubernetes kubelet...'];
  assert.deepEqual(reasonsOf(...Array.from({ length: 5 }, () => start)), ['FrequentKubeletRestart']);
  assert.deepEqual(reasonsOf(...Array.from({ length: 5 }, () => start), stop), []);
});

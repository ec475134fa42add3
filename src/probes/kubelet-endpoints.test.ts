import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpointInConfig, flagValue } from './kubelet-endpoints.ts';

test('flags in both spellings, the last one counts', () => {
  assert.equal(flagValue(['kubelet', '--config=/a', '--config', '/b'], 'config'), '/b');
  assert.equal(flagValue(['kubelet', '--container-runtime-endpoint=unix:///x'], 'container-runtime'), null);
  assert.equal(flagValue(['kubelet', '--config'], 'config'), null);
});

test('the endpoint in a KubeletConfiguration, YAML or JSON', () => {
  const yaml =
    'kind: KubeletConfiguration\n# containerRuntimeEndpoint: no\ncontainerRuntimeEndpoint: unix:///run/c.sock # c\n';
  assert.deepEqual(endpointInConfig(yaml), ['unix:///run/c.sock']);
  assert.deepEqual(endpointInConfig('{\n "containerRuntimeEndpoint": "unix:///run/c.sock"}'), ['unix:///run/c.sock']);
  assert.deepEqual(endpointInConfig('containerRuntimeEndpoint: ""\n'), []);
  assert.deepEqual(endpointInConfig('kind: KubeletConfiguration\n'), []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  dockerSandboxId,
  isDockerSandbox,
  kubernetesName,
  parseDockershimName,
  parseKubernetesLabels,
} from './kubernetes-names.ts';

const uid = '1b4e28ba-2fa1-11d2-883f-0016d3cca427';

test('a container of a pod', () => {
  assert.deepEqual(parseDockershimName(`/k8s_app_web-0_default_${uid}_4`), {
    namespace: 'default',
    pod: 'web-0',
    podUid: uid,
    container: 'app',
    attempt: 4,
  });
});

test('a sandbox, of a static pod whose uid is a hash', () => {
  const name = 'k8s_POD_kube-proxy-n1_kube-system_0123456789abcdef0123456789abcdef_0';
  assert.equal(parseDockershimName(name)?.container, 'POD');
  assert.equal(isDockerSandbox(name, {}), true);
});

test('the random suffix of a name conflict is no part of it', () => {
  assert.equal(parseDockershimName(`k8s_app_web-0_default_${uid}_2_0a1b2c3d`)?.attempt, 2);
});

test('kubelets before dockershim wrote a hash behind the name and no attempt', () => {
  const old = parseDockershimName(`k8s_app.4f2e3d1c_web-0_default_${uid}_8d3c1f20`);
  assert.deepEqual([old?.container, old?.attempt], ['app', null]);
});

test('names of other containers', () => {
  for (const name of ['c1', '/k8s', 'k8s_app', 'k8s__web_default_u_0', 'k8s_a_b_c_d_e_f_g_h', 'K8S_a_b_c_d_0', '']) {
    assert.equal(parseDockershimName(name), null, name);
  }
});

test('labels say the same, and the sandbox', () => {
  const labels = {
    'io.kubernetes.container.name': 'app',
    'io.kubernetes.docker.type': 'container',
    'io.kubernetes.pod.name': 'web-0',
    'io.kubernetes.pod.namespace': 'default',
    'io.kubernetes.pod.uid': uid,
    'io.kubernetes.sandbox.id': 'ab12',
    'annotation.io.kubernetes.container.restartCount': '4',
  };
  assert.deepEqual(parseKubernetesLabels(labels), parseDockershimName(`k8s_app_web-0_default_${uid}_4`));
  assert.equal(dockerSandboxId(labels), 'ab12');
  assert.equal(isDockerSandbox('anything', labels), false);
  assert.equal(isDockerSandbox('anything', { ...labels, 'io.kubernetes.docker.type': 'podsandbox' }), true);
});

test('labels without a pod name no pod', () => {
  assert.equal(parseKubernetesLabels({ 'io.kubernetes.container.name': 'app' }), null);
  assert.equal(kubernetesName('c1', {}), null);
});

const dnsLabel = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);

test('every name that dockershim can write is read back', () => {
  fc.assert(
    fc.property(dnsLabel, dnsLabel, dnsLabel, fc.uuid(), fc.nat(), (container, pod, namespace, podUid, attempt) => {
      const name = ['k8s', container, pod, namespace, podUid, attempt].join('_');
      assert.deepEqual(parseDockershimName(name), { namespace, pod, podUid, container, attempt });
    }),
  );
});

test('no text makes it throw', () => {
  const text = fc.string({ maxLength: 60 });
  fc.assert(
    fc.property(text, fc.dictionary(text, text, { maxKeys: 3 }), (name, labels) => {
      kubernetesName(`k8s_${name}`, labels);
      isDockerSandbox(name, labels);
    }),
  );
});

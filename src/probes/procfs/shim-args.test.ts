import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseShimArgs } from './shim-args.ts';

const ID = '9b73757ef84a7117e44cf8fc738cee132622032020caf21c6da9a35453a58932';
const argsOf = (line: string): string[] => line.replaceAll('ID', ID).split(' ');

test('containerd-shim-runc-v2 of Docker and of CRI', () => {
  const docker = '/usr/bin/containerd-shim-runc-v2 -namespace moby -id ID -address /run/containerd/containerd.sock';
  assert.deepEqual(parseShimArgs(argsOf(docker)), { containerId: ID, namespace: 'moby', role: 'serve' });
  const cri = docker.replace('moby', 'k8s.io');
  assert.equal(parseShimArgs(argsOf(cri))?.namespace, 'k8s.io');
});

test('its helpers, which end at once when all is well', () => {
  const base = '/usr/bin/containerd-shim-runc-v2 -namespace k8s.io -address /run/containerd/containerd.sock -id ID';
  assert.equal(parseShimArgs(argsOf(`${base} start`))?.role, 'start');
  assert.equal(parseShimArgs(argsOf(`${base} -bundle /run/x delete`))?.role, 'delete');
});

test('containerd-shim of containerd 1.x names the container by its working directory', () => {
  const line =
    'containerd-shim -namespace moby -workdir /var/lib/containerd/io.containerd.runtime.v1.linux/moby/ID -address /run/containerd/containerd.sock -containerd-binary /usr/bin/containerd -runtime-root /var/run/docker/runtime-runc';
  assert.deepEqual(parseShimArgs(argsOf(line)), { containerId: ID, namespace: 'moby', role: 'serve' });
});

test('docker-containerd-shim before containerd 1.0', () => {
  const line = 'docker-containerd-shim ID /var/run/docker/libcontainerd/ID docker-runc';
  assert.deepEqual(parseShimArgs(argsOf(line)), { containerId: ID, namespace: null, role: 'serve' });
});

test('conmon of CRI-O', () => {
  const line =
    '/usr/bin/conmon -b /run/containers/storage/overlay-containers/ID/userdata -c ID --exit-dir /run/crio/exits -l /var/log/pods/x/0.log --log-level info -n k8s_app_web_default_u_0 -P /run/conmon-pidfile -p /run/pidfile --persist-dir /run/persist -r /usr/bin/runc --runtime-arg --root=/run/runc --socket-dir-path /run/crio -s -u ID';
  assert.deepEqual(parseShimArgs(argsOf(line)), { containerId: ID, namespace: null, role: 'serve' });
});

test('what names no container is no shim', () => {
  assert.equal(parseShimArgs([]), null);
  assert.equal(parseShimArgs(argsOf('docker-containerd --config /var/run/docker/containerd/containerd.toml')), null);
  assert.equal(parseShimArgs(argsOf('docker-containerd -c /etc/containerd.toml')), null);
});

test('no command line makes it throw', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (args) => {
      parseShimArgs(args);
    }),
  );
});

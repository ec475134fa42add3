import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { containerOf, containerOfPath, parseCgroup } from './cgroup.ts';

const ID = '9b73757ef84a7117e44cf8fc738cee132622032020caf21c6da9a35453a58932';
const OUTER = 'aef989516e4fd6604bce174e0ff0abc95a4f653a55a6a8f4b80caafb2361b995';
const UID = '0b1f9c5e-8d3a-4c59-9d0e-6f1b2a3c4d5e';
const UID_SYSTEMD = UID.replaceAll('-', '_');

// Layouts by driver and runtime: pkg/kubelet/cm/cgroup_manager_linux.go (names of slices),
// containerd pkg/cri/server/helpers_linux.go (getCgroupsPath), moby daemon/oci_linux.go, cri-o internal/config/cgmgr.
const LAYOUTS: readonly (readonly [path: string, podUid: string | null])[] = [
  [`/docker/${ID}`, null],
  [`/system.slice/docker-${ID}.scope`, null],
  [`/kubepods/burstable/pod${UID}/${ID}`, UID],
  [`/kubepods/pod${UID}/${ID}`, UID],
  [`/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${UID_SYSTEMD}.slice/docker-${ID}.scope`, UID],
  [`/kubepods.slice/kubepods-pod${UID_SYSTEMD}.slice/cri-containerd-${ID}.scope`, UID],
  [`/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${UID_SYSTEMD}.slice/crio-${ID}.scope`, UID],
  [`/kubepods.slice/kubepods-pod${UID_SYSTEMD}.slice/crio-${ID}.scope/container`, UID],
  [`/system.slice/containerd.service/kubepods-burstable-pod${UID_SYSTEMD}.slice:cri-containerd:${ID}`, UID],
  [`/kubepods/burstable/pod${UID}/crio-${ID}`, UID],
  [`/machine.slice/libpod-${ID}.scope`, null],
  [`/default/${ID}`, null],
  // A static pod's uid is a hash.
  [`/kubepods/burstable/pod00112233445566778899aabbccddeeff/${ID}`, '00112233445566778899aabbccddeeff'],
];

for (const [path, podUid] of LAYOUTS) {
  test(`a container is read from ${path.replaceAll(ID, 'ID').replaceAll(UID_SYSTEMD, 'UID').replaceAll(UID, 'UID')}`, () => {
    const found = containerOfPath(path);
    assert.equal(found?.containerId, ID);
    assert.equal(found?.podUid, podUid);
  });
}

test('what a container makes below its cgroup is not part of its path', () => {
  const found = containerOfPath(`/docker/${ID}/init.scope/x`);
  assert.equal(found?.path, `/docker/${ID}`);
});

test('of nested containers the innermost counts', () => {
  const found = containerOfPath(`/docker/${OUTER}/kubelet/kubepods/besteffort/pod${UID}/${ID}`);
  assert.deepEqual(found, {
    containerId: ID,
    podUid: UID,
    path: `/docker/${OUTER}/kubelet/kubepods/besteffort/pod${UID}/${ID}`,
  });
});

test('monitors, slices and daemons are no containers', () => {
  const others = [
    '/',
    '/system.slice/docker.service',
    `/system.slice/crio-conmon-${ID}.scope`,
    `/machine.slice/libpod-conmon-${ID}.scope`,
    `/kubepods/burstable/pod${UID}`,
    `/kubepods.slice/kubepods-pod${UID_SYSTEMD}.slice`,
    `/docker/${ID.slice(1)}`,
    '/user.slice/user-1000.slice/session-1.scope',
  ];
  for (const path of others) assert.equal(containerOfPath(path), null, path);
});

test('hybrid: a dead leader is at / in every v1 hierarchy, and only v2 still tells', () => {
  const text = `9:name=systemd:/\n6:freezer:/\n4:memory:/\n1:cpu:/\n0::/docker/${ID}\n`;
  const lines = parseCgroup(text);
  assert.equal(lines.length, 5);
  assert.deepEqual(lines[0], { hierarchy: 9, controllers: ['name=systemd'], path: '/' });
  assert.equal(containerOf(lines)?.containerId, ID);
  assert.equal(containerOf(parseCgroup('9:name=systemd:/\n0::/\n')), null);
});

test('v2, and a cgroup that has been removed under its process', () => {
  assert.equal(containerOf(parseCgroup(`0::/docker/${ID} (deleted)\n`))?.containerId, ID);
  assert.deepEqual(parseCgroup('0::/a:b\n'), [{ hierarchy: 0, controllers: [], path: '/a:b' }]);
});

test('no text makes it throw, and what it finds is always 64 hexadecimal digits', () => {
  const segment = fc.oneof(fc.constant(ID), fc.stringMatching(/^[a-z0-9:._-]{0,80}$/));
  fc.assert(
    fc.property(fc.array(segment), (segments) => {
      const found = containerOf(parseCgroup(`0::/${segments.join('/')}\n`));
      if (found) assert.match(found.containerId, /^[0-9a-f]{64}$/);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      containerOf(parseCgroup(text));
    }),
  );
});

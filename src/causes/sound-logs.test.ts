import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnoseTexts } from '../../test/support/text-case.ts';

const ID = '64727a3e9a194101ac2491a955f0bba330e466ddd7df5bbcd3b2bb67226c3770';
const containerd = (level: string, rest: string) =>
  `Nov 24 06:00:00 n containerd[650]: time="2026-11-24T06:00:00.081521590Z" level=${level} ${rest}`;
const kubelet = (rest: string) => `Nov 24 06:00:01 n kubelet[900]: E1124 06:00:01.248428     900 ${rest}`;

/** What sound nodes log as well: each looks like a fault and is none. */
const SOUND: Readonly<Record<string, string>> = {
  'containerd skips what it was not given': containerd(
    'info',
    'msg="skip loading plugin \\"io.containerd.snapshotter.v1.devmapper\\"..." error="devmapper not configured: skip plugin"',
  ),
  'containerd has no CNI configuration while it starts': containerd(
    'error',
    'msg="failed to load cni during init, please check CRI plugin status before setting up network for pods" error="cni config load failed"',
  ),
  'a probe meets a container that ends': kubelet(
    `remote_runtime.go:496] "ExecSync cmd from runtime service failed" err="rpc error: code = NotFound desc = failed to exec in container: failed to load task: no running task found: task ${ID} not found: not found" containerID="${ID}"`,
  ),
  'a probe’s command is too slow': kubelet(
    `remote_runtime.go:496] "ExecSync cmd from runtime service failed" err="rpc error: code = DeadlineExceeded desc = failed to exec in container: timeout 1s exceeded: context deadline exceeded" containerID="${ID}"`,
  ),
  'a container’s command is not in its image': kubelet(
    'kuberuntime_manager.go:1058] container start failed: failed to create containerd task: OCI runtime create failed: exec: "nginxx": executable file not found in $PATH: unknown',
  ),
  'an application panics in its own log': 'panic: runtime error: invalid memory address or nil pointer dereference',
  'a pod asks for a runtime handler that is not there': containerd(
    'error',
    'msg="RunPodSandbox failed" error="failed to get sandbox runtime: no runtime for \\"kata\\" is configured"',
  ),
  'cAdvisor looks for a container that has just gone': kubelet(
    'manager.go:1106] Failed to create existing container: /kubepods/besteffort/pod7/d91: failed to identify the read-write layer ID for container "d91"',
  ),
};

for (const [what, line] of Object.entries(SOUND)) {
  test(`no fault of the node: ${what}`, () => {
    const { verdict } = diagnoseTexts(Array.from({ length: 8 }, () => line).join('\n'));
    assert.equal(verdict?.cause ?? null, null, verdict?.summary.en ?? '');
  });
}

test('no fault of the node: one runc in a list of processes, nothing waiting for it', () => {
  const list = `  PID  PPID STAT ELAPSED COMMAND
 1200     1 Sl   01:23:45 /usr/bin/containerd-shim-runc-v2 -namespace k8s.io -id ${ID} -address /run/containerd/containerd.sock
 1234  1200 Sl      00:00 runc --root /run/containerd/runc/k8s.io exec --process /tmp/p --detach ${ID}`;
  assert.equal(diagnoseTexts(list).verdict, null);
});

test('no fault of the node: a dump in which a daemon merely listens', () => {
  const dump = `goroutine 1 [chan receive, 2031 minutes]:
github.com/containerd/containerd/cmd/containerd/command.App.func1(0xc420532000)
	/go/main.go:312 +0x1234

goroutine 30 [IO wait, 2031 minutes]:
github.com/containerd/containerd/vendor/google.golang.org/grpc.(*Server).Serve(0xc420532100)
	/go/server.go:552 +0x1`;
  assert.equal(diagnoseTexts(dump).verdict, null);
});

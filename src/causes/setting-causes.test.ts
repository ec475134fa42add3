import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder, CONTAINERD } from '../../test/support/case.ts';
import { diagnoseTexts } from '../../test/support/text-case.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import type { Cause } from './cause.ts';
import { KUBELET_SETTINGS } from './kubelet-misconfigured/settings.ts';
import { kubeletMisconfigured } from './kubelet-misconfigured.ts';
import { RUNTIME_SETTINGS } from './runtime-misconfigured/settings.ts';
import { runtimeMisconfigured } from './runtime-misconfigured.ts';

function assess(cause: Cause, given: CaseBuilder) {
  const view = new CaseView(given.build());
  const assessment = cause.assess(view);
  return { ...assessment, remedies: cause.remedies(view, assessment) };
}

const MINUTE = 60_000;
const SWAP = 'failed to run Kubelet: running with swap on is not supported, please disable swap!';
const failed = (line: string, agoMs = MINUTE) => aCase().logged('kubelet-failed', agoMs, { line });
const healthy = (given: CaseBuilder) =>
  given
    .kubelet('v1.34.1')
    .fact(
      { type: 'kubelet-healthz', endpoint: 'http://127.0.0.1:10248/healthz', outcome: 'ok', body: 'ok', tookMs: 5 },
      [entityId.component('kubelet', 900)],
    );

test('kubelet settings: its own last word names the setting, and what puts it right comes first', () => {
  const found = assess(kubeletMisconfigured, failed(SWAP));
  assert.equal(found.status, 'confirmed');
  assert.match(found.summary?.en ?? '', /swap is on/);
  assert.deepEqual(found.remedies.map((r) => [r.action, r.works]).slice(0, 2), [
    ['correct-setting', true],
    ['restart-kubelet', false],
  ]);
});

test('kubelet settings: a reason that is no setting is none', () => {
  assert.equal(
    assess(kubeletMisconfigured, failed('failed to run Kubelet: could not init cloud provider')).status,
    'not-examined',
  );
});

test('kubelet settings: an old line, or one before the kubelet ran, does not count', () => {
  assert.equal(assess(kubeletMisconfigured, failed(SWAP, 30 * MINUTE)).status, 'not-examined');
  const since = failed(SWAP, 2 * MINUTE).logged('kubelet-started', MINUTE, { line: 'Starting kubelet main sync loop' });
  assert.equal(assess(kubeletMisconfigured, since).status, 'not-examined');
});

test('kubelet settings: a kubelet that runs and answers has none that stops it', () => {
  assert.equal(assess(kubeletMisconfigured, healthy(failed(SWAP))).status, 'possible');
  assert.equal(assess(kubeletMisconfigured, healthy(aCase())).status, 'ruled-out');
  assert.equal(assess(kubeletMisconfigured, aCase().gap('kubelet', 'absent')).status, 'ruled-out');
});

test('kubelet settings: a bootstrap kubeconfig is missed because the certificate expired', () => {
  const line =
    'failed to run Kubelet: unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf';
  assert.equal(assess(kubeletMisconfigured, failed(line)).status, 'likely');
  assert.equal(assess(kubeletMisconfigured, failed(line).logged('certificate-expired', MINUTE)).status, 'not-examined');
});

test('kubelet settings explain a kubelet that systemd restarts for ever', () => {
  const log = (message: string) =>
    `Jun 01 23:15:23 jetson kubelet[24037]: E0601 23:15:23.090909   24037 run.go:74] "command failed" err="${message}"`;
  const unit = 'Jun 01 23:15:33 jetson systemd[1]: kubelet.service: Scheduled restart job, restart counter is at 2191.';
  const texts: readonly (readonly [string, RegExp])[] = [
    ['failed to parse kubelet flag: unknown flag: --network-plugin', /does not exist in this version/],
    [
      'failed to validate kubelet configuration, error: kubelet is configured to not run on a host using cgroup v1. x',
      /cgroup v1/,
    ],
    [
      'failed to load kubelet config file, error: failed to load Kubelet config file /var/lib/kubelet/config.yaml',
      /configuration file/,
    ],
  ];
  for (const [message, summary] of texts) {
    const { verdict } = diagnoseTexts(`${log(message)}\n${unit}`);
    assert.equal(verdict?.cause, 'kubelet-misconfigured', message);
    assert.match(verdict.summary.en, summary);
  }
});

test('a kubelet that refuses a runtime without CRI: the runtime is to be set right', () => {
  const { verdict } = diagnoseTexts(
    'Jun 01 23:15:23 n kubelet[24037]: E0601 23:15:23.090909   24037 run.go:74] "command failed" err="failed to run Kubelet: validate service connection: CRI v1 runtime API is not implemented for endpoint \\"unix:///run/containerd/containerd.sock\\": rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService"',
  );
  assert.equal(verdict?.cause, 'runtime-misconfigured');
});

const CGROUPS =
  'RunPodSandbox from runtime service failed: OCI runtime create failed: expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups, got "/kubepods/x" instead: unknown';

test('runtime settings: the error of each sandbox names it', () => {
  const found = assess(runtimeMisconfigured, aCase().logged('runtime-misconfigured', MINUTE, { line: CGROUPS }));
  assert.equal(found.status, 'confirmed');
  assert.match(found.remedies[0]?.title.en ?? '', /same cgroup driver/);
  assert.equal(
    assess(runtimeMisconfigured, aCase().logged('runtime-misconfigured', 30 * MINUTE, { line: CGROUPS })).status,
    'not-examined',
  );
});

test('runtime settings: a pod that asks for a handler that is not there says nothing of the node', () => {
  const line = 'failed to get sandbox runtime: no runtime for "nvidia" is configured';
  assert.equal(
    assess(runtimeMisconfigured, aCase().logged('runtime-misconfigured', MINUTE, { line })).status,
    'possible',
  );
});

test('runtime settings: a sandbox image whose registry does not answer may be the right one', () => {
  const status = (why: string) => {
    const line = `failed to get sandbox image "registry.example/pause:3.9": failed to pull image: ${why}`;
    return assess(runtimeMisconfigured, aCase().logged('runtime-misconfigured', MINUTE, { line })).status;
  };
  assert.equal(status('dial tcp 10.1.2.3:443: i/o timeout'), 'likely');
  assert.equal(status('registry.example/pause:3.9: not found'), 'confirmed');
});

const condition = (given: CaseBuilder) =>
  given.fact({ type: 'runtime-condition', condition: 'RuntimeReady', status: true, reason: '', message: '' }, [
    entityId.engine('cri', CONTAINERD),
  ]);

test('runtime settings: a runtime that says it is ready is set up right', () => {
  const ready = () => condition(aCase().engine('cri').answers());
  assert.equal(assess(runtimeMisconfigured, ready()).status, 'ruled-out');
  assert.equal(
    assess(runtimeMisconfigured, ready().logged('runtime-misconfigured', MINUTE, { line: CGROUPS })).status,
    'possible',
  );
});

test('runtime settings: nobody at the kubelet’s endpoint while another runtime answers at its own', () => {
  const STRAY = 'unix:///run/crio/crio.sock';
  const refused = { errorCode: 'ENOENT' };
  const given = aCase()
    .engine('cri', STRAY)
    .call('version', 'error', refused)
    .call('list', 'error', refused)
    .engine('cri', CONTAINERD)
    .answers()
    .kubelet('v1.34.1', null, { runtimeEndpoint: STRAY });
  const found = assess(runtimeMisconfigured, given);
  assert.equal(found.status, 'likely');
  assert.deepEqual(found.subjects, [entityId.engine('cri', STRAY)]);
});

test('every setting has words in both languages, and an id of its own', () => {
  for (const table of [KUBELET_SETTINGS, RUNTIME_SETTINGS]) {
    assert.equal(new Set(table.map((s) => s.id)).size, table.length);
    for (const { what, cure } of table) {
      for (const text of [what, cure]) assert.ok(text.en !== '' && /[\u4e00-\u9fff]/.test(text.zh));
      assert.doesNotMatch(what.en, /\.$/);
    }
  }
});

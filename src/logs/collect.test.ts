import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectSignals } from './collect.ts';
import { liveClock } from './formats/dates.ts';
import { parseLogLine } from './formats/log-line.ts';

const NOW = new Date(2023, 6, 3, 20, 10, 0).getTime();

function collect(text: string) {
  return collectSignals(
    text
      .trim()
      .split('\n')
      .map((line) => parseLogLine(line, liveClock(NOW))),
    'kubelet',
  );
}

// From a node of 1.20 that flapped every four minutes for one container.
const FLAP = `
Jul 03 20:02:25 w kubelet[1946644]: E0703 20:02:25.989898 1946644 kubelet.go:1879] skipping pod synchronization - PLEG is not healthy: pleg was last seen active 3m0.135142317s ago; threshold is 3m0s
Jul 03 20:02:26 w kubelet[1946644]: E0703 20:02:26.090013 1946644 kubelet.go:1879] skipping pod synchronization - PLEG is not healthy: pleg was last seen active 3m0.235263643s ago; threshold is 3m0s
Jul 03 20:02:27 w kubelet[1946644]: E0703 20:02:27.490434 1946644 kubelet.go:1879] skipping pod synchronization - PLEG is not healthy: pleg was last seen active 3m1.63566563s ago; threshold is 3m0s
Jul 03 20:02:28 w kubelet[1946644]: I0703 20:02:28.966272 1946644 kubelet_node_status.go:486] Recording NodeNotReady event message for node w
Jul 03 20:02:28 w kubelet[1946644]: I0703 20:02:28.966300 1946644 setters.go:559] Node became not ready: {Type:Ready Status:False LastHeartbeatTime:2023-07-03 20:02:28.966255129 +0800 CST m=+7095087.092396567 LastTransitionTime:2023-07-03 20:02:28.966255129 +0800 CST m=+7095087.092396567 Reason:KubeletNotReady Message:PLEG is not healthy: pleg was last seen active 3m3.111515826s ago; threshold is 3m0s}
Jul 03 20:03:25 w kubelet[1946644]: E0703 20:03:25.881543 1946644 remote_runtime.go:295] ContainerStatus "bdf4dc0af526a317e248c994719eabb233a9db337d535351a277b1b324cf5fec" from runtime service failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded
Jul 03 20:06:26 w kubelet[1946644]: E0703 20:06:26.989827 1946644 kubelet.go:1879] skipping pod synchronization - PLEG is not healthy: pleg was last seen active 3m0.108053792s ago; threshold is 3m0s
Jul 03 20:06:30 w kubelet[1946644]: I0703 20:06:30.616041 1946644 kubelet_node_status.go:486] Recording NodeNotReady event message for node w
`;

test('a flap is told once per relist and transition', () => {
  assert.deepEqual(
    collect(FLAP).map(({ at, fact }) => [new Date(at).toTimeString().slice(0, 8), fact.signal]),
    [
      ['20:02:25', 'pleg-unhealthy'],
      ['20:02:27', 'pleg-unhealthy'],
      ['20:02:28', 'node-became-not-ready'],
      ['20:03:25', 'runtime-call-timeout'],
      ['20:06:26', 'pleg-unhealthy'],
      ['20:06:30', 'node-became-not-ready'],
    ],
  );
});

test('the period between the two transitions can be read off', () => {
  const [first, second] = collect(FLAP).filter((s) => s.fact.signal === 'node-became-not-ready');
  assert.equal(Math.round(((second?.at ?? 0) - (first?.at ?? 0)) / 1000), 242);
});

test('a container that fails again and again is told by its last three lines', () => {
  const fail = (second: number) =>
    `E0703 20:00:${String(second).padStart(2, '0')}.000000 7 remote_runtime.go:295] ContainerStatus "${'a'.repeat(64)}" from runtime service failed: rpc error: code = DeadlineExceeded desc = x`;
  const found = collect(Array.from({ length: 30 }, (_, i) => fail(i)).join('\n'));
  assert.deepEqual(
    found.map((s) => new Date(s.at).getSeconds()),
    [27, 28, 29],
  );
});

test('a restart loop keeps each start, told twice or not', () => {
  const start = (minute: number, pid: number) => [
    `I0703 20:0${minute}:00.000000 ${pid} server.go:440] "Kubelet version" kubeletVersion="v1.23.1"`,
    `I0703 20:0${minute}:02.000000 ${pid} kubelet.go:1991] "Starting kubelet main sync loop"`,
  ];
  const found = collect([...start(1, 100), ...start(2, 200), ...start(3, 300)].join('\n'));
  assert.equal(found.length, 3);
});

test('a line without a time takes the time of the line before it', () => {
  const found = collect(`I0703 20:00:00.000000 7 server.go:1] x\n  certificate has expired or is not yet valid`);
  assert.equal(found[0]?.at, new Date(2023, 6, 3, 20, 0, 0).getTime());
  assert.deepEqual(collect('certificate has expired or is not yet valid'), []);
});

const never = (minute: number, second: number) =>
  `E0703 20:0${minute}:${String(second).padStart(2, '0')}.000000 7 kubelet.go:1879] skipping pod synchronization - [container runtime status check may not have completed yet, PLEG is not healthy: pleg has yet to be successful]`;

test('what every kubelet says while it starts is no symptom, however often it was restarted', () => {
  assert.deepEqual(collect([never(0, 1), never(0, 2), never(5, 1), never(5, 3)].join('\n')), []);
});

test('a kubelet whose first relist does not come says so on and on', () => {
  const lines = Array.from({ length: 12 }, (_, i) => never(0, i * 5));
  const found = collect(lines.join('\n'));
  assert.deepEqual(
    found.map((s) => [s.fact.signal, s.fact.ageMs, new Date(s.at).getSeconds()]),
    [
      ['pleg-unhealthy', null, 0],
      ['pleg-unhealthy', null, 55],
    ],
  );
});

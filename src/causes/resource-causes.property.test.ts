import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ResourceCase } from '../../test/support/resource-case.ts';
import { entityId } from '../evidence/entity.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Cause } from './cause.ts';
import { cpuStarvation } from './cpu-starvation.ts';
import { diskFull } from './disk-full.ts';
import { ioSaturation } from './io-saturation.ts';
import { memoryPressure } from './memory-pressure.ts';
import { pidExhaustion } from './pid-exhaustion.ts';

const CAUSES: readonly Cause[] = [cpuStarvation, ioSaturation, memoryPressure, diskFull, pidExhaustion];

const LOG_MOUNT = entityId.mount('host', '8:1', '/var/log');
const amount = fc.oneof(
  fc.nat(20),
  fc.maxSafeNat(),
  fc.nat(1_000_000).map((n) => n / 1000),
);
const percent = fc.double({ min: 0, max: 100, noNaN: true });
const averages = fc.record({ avg10: percent, avg60: percent, avg300: percent });
type Step = (node: ResourceCase) => void;

const load: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constantFrom('cpu', 'memory', 'io'), averages).map(
    ([r, a]): Step =>
      (n) =>
        n.pressure(r, a),
  ),
  fc.tuple(fc.constantFrom('memory', 'io'), averages).map(
    ([r, a]): Step =>
      (n) =>
        n.pressure(r, a, n.dockerCgroup),
  ),
  fc.nat(10).map(
    (p): Step =>
      (n) =>
        n.cpuQuota(p),
  ),
  fc.tuple(amount, amount).map(
    ([a, b]): Step =>
      (n) =>
        n.scheduled(a, b),
  ),
  fc.tuple(percent, percent).map(
    ([busy, steal]): Step =>
      (n) =>
        n.fact({ type: 'cpu', windowMs: 1000, busy: busy / 100, iowait: 0, steal: steal / 100 }, []),
  ),
  fc
    .record({ awaitMs: fc.option(amount), completed: amount, inFlight: amount, writtenBytes: amount, windowMs: amount })
    .map(
      (d): Step =>
        (n) =>
          n.diskBusy(d),
    ),
  fc.tuple(fc.option(amount), fc.option(amount)).map(
    ([readBps, writeIops]): Step =>
      (n) =>
        n.fact({ type: 'cgroup-io', device: '8:16', readBps, writeBps: null, readIops: null, writeIops }, [
          n.dockerCgroup,
        ]),
  ),
  fc
    .record({
      totalBytes: amount,
      availableBytes: amount,
      directReclaims: amount,
      majorFaults: amount,
      windowMs: amount,
    })
    .map(
      (m): Step =>
        (n) =>
          n.memory(m),
    ),
  fc.tuple(amount, fc.option(amount), fc.option(amount)).map(
    ([usedBytes, limitBytes, hits]): Step =>
      (n) =>
        n.fact({ type: 'cgroup-memory', usedBytes, limitBytes, windowMs: 1000, hits, oomKills: null }, [
          n.dockerCgroup,
        ]),
  ),
  fc.tuple(fc.constantFrom('java', 'dockerd', 'containerd-shim'), amount).map(
    ([t, ago]): Step =>
      (n) =>
        n.oomKill(t, ago),
  ),
  fc
    .record({
      used: amount,
      max: fc.option(amount),
      resource: fc.constantFrom('pids', 'threads', 'open-files', 'inotify-instances'),
    })
    .map(
      (l): Step =>
        (n) =>
          n.limit(l),
    ),
  fc
    .record({
      totalBytes: fc.option(amount),
      availableBytes: fc.option(amount),
      inodes: fc.option(amount),
      inodesFree: fc.option(amount),
    })
    .map(
      (s): Step =>
        (n) =>
          n.room({ ...s, roles: ['log'] }, LOG_MOUNT),
    ),
);
const quick: fc.Arbitrary<Step> = fc.nat(900).map(
  (ms): Step =>
    (n) =>
      n.calls(ms),
);
const anyCall: fc.Arbitrary<Step> = fc.nat(12_000).map(
  (ms): Step =>
    (n) =>
      n.calls(ms),
);
const gap: fc.Arbitrary<Step> = fc
  .tuple(fc.constantFrom('pressure', 'disks', 'cgroups', 'docker'), fc.constantFrom('absent', 'failed', 'budget'))
  .map(
    ([topic, why]): Step =>
      (n) =>
        n.gap(topic, why),
  );

function nodeOf(steps: readonly Step[]): CaseView {
  const node = new ResourceCase();
  for (const step of steps) step(node);
  return node.view();
}

/** What holds of every assessment, whatever the case. */
function checkHonest(cause: Cause, view: CaseView): void {
  const found = cause.assess(view);
  for (const { observation, text } of [...found.evidence, ...found.against]) {
    assert.ok(view.observation(observation), observation);
    assert.doesNotMatch(text.en + text.zh, /NaN|undefined|null|Infinity/);
  }
  assert.ok(found.confidence >= 0 && found.confidence <= 1);
  const reasons = { 'ruled-out': found.against, 'not-examined': found.missing, confirmed: found.subjects };
  for (const [status, why] of Object.entries(reasons)) {
    if (found.status === status) assert.ok(why.length > 0, `${cause.id} is ${status} for no reason`);
  }
  assert.equal(found.summary === null, found.status === 'ruled-out' || found.status === 'not-examined');
  for (const remedy of cause.remedies(view, found)) assert.ok(remedy.why.en && remedy.why.zh);
}

describe('resource causes, whatever the numbers', () => {
  it('never throw, cite only what was observed, and give a reason for every status', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(load, anyCall, gap), { maxLength: 12 }), (steps) => {
        const view = nodeOf(steps);
        for (const cause of CAUSES) checkHonest(cause, view);
      }),
    );
  });

  it('never hold load against a node whose runtime answers quickly and lost no daemon', () => {
    fc.assert(
      fc.property(fc.array(load, { maxLength: 12 }), quick, (steps, answers) => {
        const view = nodeOf([...steps, answers]);
        for (const cause of CAUSES) assert.notEqual(cause.assess(view).status, 'confirmed', cause.id);
      }),
    );
  });
});

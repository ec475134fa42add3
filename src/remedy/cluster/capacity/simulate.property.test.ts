import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { node, pod } from '../../../../test/support/remedy/samples.ts';
import { placesOf } from './place.ts';
import { emptiest, type Simulation, simulate } from './simulate.ts';

const hostname = 'kubernetes.io/hostname';
const app = fc.constantFrom('web', 'db');
const cpu = fc.integer({ min: 0, max: 40 }).map((n) => `${n}00m`);

const nodes = fc.array(
  fc.record({
    cpu,
    pods: fc.integer({ min: 0, max: 4 }),
    zone: fc.constantFrom('a', 'b'),
    unschedulable: fc.boolean(),
  }),
  { maxLength: 6 },
);

const pods = fc.array(
  fc.record({ app, cpu, port: fc.option(fc.constantFrom(80, 81)), shuns: fc.option(app), priority: fc.nat(2) }),
  { maxLength: 12 },
);

const world = fc.record({ nodes, pods, there: pods });

function run({ nodes: given, pods: queue, there }: typeof world extends fc.Arbitrary<infer T> ? T : never): Simulation {
  const all = given.map((n, i) =>
    node(`n${i}`, {
      labels: { zone: n.zone },
      spec: { unschedulable: n.unschedulable },
      allocatable: { cpu: n.cpu, pods: String(n.pods) },
    }),
  );
  const make = (p: (typeof queue)[number], name: string, on: string) => {
    const term = { labelSelector: { matchLabels: { app: p.shuns } }, topologyKey: hostname };
    const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
    const ports = p.port === null ? [] : [{ hostPort: p.port }];
    const containers = [{ ports, resources: { requests: { cpu: p.cpu } } }];
    const spec = { nodeName: on, containers, priority: p.priority, ...(p.shuns === null ? {} : { affinity }) };
    return pod(name, { metadata: { labels: { app: p.app } }, spec });
  };
  const standing = there.slice(0, all.length).map((p, i) => make(p, `there-${i}`, `n${i}`));
  return simulate(
    placesOf(all, standing),
    queue.map((p, i) => make(p, `p${i}`, '')),
    { claims: [], volumes: [] },
    'n0',
    emptiest,
  );
}

test('every pod is placed once or not at all, none on the node that is emptied or on one that is cordoned', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { placed, unplaced, places } = run(given);
      assert.equal(placed.length + unplaced.length, given.pods.length);
      const names = [...placed, ...unplaced].map(({ pod: p }) => p.name);
      assert.equal(new Set(names).size, names.length);
      for (const { node: on } of placed) {
        const place = places.find((p) => p.node.name === on);
        assert.ok(on !== 'n0' && place?.node.unschedulable === false);
      }
    }),
  );
});

test('no placement ever takes a node beyond what it has', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { placed, places } = run(given);
      for (const { node: n, requested, pods: on } of places) {
        if (!placed.some((p) => p.node === n.name)) continue;
        assert.ok(on.length <= (n.allocatable.pods ?? 0));
        const asksForCpu = placed.some((p) => p.node === n.name && (p.pod.needs.requests.cpu ?? 0) > 0);
        assert.ok(!asksForCpu || (requested.cpu ?? 0) <= (n.allocatable.cpu ?? 0));
        assert.equal(
          requested.cpu ?? 0,
          on.reduce((sum, p) => sum + (p.needs.requests.cpu ?? 0), 0),
        );
      }
    }),
  );
});

test('no placement puts a pod beside one that either shuns, or a port where it is in use', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { placed, places } = run(given);
      for (const { pod: p, node: on } of placed) {
        const others = places.find((place) => place.node.name === on)?.pods.filter((o) => o.uid !== p.uid) ?? [];
        for (const other of others) {
          const shuns = (a: typeof p, b: typeof p) =>
            a.needs.antiAffinity.some((t) => t.selector?.[0]?.values.includes(b.labels.app ?? ''));
          assert.ok(!shuns(p, other) && !shuns(other, p));
          assert.ok(!p.needs.hostPorts.some((a) => other.needs.hostPorts.some((b) => a.port === b.port)));
        }
      }
    }),
  );
});

test('what is not placed is refused by every other node, each for one reason', () => {
  fc.assert(
    fc.property(world, (given) => {
      for (const { refusals } of run(given).unplaced) {
        const others = Math.max(0, given.nodes.length - 1);
        assert.equal(
          refusals.reduce((sum, r) => sum + r.nodes, 0),
          others,
        );
      }
    }),
  );
});

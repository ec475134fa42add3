import fc from 'fast-check';

/** Nodes that differ in all that the scheduler asks. No node can be short of two resources, which would be told twice. */
export const NODES = [
  fake('emptied', { zone: 'a' }, '4'),
  fake('small', { zone: 'a', disk: 'ssd' }, '1'),
  fake('large', { zone: 'b' }, '8'),
  { ...fake('full-of-pods', { zone: 'b', disk: 'ssd' }, '64'), pods: '1' },
  fake('unzoned', {}, '4'),
  { ...fake('gpu', { zone: 'c' }, '4'), taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] },
  {
    ...fake('control-plane', { zone: 'c', 'node-role.kubernetes.io/master': '' }, '4'),
    taints: [{ key: 'node-role.kubernetes.io/master', value: '', effect: 'NoSchedule' }],
  },
  { ...fake('cordoned', { zone: 'c', disk: 'ssd' }, '4'), unschedulable: true },
].map(({ pods, cpu, ...node }) => ({ ...node, allocatable: { cpu, memory: '64Gi', pods } }));

function fake(name: string, labels: Readonly<Record<string, string>>, cpu: string) {
  return { name, labels, cpu, pods: '110' };
}

const APPS = ['web', 'db', 'cache'] as const;
const KEYS = ['kubernetes.io/hostname', 'zone', 'disk'] as const;
const app = fc.constantFrom(...APPS);
const selector = app.map((value) => ({ matchLabels: { app: value } }));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 });
const podTerm = fc.record({ labelSelector: selector, topologyKey: fc.constantFrom(...KEYS) });
const podTerms = podTerm.map((term) => ({ requiredDuringSchedulingIgnoredDuringExecution: [term] }));

const nodeTerms = fc.constantFrom(
  [{ key: 'zone', operator: 'In', values: ['a', 'b'] }],
  [{ key: 'zone', operator: 'NotIn', values: ['b'] }],
  [{ key: 'disk', operator: 'Exists' }],
  [{ key: 'disk', operator: 'DoesNotExist' }],
);

const spread = fc.record({
  maxSkew: fc.constantFrom(1, 2),
  topologyKey: fc.constantFrom(...KEYS),
  whenUnsatisfiable: fc.constant('DoNotSchedule'),
  labelSelector: selector,
});

const tolerations = fc.constantFrom(
  [{ key: 'gpu', operator: 'Exists' }],
  [{ key: 'gpu', operator: 'Equal', value: 'no' }],
  [{ key: 'node-role.kubernetes.io/master', operator: 'Exists', effect: 'NoSchedule' }],
  [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' }],
  [{ operator: 'Exists' }],
);

/** What a pod may ask for, a part of it each time. */
const wish = fc.record({
  app,
  cpu: fc.constantFrom('0', '100m', '700m', '2', '3500m'),
  init: maybe(fc.constantFrom('500m', '5')),
  hostPort: maybe(fc.constantFrom(8080, 9090)),
  nodeSelector: maybe(fc.constantFrom({ disk: 'ssd' }, { zone: 'c' }, { disk: 'none' })),
  terms: maybe(nodeTerms),
  near: maybe(podTerms),
  apart: maybe(podTerms),
  spread: maybe(spread),
  tolerations: maybe(tolerations),
});

/** The same pods each time, so that what fails can be looked at. */
export function samplePods(count: number, seed: number): readonly Readonly<Record<string, unknown>>[] {
  return fc.sample(wish, { numRuns: count, seed }).map((w, i) => podOf(`pod-${i}`, w));
}

type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never;

function podOf(name: string, w: Wish) {
  const ports = w.hostPort === undefined ? [] : [{ containerPort: w.hostPort, hostPort: w.hostPort }];
  const requests = (cpu: string) => ({ requests: { cpu, memory: '10Mi' } });
  const nodeAffinity = w.terms && {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: w.terms }] },
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { app: w.app } },
    spec: {
      automountServiceAccountToken: false,
      containers: [{ name: 'c', image: 'none', ports, resources: requests(w.cpu) }],
      initContainers: w.init === undefined ? [] : [{ name: 'i', image: 'none', resources: requests(w.init) }],
      nodeSelector: w.nodeSelector,
      affinity: { nodeAffinity, podAffinity: w.near, podAntiAffinity: w.apart },
      topologySpreadConstraints: w.spread === undefined ? [] : [w.spread],
      tolerations: w.tolerations,
    },
  };
}

const NODE = { 'kubernetes.io/hostname': 'emptied' };

/** A pod's template on the node that is emptied. */
function template(app: string, more: { labels?: object; finalizers?: readonly string[]; spec?: object } = {}) {
  return {
    metadata: { labels: { app, ...more.labels }, finalizers: more.finalizers },
    spec: {
      nodeSelector: NODE,
      automountServiceAccountToken: false,
      containers: [{ name: 'c', image: 'none' }],
      ...more.spec,
    },
  };
}

function controller(
  kind: string,
  app: string,
  replicas: number | undefined,
  more: Parameters<typeof template>[1] = {},
) {
  const spec = { replicas, selector: { matchLabels: { app } }, serviceName: kind === 'StatefulSet' ? app : undefined };
  const namespace = app === 'guarded' ? 'guarded' : 'default';
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: app, namespace },
    spec: { ...spec, template: template(app, more) },
  };
}

function budget(app: string, spec: object) {
  const metadata = { name: app, namespace: 'default' };
  return {
    apiVersion: 'policy/v1beta1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { selector: { matchLabels: { app } }, ...spec },
  };
}

function bare(name: string, more: { annotations?: object; spec?: object } = {}) {
  const metadata = { name, namespace: 'default', labels: { app: name }, annotations: more.annotations };
  const containers = [{ name: 'c', image: 'none' }];
  const spec = { nodeName: 'emptied', automountServiceAccountToken: false, containers, ...more.spec };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec };
}

/** One pod for each thing that a drain can meet. */
export const WORKLOADS = {
  apiVersion: 'v1',
  kind: 'List',
  items: [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'guarded', labels: { guarded: 'yes' } } },
    controller('Deployment', 'free', 2),
    controller('Deployment', 'turns', 2),
    budget('turns', { minAvailable: 1 }),
    controller('StatefulSet', 'db', 1),
    budget('db', { maxUnavailable: 0 }),
    controller('Deployment', 'twice', 1),
    budget('twice', { minAvailable: 0 }),
    { ...budget('twice', { minAvailable: 0 }), metadata: { name: 'twice-too', namespace: 'default' } },
    controller('Deployment', 'kept', 1, { finalizers: ['example.com/clean-up'] }),
    controller('Deployment', 'stays', 1, { labels: { immortal: 'yes' } }),
    controller('DaemonSet', 'agent', undefined),
    controller('Deployment', 'guarded', 1),
    bare('alone'),
    bare('scratch', { spec: { volumes: [{ name: 'tmp', emptyDir: {} }] } }),
    bare('static-emptied', { annotations: { 'kubernetes.io/config.mirror': 'x' } }),
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'nobody-there' },
      webhooks: [
        {
          name: 'drains.example.com',
          namespaceSelector: { matchLabels: { guarded: 'yes' } },
          rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods/eviction'] }],
          clientConfig: { url: 'https://127.0.0.1:1/' },
          failurePolicy: 'Fail',
          sideEffects: 'None',
          timeoutSeconds: 1,
          admissionReviewVersions: ['v1'],
        },
      ],
    },
  ],
};

import type { Cluster } from '../../../lab/cluster/cluster.ts';
import { BUSYBOX, SLEEP } from '../../../lab/runtimes/docker-api.ts';
import { until } from '../../../lab/wait.ts';

interface Pods {
  readonly items: readonly {
    readonly metadata: { readonly deletionTimestamp?: string };
    readonly spec: { readonly nodeName?: string };
    readonly status: { readonly phase: string };
  }[];
}

/** The pods of {@link runBusiness}, wherever they are. */
export function businessPods({ kubectl }: Cluster): Promise<Pods> {
  return kubectl.get<Pods>('pods', '-l', 'app=business');
}

/** Runs a Deployment of two pods, which a drain moves to another node, and waits until both run. */
export async function runBusiness(cluster: Cluster): Promise<void> {
  const labels = { app: 'business' };
  const containers = [{ name: 'main', image: BUSYBOX, command: SLEEP }];
  const spec = { hostNetwork: true, automountServiceAccountToken: false, terminationGracePeriodSeconds: 1, containers };
  await cluster.kubectl.apply({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'business', namespace: 'default' },
    spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  });
  await until({ en: 'the business to run', zh: '业务运行' }, async () => {
    const { items } = await businessPods(cluster);
    return items.length === 2 && items.every((p) => p.status.phase === 'Running');
  });
}

import { kubePath } from '../../../src/kube/paths.ts';
import { LIMITS, objectOf, type RemedyScene } from './scene.ts';

interface PodObject {
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
    readonly deletionGracePeriodSeconds?: number;
  };
  readonly status: { readonly phase?: string };
}

/** Pods with this label never end. */
const IMMORTAL = 'immortal';

/** What a kubelet does with its pods' objects: says that they run, and deletes those that are over. */
export async function actAsKubelet(scene: RemedyScene, node: string): Promise<void> {
  for (const pod of await podsOn(scene, node)) {
    const { namespace, name, uid, labels = {}, deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    const path = kubePath.pod(namespace, name);
    const isOver = deletionTimestamp !== undefined && deletionGracePeriodSeconds !== 0 && !(IMMORTAL in labels);
    if (isOver) await scene.admin.delete(path, { preconditions: { uid }, gracePeriodSeconds: 0 }, LIMITS);
    else if (pod.status.phase === 'Pending') {
      const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
      await scene.admin.patch(`${path}/status`, 'merge', { status }, LIMITS);
    }
  }
}

export async function podsOn({ admin }: RemedyScene, node: string): Promise<readonly PodObject[]> {
  const path = kubePath.list('pods', { 'spec.nodeName': node });
  return objectOf<{ items: readonly PodObject[] }>(await admin.get(path, LIMITS)).items;
}

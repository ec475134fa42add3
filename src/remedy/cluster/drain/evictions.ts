import { kubePath } from '../../../kube/paths.ts';
import type { Text } from '../../../text/text.ts';
import { type Calls, readAnswer } from '../calls.ts';
import { type ClusterPod, nameOf } from '../objects/pod.ts';
import type { PolicyVersion } from '../policy-version.ts';
import { type Refusal, readRefusal } from './refusal.ts';

/** Between two tries for one pod, as `kubectl drain` waits. Source: kubectl/pkg/drain/drain.go, evictPods. */
const RETRY_MS = 5000;
/** Evictions under way, to spare the API server and its webhooks. */
const AT_ONCE = 8;

/** What came of the evictions so far, by the pod's uid. Only this run knows it; a rerun asks again. */
export class Evictions {
  readonly #calls: Calls;
  readonly #version: PolicyVersion;
  readonly #tell: (text: Text) => void;
  readonly #tried = new Map<string, { readonly at: number; readonly refusal: Refusal | null }>();

  constructor(calls: Calls, version: PolicyVersion, tell: (text: Text) => void) {
    this.#calls = calls;
    this.#version = version;
    this.#tell = tell;
  }

  refusalOf({ uid }: ClusterPod): Refusal | null {
    return this.#tried.get(uid)?.refusal ?? null;
  }

  /** Asks for those whose turn it is; pods that are being deleted already are only waited for. */
  async round(pods: readonly ClusterPod[]): Promise<void> {
    const now = performance.now();
    const isDue = ({ uid }: ClusterPod) => now - (this.#tried.get(uid)?.at ?? Number.NEGATIVE_INFINITY) >= RETRY_MS;
    const due = pods.filter((pod) => pod.deletionRequestedAt === null && isDue(pod)).slice(0, AT_ONCE);
    await Promise.all(due.map((pod) => this.#evict(pod)));
  }

  async #evict(pod: ClusterPod): Promise<void> {
    const { namespace, name, uid } = pod;
    const eviction = {
      apiVersion: `policy/${this.#version}`,
      kind: 'Eviction',
      metadata: { namespace, name },
      // Another pod by that name, such as the next of a StatefulSet, is none of ours.
      deleteOptions: { preconditions: { uid } },
    };
    const path = kubePath.eviction(namespace, name);
    const result = await this.#calls.client.post(path, eviction, this.#calls.limits());
    const answer = readAnswer(result, 'create pods/eviction');
    const before = this.#tried.get(uid)?.refusal?.said;
    const refusal = this.#refusalOf(answer);
    this.#tried.set(uid, { at: performance.now(), refusal });
    if (answer.is === 'ok') this.#tell({ en: `evicting ${nameOf(pod)}`, zh: `正在驱逐 ${nameOf(pod)}` });
    else if (refusal !== null && refusal.said !== before) {
      this.#tell({
        en: `${nameOf(pod)} is not let go: ${refusal.said}`,
        zh: `${nameOf(pod)} 暂不能驱逐：${refusal.said}`,
      });
    }
  }

  #refusalOf(answer: ReturnType<typeof readAnswer>): Refusal | null {
    if (!('answer' in answer)) return null;
    if (answer.answer !== null) return readRefusal(answer.answer);
    return { reason: 'api-server', said: answer.text.en, webhook: null };
  }
}

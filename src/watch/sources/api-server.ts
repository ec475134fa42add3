import { jsonAnswer } from '../../kube/asked.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import { kubePath } from '../../kube/paths.ts';
import { readNodeObject } from '../../logs/objects/node-object.ts';
import { systemClock } from '../../pleg/runtimes/system-clock.ts';
import { type Looked, lookEvery, type RunningSource, type Tell } from './source.ts';

/** A kubelet reports every 10 s; ms. */
const EVERY_MS = 5000;
const DEADLINE_MS = 4000;
const MAX_BYTES = 4 * 1_048_576;

/** The way to the node's object. */
export interface NodeAccess {
  readonly client: KubeClient;
  readonly nodeName: string;
}

/** Ready as the API server has it, from its cache, which spares etcd. */
export function watchApiServer({ client, nodeName }: NodeAccess, tell: Tell): RunningSource {
  const path = `${kubePath.node(nodeName)}?resourceVersion=0`;
  const look = async (signal: AbortSignal): Promise<Looked> => {
    const result = await client.get(path, { deadlineMs: DEADLINE_MS, signal, maxBytes: MAX_BYTES });
    const answer = jsonAnswer(result, 'get nodes');
    if (!answer.ok) return { ok: false, why: answer.detail };
    const ready = readNodeObject(answer.value)?.ready;
    if (ready == null) return { ok: false, why: 'the node has no Ready condition' };
    const { status, reason, message, since, heartbeatAt } = ready;
    const look = { status, reason, message, since, heartbeatAt: heartbeatAt ?? null };
    if (!signal.aborted) tell({ type: 'api-server', at: systemClock.now(), look });
    return { ok: true };
  };
  const running = lookEvery(EVERY_MS, 'api-server', tell, look);
  return {
    stop: () => {
      running.stop();
      client.close();
    },
  };
}

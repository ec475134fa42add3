import { z } from 'zod';
import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { numberField, textField, timeField } from '../objects/fields.ts';
import { type Statement, state } from './block.ts';

type State = FactOf<'container'>['state'];

const CRI_STATES: Readonly<Record<string, State>> = {
  CONTAINER_CREATED: 'created',
  CONTAINER_RUNNING: 'running',
  CONTAINER_EXITED: 'exited',
  CONTAINER_UNKNOWN: 'unknown',
  SANDBOX_READY: 'running',
  SANDBOX_NOTREADY: 'exited',
};

const schema = z.object({
  status: z.object({
    id: z.string().regex(/^[0-9a-f]{12,64}$/),
    state: z.string(),
    metadata: z.object({ name: textField, attempt: numberField }).catch({ name: '', attempt: null }),
    labels: z.record(z.string(), z.string()).catch({}),
    image: z.object({ image: textField }).catch({ image: '' }),
    createdAt: timeField,
    startedAt: timeField,
    finishedAt: timeField,
    exitCode: numberField,
    reason: textField,
  }),
  info: z.object({ pid: numberField, sandboxID: textField }).catch({ pid: null, sandboxID: '' }),
});

/** The answer of `crictl inspect` or `crictl inspectp`; null for anything else. Source: CRI api.proto, ContainerStatusResponse. */
export function readInspected(json: unknown): readonly Statement[] | null {
  const parsed = schema.safeParse(json);
  const known = parsed.success ? CRI_STATES[parsed.data.status.state] : undefined;
  if (!parsed.success || known === undefined) return null;
  const { status, info } = parsed.data;
  const id = entityId.container(status.id);
  const isSandbox = status.state.startsWith('SANDBOX_');
  const running = known === 'running';
  const fact: FactOf<'container'> = {
    type: 'container',
    id: status.id,
    name: status.metadata.name,
    image: status.image.image,
    isSandbox,
    state: known,
    pid: running && info.pid !== null && info.pid > 0 ? info.pid : null,
    createdAt: status.createdAt,
    startedAt: status.startedAt,
    // The CRI gives 0, which is 1970, for what has not happened.
    finishedAt: running ? null : status.finishedAt,
    exitCode: running ? null : status.exitCode,
    restarts: status.metadata.attempt,
    crashLooping: false,
    oomKilled: status.reason === '' ? null : status.reason === 'OOMKilled',
    kubernetes: podOf(status.labels, status.metadata),
    sandboxId: info.sandboxID === '' ? null : info.sandboxID,
    sandboxGone: false,
  };
  const pod = fact.kubernetes === null ? '' : `${fact.kubernetes.pod}/`;
  return [{ ...state(fact, [id]), names: [{ id, name: `${pod}${fact.name}` }] }];
}

/** Labels that the kubelet gives. Source: pkg/kubelet/types/labels.go @ v1.20.2. */
function podOf(
  labels: Readonly<Record<string, string>>,
  { name, attempt }: { readonly name: string; readonly attempt: number | null },
): FactOf<'container'>['kubernetes'] {
  const [pod, namespace, podUid] = ['name', 'namespace', 'uid'].map((key) => labels[`io.kubernetes.pod.${key}`] ?? '');
  if (!pod || !namespace || !podUid) return null;
  return { pod, namespace, podUid, container: labels['io.kubernetes.container.name'] ?? name, attempt };
}

import { kubePath } from '../../kube/paths.ts';
import type { Outcome } from '../outcome.ts';
import { type Calls, readAnswer } from './calls.ts';

/** One line of the audit where everybody looks: `kubectl describe node`. */
export interface NodeEvent {
  readonly node: string;
  /** `Cordoned`: CamelCase, at most 128 characters. */
  readonly reason: string;
  /** In English, as all events are. */
  readonly message: string;
  readonly type: 'Normal' | 'Warning';
}

/** Source: pkg/apis/core/validation/events.go @ v1.20.2, NoteLengthLimit and ReasonLengthLimit. */
const MAX_MESSAGE = 1024;
const MAX_REASON = 128;
const COMPONENT = 'notready';

/**
 * Writes an event of core/v1 without `eventTime`, as the kubelet does: servers of all versions take it. One of
 * events.k8s.io/v1 about a node would have to be in `kube-system` on some and could be in `default` on others
 * (pkg/apis/core/validation/events.go, legacyValidateEvent @ v1.20.2).
 */
export async function recordEvent(calls: Calls, event: NodeEvent): Promise<Outcome> {
  const answer = readAnswer(
    await calls.client.post(kubePath.events('default'), eventOf(event, new Date(calls.now())), calls.limits()),
    'create events in namespace default',
  );
  if (answer.is === 'ok') return calls.outcome('done', { en: 'the event is written', zh: '事件已写入' });
  if ('text' in answer) return calls.outcome(answer.is === 'passing' ? 'timed-out' : 'failed', answer.text);
  return calls.outcome('failed', { en: 'the API server takes no events', zh: 'API server 不接受事件' });
}

function eventOf({ node, reason, message, type }: NodeEvent, at: Date): Readonly<Record<string, unknown>> {
  const seconds = at.toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { generateName: 'notready-', namespace: 'default' },
    // `kubectl describe node` looks for the node's name as uid, as the kubelet has it (kubectl/pkg/describe/describe.go).
    involvedObject: { apiVersion: 'v1', kind: 'Node', name: node, uid: node },
    source: { component: COMPONENT },
    reason: reason.slice(0, MAX_REASON),
    message: message.slice(0, MAX_MESSAGE),
    type,
    firstTimestamp: seconds,
    lastTimestamp: seconds,
    count: 1,
  };
}

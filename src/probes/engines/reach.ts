import { entityId } from '../../evidence/entity.ts';
import type { Topic } from '../../evidence/vocabulary/limits.ts';
import type { CallLimits, CallResult } from '../../runtimes/call-result.ts';
import { tryConnect } from '../../runtimes/connect.ts';
import { loadGrpc } from '../../runtimes/load-grpc.ts';
import { shellWord } from '../../text/shell.ts';
import { endpointUrl } from '../endpoints/address.ts';
import type { EndpointKind } from '../endpoints/kinds.ts';
import type { Endpoint } from '../endpoints.ts';
import { observeGap } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';
import { EngineSession, sourceEndOf } from './engine-session.ts';
import { noteStackDump } from './stack-dump.ts';

/** What came of one endpoint: it was examined; its socket refused us; it is there and unreachable; it speaks another API. */
export type Reached = 'examined' | 'no-permission' | 'unreachable' | 'other-api';

/** A connection is made at once or not at all; a full queue is what this waits for. */
const CONNECT_MS = 1000;

/**
 * Connects to every endpoint of a kind, side by side, and examines those that accept. One that refuses is a fact:
 * whether the daemon is down or the file a leftover is for the diagnosis to say. Gaps tell what was not seen.
 */
export async function examineEndpoints(
  context: ProbeContext,
  kind: EndpointKind,
  topic: Topic,
  examine: (session: EngineSession) => Promise<Reached>,
): Promise<void> {
  const everywhere = await context.endpoints();
  const endpoints = everywhere.filter((e) => e.kinds.includes(kind));
  // before the first call of any probe, so that loading does not show as latency of a runtime
  if (everywhere.some((e) => e.kinds.some((k) => k !== 'docker'))) await loadGrpc();
  const reached = await Promise.all(
    endpoints.map(async (endpoint) => {
      const session = new EngineSession(context, endpoint, kind);
      const connected = await tryConnect(session.socketPath, session.limits(CONNECT_MS));
      // a timeout is a full queue: the calls will tell more
      if (connected.outcome === 'error') return noteUnreachable(session, connected);
      const outcome = await examine(session);
      await noteStackDump(session);
      return outcome;
    }),
  );
  noteGaps(context, topic, endpoints, reached);
}

/** Nothing but its path is known of a socket: which API it speaks is to be found out. */
export function isGuess(session: EngineSession): boolean {
  return session.endpoint.kinds.length > 2;
}

/** What came of the first call on a socket that may speak another API; a daemon in trouble is asked again with the full deadline. */
export async function firstWord(
  session: EngineSession,
  send: (limits: CallLimits) => Promise<CallResult<unknown>>,
): Promise<string> {
  const result = await send(session.limits(FIRST_WORD_MS));
  return result.outcome === 'error' ? result.code : result.outcome;
}

/** Long enough for the answer of a daemon that is not in trouble. */
const FIRST_WORD_MS = 500;

/** Answers of a gRPC server that has not this service, and of a server that does not speak gRPC. */
export const NOT_SERVED: readonly string[] = ['UNIMPLEMENTED'];
export const NO_GRPC: readonly string[] = [
  'UNAVAILABLE',
  'INTERNAL',
  'UNKNOWN',
  'CANCELLED',
  'ECONNRESET',
  ...NOT_SERVED,
];

function noteUnreachable(session: EngineSession, connected: CallResult<null>): Reached {
  const source = session.source({
    call: 'connect',
    what: 'connect()',
    command: `curl -sS --unix-socket ${shellWord(session.endpoint.path)} http://localhost/`,
  });
  session.observeCall(source, 'connect', connected);
  session.describe(source, {});
  source.end(sourceEndOf(connected));
  const code = connected.outcome === 'ok' ? '' : connected.code;
  return code === 'EACCES' || code === 'EPERM' ? 'no-permission' : 'unreachable';
}

function noteGaps(
  context: ProbeContext,
  topic: Topic,
  endpoints: readonly Endpoint[],
  reached: readonly Reached[],
): void {
  const source = context.record.source(`${topic} sockets`, 'ss -xlp');
  const denied = endpoints.filter((_, i) => reached[i] === 'no-permission').map((e) => endpointUrl(e.path));
  if (denied.length > 0) {
    observeGap(source, topic, 'no-permission', denied.join(', '), { partial: denied.length < endpoints.length });
  }
  if (reached.every((r) => r === 'other-api')) {
    observeGap(source, topic, 'absent', `no socket on which ${topic} answers`, { partial: false });
  }
  source.end({ status: endpoints.length === 0 ? 'skipped' : 'ok' });
}

/** The list did not come, so no container could be asked by itself: the engine was not wholly examined. */
export function noteListMissing(session: EngineSession, topic: Topic, result: CallResult<unknown>): void {
  const source = session.source({ call: 'list', what: 'status of each container', command: null });
  const why = result.outcome === 'timeout' ? 'stuck' : 'failed';
  source.observe(
    {
      type: 'gap',
      topic,
      why,
      partial: true,
      detail: `${session.url} did not list its containers, so none was asked by itself`,
    },
    [entityId.node(), session.engine],
  );
  source.end({ status: 'skipped' });
}

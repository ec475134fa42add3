import { whenSettled } from '../../pleg/ask.ts';
import type { Answer, Reply } from '../../pleg/runtime.ts';
import { openRuntime, type RuntimeKind } from '../../pleg/runtimes/open-runtime.ts';
import { parseEndpointAddress } from '../../probes/endpoints/address.ts';
import { kindsByName } from '../../probes/endpoints/kinds.ts';
import { type Endpoint, findEndpoints } from '../../probes/endpoints.ts';
import type { SharedReads } from '../../probes/shared-reads.ts';

/** A runtime to watch, or why there is none. */
export type FoundRuntime =
  | { readonly ok: true; readonly kind: RuntimeKind; readonly endpoint: string }
  | { readonly ok: false; readonly why: 'none' | 'no-permission' | 'absent'; readonly endpoint: string };

/** Deadline of the first list, by which is told what an endpoint speaks and whether it may be asked, ms. */
const TRY_MS = 2500;

interface Candidate {
  readonly path: string;
  readonly kinds: readonly RuntimeKind[];
}

/** How a first list went. */
type Tried = { readonly kind: RuntimeKind } & (
  | { readonly ok: true; readonly pods: number }
  | { readonly ok: false; readonly code: string }
);

/**
 * The runtime that the user named, else the one the kubelet was told to use, else, of all that are found, the first that
 * has pods, that answers, that is there. One that is named or the kubelet's is taken though it does not answer.
 * @param named by the user; null else
 * @param kubelets what the kubelet's settings say; null where they do not
 */
export async function findRuntime(
  reads: SharedReads,
  named: string | null,
  kubelets: string | null,
): Promise<FoundRuntime> {
  const found = await findEndpoints(reads, named === null ? [] : [named]);
  const meant = parseEndpointAddress(named ?? kubelets ?? '');
  if (meant.ok) return choose([candidateAt(meant.path, found)]);
  return choose(found.map(candidateOf));
}

async function choose(all: readonly Candidate[]): Promise<FoundRuntime> {
  const candidates = all.filter((c) => c.kinds.length > 0);
  const tried = await Promise.all(candidates.map(async (c) => [c, await tryKinds(c)] as const));
  const [first] = tried;
  if (first === undefined) return { ok: false, why: 'none', endpoint: '' };
  const best =
    tried.find(([, t]) => t.ok && t.pods > 0) ??
    tried.find(([, t]) => t.ok) ??
    tried.find(([, t]) => !isRefusal(t)) ??
    first;
  const [{ path }, outcome] = best;
  if (outcome.ok || !isRefusal(outcome)) return { ok: true, kind: outcome.kind, endpoint: path };
  return { ok: false, why: outcome.code === 'ENOENT' ? 'absent' : 'no-permission', endpoint: path };
}

/** No daemon, however long one waits. A daemon that is down leaves its socket behind: that is ECONNREFUSED. */
function isRefusal(tried: Tried): boolean {
  return !tried.ok && ['EACCES', 'EPERM', 'ENOENT'].includes(tried.code);
}

function candidateAt(path: string, found: readonly Endpoint[]): Candidate {
  const known = found.find((e) => e.path === path);
  return known === undefined ? { path, kinds: speakable(kindsByName(path)) } : candidateOf(known);
}

function candidateOf({ path, kinds }: Endpoint): Candidate {
  return { path, kinds: speakable(kinds) };
}

function speakable(kinds: Endpoint['kinds']): readonly RuntimeKind[] {
  return kinds.filter((kind) => kind !== 'containerd');
}

/** @returns the kind that answered, else how the likeliest one went */
async function tryKinds({ path, kinds }: Candidate): Promise<Tried> {
  const tried = await Promise.all(kinds.map((kind) => tryKind(path, kind)));
  return tried.find((t) => t.ok) ?? tried[0] ?? { ok: false, kind: 'cri', code: 'ENOENT' };
}

async function tryKind(path: string, kind: RuntimeKind): Promise<Tried> {
  const runtime = await openRuntime(kind, path);
  try {
    const answer = await settled(runtime.listPods({ deadlineMs: TRY_MS }));
    return answer.outcome === 'ok'
      ? { ok: true, kind, pods: answer.value.length }
      : { ok: false, kind, code: errnoOf(answer.code, answer.message) };
  } finally {
    runtime.close();
  }
}

function settled<T>(reply: Reply<Answer<T>>): Promise<Answer<T>> {
  return new Promise((resolve) => whenSettled(reply, resolve));
}

/** gRPC says UNAVAILABLE and tells the errno in its message. */
function errnoOf(code: string, message: string): string {
  return /\b(?:EACCES|EPERM|ENOENT)\b/.exec(message)?.[0] ?? code;
}

import { diagnose } from '../diagnose/diagnose.ts';
import type { Host } from '../host/host.ts';
import type { OpenRuntime } from '../pleg/runtimes/open-runtime.ts';
import { systemClock } from '../pleg/runtimes/system-clock.ts';
import { shareReads } from '../probes/shared-reads.ts';
import type { KubeWriter } from '../remedy/cluster/index.ts';
import type { Prover } from '../remedy/run/deps.ts';
import { prove } from '../remedy/run/prove.ts';
import { readNodeState } from '../remedy/run/read-node-state.ts';
import type { CliContext } from './context.ts';
import { examineNode } from './examination.ts';
import type { RemediateOptions } from './remediate-options.ts';
import { pauseFor } from './remedy-pause.ts';

/** For finding the runtime, ms. */
const FIND_MS = 10_000;

export interface ProverRequest {
  readonly options: RemediateOptions;
  readonly context: CliContext;
  /** As the user named it; null for this host. */
  readonly nodeArgument: string | null;
  /** As the API server knows it. */
  readonly node: string;
  /** Null where the node is not this host. */
  readonly host: Host | null;
  readonly writer: KubeWriter | null;
}

/** Examines as `diagnose` does; proves by the node's own runtime where this is the node, and by the API server. */
export function createProver(request: ProverRequest): Prover {
  const { options, context, nodeArgument, node, writer } = request;
  return {
    look: async () => {
      const named = nodeArgument === null ? {} : { node: nodeArgument };
      const caseFile = await examineNode({ ...options, ...named }, context);
      return { caseFile, diagnosis: diagnose(caseFile) };
    },
    prove: async (terms, signal, tell) => {
      const runtime = await openNodeRuntime(request);
      try {
        const stateOf = writer && ((s: AbortSignal) => readNodeState(writer, node, Date.now(), s));
        const sources = { runtime, stateOf, clock: systemClock, now: Date.now, pause: pauseFor };
        return await prove(sources, terms, signal, tell);
      } finally {
        runtime?.close();
      }
    },
  };
}

async function openNodeRuntime({ host, options, node }: ProverRequest): Promise<OpenRuntime | null> {
  if (host === null) return null;
  const [{ findRuntime }, { findKubelet }, { openRuntime }] = await Promise.all([
    import('../watch/sources/find-runtime.ts'),
    import('../watch/sources/find-kubelet.ts'),
    import('../pleg/runtimes/open-runtime.ts'),
  ]);
  const reads = shareReads(host, host.now() + FIND_MS);
  const { kubelet } = await findKubelet(reads, node);
  const named = options.runtimeEndpoint?.[0] ?? null;
  const found = await findRuntime(reads, named, kubelet?.settings.runtimeEndpoint ?? null);
  return found.ok ? openRuntime(found.kind, found.endpoint) : null;
}

import { say } from '../../causes/support/say.ts';
import type { Clock } from '../../pleg/clock.ts';
import type { Runtime } from '../../pleg/runtime.ts';
import { joinTexts } from '../../text/text.ts';
import type { OnProgress } from '../outcome.ts';
import type { ProofTerms } from '../policy/policy.ts';
import type { Proof } from './deps.ts';
import { type NodeState, proveReady, type Waiting } from './prove-ready.ts';
import { proveRelists } from './prove-relists.ts';

export interface ProofSources extends Waiting {
  /** Null where the node's runtime cannot be asked from here. */
  readonly runtime: Runtime | null;
  readonly clock: Clock;
  /** Null without an API server; resolves to null while it does not answer. */
  readonly stateOf: ((signal: AbortSignal) => Promise<NodeState | null>) | null;
}

/** Proves by all that can be asked from here; with nothing to ask, nothing is proven. */
export async function prove(
  { runtime, clock, stateOf, ...waiting }: ProofSources,
  terms: ProofTerms,
  signal: AbortSignal,
  tell: OnProgress,
): Promise<Proof> {
  const ready = stateOf === null ? null : proveReady(stateOf, terms, waiting, signal);
  const relists = runtime === null ? null : proveRelists(runtime, clock, terms, signal, ready);
  const tried = [relists, ready].filter((p) => p !== null);
  if (tried.length === 0) {
    return {
      ok: false,
      text: say('There is neither a runtime nor an API server to ask.', '既没有运行时也没有 API server 可供查询。'),
    };
  }
  tell(say('Proving: relists, Ready and pods ...', '正在证明：relist、Ready 与 Pod……'));
  const proofs = await Promise.all(tried);
  return {
    ok: proofs.every((p) => p.ok),
    text: joinTexts(
      proofs.map((p) => p.text),
      say(' ', ''),
    ),
  };
}

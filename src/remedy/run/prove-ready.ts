import { say } from '../../causes/support/say.ts';
import type { Text } from '../../text/text.ts';
import type { ProofTerms } from '../policy/policy.ts';
import type { Proof } from './deps.ts';

/** The node and its pods as the API server has them at one moment. */
export interface NodeState {
  readonly ready: boolean;
  /** When it last turned, Unix ms; null where not given. */
  readonly readySince: number | null;
  /** Pods that should run and do not, with the reason in a word. */
  readonly notRunning: readonly { readonly pod: string; readonly why: string }[];
}

export interface Waiting {
  readonly now: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

const POLL_MS = 2000;

/** Waits until Ready held and the pods ran for the stated time, without a turn between. */
export async function proveReady(
  stateOf: (signal: AbortSignal) => Promise<NodeState | null>,
  { steadyMs, timeoutMs }: ProofTerms,
  { now, pause }: Waiting,
  signal: AbortSignal,
): Promise<Proof> {
  const end = now() + timeoutMs;
  let steadySince: number | null = null;
  let last: NodeState | null = null;
  let turn: number | null = null;
  for (;;) {
    last = await stateOf(signal);
    const sound = last?.ready === true && last.notRunning.length === 0;
    // A turn between two looks is a flap, although both saw it Ready.
    if (!sound || (last !== null && turn !== null && last.readySince !== turn)) steadySince = null;
    turn = last?.readySince ?? null;
    if (sound) steadySince ??= now();
    if (steadySince !== null && now() - steadySince >= steadyMs) return { ok: true, text: PROVEN };
    if (now() >= end || signal.aborted) return { ok: false, text: lackingOf(last) };
    await pause(POLL_MS, signal);
  }
}

const PROVEN: Text = say('Ready held and the pods run.', 'Ready 保持稳定，Pod 均在运行。');

function lackingOf(state: NodeState | null): Text {
  if (state === null) return say('The API server does not answer.', 'API server 没有应答。');
  if (!state.ready) return say('The node is not Ready yet.', '节点尚未 Ready。');
  const pods = state.notRunning.slice(0, 3).map(({ pod, why }) => `${pod} (${why})`);
  if (pods.length === 0) return say('Ready did not hold long enough.', 'Ready 未能保持足够久。');
  return say(
    `Ready, but these pods do not run: ${pods.join(', ')}.`,
    `已 Ready，但以下 Pod 未运行：${pods.join('、')}。`,
  );
}

import { say } from '../../causes/support/say.ts';
import type { Clock } from '../../pleg/clock.ts';
import { HangProofPleg } from '../../pleg/hang-proof/hang-proof-pleg.ts';
import { PodCache } from '../../pleg/pod-cache.ts';
import type { RelistRecord } from '../../pleg/relist-record.ts';
import type { Runtime } from '../../pleg/runtime.ts';
import { formatDuration } from '../../text/units.ts';
import type { ProofTerms } from '../policy/policy.ts';
import type { Proof } from './deps.ts';

const PERIOD_MS = 1000;

/**
 * Relists the node's runtime as the kubelet would, each container asked each time, until so many in a row were whole and
 * within the limit.
 * @param alongside what else is being proven: until that is, relists go on, so that both hold at the same time
 */
export function proveRelists(
  runtime: Runtime,
  clock: Clock,
  { relists, withinMs, timeoutMs }: ProofTerms,
  signal: AbortSignal,
  alongside: Promise<Proof> | null = null,
): Promise<Proof> {
  return new Promise((resolve) => {
    let inRow = 0;
    let awaited = alongside !== null;
    let last: RelistRecord | null = null;
    const end = (ok: boolean): void => {
      pleg.stop();
      timer.cancel();
      signal.removeEventListener('abort', giveUp);
      resolve({ ok, text: ok ? proven(relists, withinMs) : lacking(inRow, relists, last, pleg) });
    };
    const giveUp = (): void => end(false);
    const pleg = new HangProofPleg({
      clock,
      runtime,
      cache: new PodCache(clock),
      limits: {
        periodMs: PERIOD_MS,
        sweepMs: 0,
        patienceMs: withinMs,
        hungAfterMs: withinMs,
        listMs: withinMs * 2,
        inspectMs: withinMs * 2,
      },
      onEvent: () => undefined,
      onRelist: (record) => {
        last = record;
        // One that hangs is asked again only after a while: meanwhile the relists are swift without it.
        inRow = isSound(record, withinMs) && pleg.hung().length === 0 ? inRow + 1 : 0;
        if (inRow >= relists && !awaited) clock.soon(() => end(true));
      },
    });
    const timer = clock.after(timeoutMs, () => end(inRow >= relists));
    // Where that has failed, nothing is gained by more relists; whoever waits for it hears of an error.
    void alongside?.then(({ ok }) => {
      awaited = false;
      if (!ok) end(inRow >= relists);
    }, giveUp);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    else pleg.start();
  });
}

function isSound({ list, tookMs, failed, waiting }: RelistRecord, withinMs: number): boolean {
  return list.failure === null && tookMs <= withinMs && failed === 0 && waiting.length === 0;
}

function proven(relists: number, withinMs: number): Proof['text'] {
  const limit = formatDuration(withinMs);
  return say(
    `${relists} relists in a row were whole within ${limit}, every container’s status was answered.`,
    `连续 ${relists} 次 relist 均在 ${limit} 内完成，所有容器的状态查询都有应答。`,
  );
}

function lacking(inRow: number, relists: number, last: RelistRecord | null, pleg: HangProofPleg): Proof['text'] {
  const hung = pleg.hung().map((h) => h.id.slice(0, 12));
  const took = last === null ? '-' : formatDuration(last.tookMs);
  const names = hung.length === 0 ? '-' : hung.slice(0, 3).join(', ');
  return say(
    `Only ${inRow} of ${relists} relists in a row were sound; the last took ${took}; containers asked in vain: ${names}.`,
    `仅连续 ${inRow}/${relists} 次 relist 正常；最后一次耗时 ${took}；查询无应答的容器：${names}。`,
  );
}

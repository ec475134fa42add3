import type { CaseFile } from '../evidence/case-file.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseRecorder, type ProbeRecorder } from '../evidence/recorder.ts';
import type { Topic } from '../evidence/vocabulary/limits.ts';
import type { Host } from '../host/host.ts';
import { findEndpoints } from './endpoints.ts';
import type { Probe, ProbeOptions } from './probe.ts';
import { type SharedReads, shareReads } from './shared-reads.ts';
import { noteStuckReads, noteUnreadReads } from './unsafe-reads.ts';

/** Kept of the budget for putting the case file together and diagnosing it. */
const CLOSING_MS = 500;

export interface ExamineRequest {
  readonly host: Host;
  readonly probes: readonly Probe[];
  readonly budgetMs: number;
  /** Time between two samples. */
  readonly windowMs: number;
  readonly options: ProbeOptions;
  readonly toolVersion: string;
  /** Told which probes are still at work, whenever that changes. */
  readonly onProgress?: (pending: readonly string[]) => void;
  /** Ends the examination early, keeping what was seen. */
  readonly signal?: AbortSignal;
}

/**
 * Runs every probe side by side under one budget and returns what they saw. It ends within the budget whatever
 * hangs: a probe that is not back by then is left behind, its topics become gaps, and what it wrote so far is kept.
 */
export async function examine(request: ExamineRequest): Promise<CaseFile> {
  const { host, options, windowMs } = request;
  const recorder = new CaseRecorder(() => host.now());
  const own = recorder.probe('examine');
  const budget = startBudget(request.budgetMs - CLOSING_MS, request.signal);
  const reads = shareReads(host, host.now() + request.budgetMs - CLOSING_MS);
  const endpoints = (from: SharedReads) => findEndpoints(from, options.runtimeEndpoints);
  const shared = { ...reads, signal: budget.signal, windowMs, options, endpoints: () => reads.share(endpoints) };
  const entries = request.probes.map((probe) => ({ probe, record: recorder.probe(probe.name) }));
  const pending = new Set(entries);
  const report = (): void => request.onProgress?.([...pending].map((e) => e.probe.name));

  const runs = entries.map(async (entry) => {
    try {
      await entry.probe.run({ ...shared, record: entry.record });
    } catch (error) {
      noteGaps(own, entry.probe.topics, 'failed', entry.record.wrote(), `${entry.probe.name}: ${reasonOf(error)}`);
    }
    pending.delete(entry);
    report();
  });
  report();
  await Promise.race([Promise.all(runs), budget.over]);
  budget.end();
  for (const { probe, record } of pending) {
    noteGaps(own, probe.topics, 'budget', record.wrote(), `${probe.name} did not end in time`);
  }
  noteStuckReads(own, host);
  noteUnreadReads(own, host);
  host.files.close();
  return recorder.finish(request.toolVersion);
}

/** A signal that is aborted when the time is up, when the caller aborts, or when the work is done. */
function startBudget(ms: number, outer: AbortSignal | undefined) {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  // Not AbortSignal.timeout: its timer would let the process end while everything else hangs.
  const timer = setTimeout(abort, Math.max(ms, 0));
  outer?.addEventListener('abort', abort, { once: true });
  if (outer?.aborted) abort();
  const over = new Promise<void>((resolve) => {
    if (controller.signal.aborted) resolve();
    controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const end = (): void => {
    clearTimeout(timer);
    outer?.removeEventListener('abort', abort);
    abort();
  };
  return { signal: controller.signal, over, end };
}

type GapReason = 'failed' | 'budget';

function noteGaps(
  record: ProbeRecorder,
  topics: readonly Topic[],
  why: GapReason,
  partial: boolean,
  detail: string,
): void {
  const source = record.source('notready', null);
  for (const topic of topics) {
    source.observe({ type: 'gap', topic, why, partial, detail }, [entityId.node()]);
  }
  source.end({ status: why === 'budget' ? 'timeout' : 'failed', error: detail });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

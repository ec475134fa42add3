import type { RelistRecord } from '../../pleg/relist-record.ts';
import type { ContainerRef } from './news.ts';
import { KEPT, type SlowContainer, type WatchState } from './state.ts';
import type { Step } from './step.ts';

/** One of our relists ended. */
export function followRelist(
  state: WatchState,
  record: RelistRecord,
  nameOf: (id: string) => ContainerRef | null,
  at: number,
): Step {
  const point = {
    at,
    tookMs: record.tookMs,
    listMs: record.list.tookMs,
    inspected: record.inspected.calls,
    listFailed: record.list.failure !== null,
  };
  const relists = [...state.relists, point].slice(-KEPT.relists);
  return { state: { ...state, relists, slow: slowest(state, record, nameOf, at) }, changes: [] };
}

/** With the slowest call of a relist: each container once, by its slowest of the last minutes. */
function slowest(
  { slow }: WatchState,
  { slowest: call }: RelistRecord,
  nameOf: (id: string) => ContainerRef | null,
  at: number,
): ReadonlyMap<string, SlowContainer> {
  const fresh = [...slow.values()].filter((s) => at - s.at <= KEPT.slowMs);
  const container = call?.containerId == null ? null : nameOf(call.containerId);
  if (call === null || container === null || call.failure !== null) {
    return fresh.length === slow.size ? slow : byId(fresh);
  }
  const before = fresh.find((s) => s.container.id === container.id);
  if (before !== undefined && before.tookMs > call.tookMs) return byId(fresh);
  const others = fresh.filter((s) => s.container.id !== container.id);
  return byId([{ container, tookMs: call.tookMs, at }, ...others]);
}

/** The slowest first. */
function byId(all: readonly SlowContainer[]): ReadonlyMap<string, SlowContainer> {
  const kept = all.toSorted((a, b) => b.tookMs - a.tookMs).slice(0, KEPT.slow);
  return new Map(kept.map((s) => [s.container.id, s]));
}

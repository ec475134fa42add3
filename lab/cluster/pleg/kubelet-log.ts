import { liveClock } from '../../../src/logs/formats/dates.ts';
import { parseLogLine } from '../../../src/logs/formats/log-line.ts';
import type { ToldEvent } from './told-event.ts';

/** What a kubelet's log at verbosity 4 says of its generator. */
export interface KubeletPleg {
  readonly events: readonly ToldEvent[];
  /** The first line of the sync loop that skips for the PLEG alone; null where there is none. */
  readonly unhealthy: { readonly at: number; readonly message: string } | null;
}

// Source: syncLoopIteration in pkg/kubelet/kubelet.go, generateEvents in pkg/kubelet/pleg/generic.go @ v1.20.2.
const EVENT = /SyncLoop \(PLEG\): .*PodLifecycleEvent\{ID:"([^"]+)", Type:"(\w+)", Data:"(\w+)"\}/;
/** Removals need no sync, and so are in no line of the sync loop. */
const VANISHED = /GenericPLEG: ([^/\s]+)\/(\w+): (\S+) -> non-existent/;
const SKIPPED = /skipping pod synchronization - (PLEG is not healthy: pleg was last seen active .+)$/;

/** @param now Unix ms, by which the year of a line is found */
export function parseKubeletPleg(log: string, now: number): KubeletPleg {
  const events: ToldEvent[] = [];
  // What vanished without having been seen to end is told to have died first: by the sync loop, lines later.
  const dying = new Set<string>();
  let unhealthy: KubeletPleg['unhealthy'] = null;
  for (const line of log.split('\n')) {
    if (!line.includes('PLEG')) continue;
    const { at, text } = parseLogLine(line, liveClock(now));
    if (at === null) continue;
    events.push(...eventsIn(text, at, dying));
    const message = SKIPPED.exec(text)?.[1];
    if (message !== undefined) unhealthy ??= { at, message };
  }
  return { events, unhealthy };
}

/** @param dying containers whose removal is still to be told */
function eventsIn(text: string, at: number, dying: Set<string>): readonly ToldEvent[] {
  const vanished = vanishedIn(text, at);
  if (vanished?.from === 'exited') return [vanished.removed];
  if (vanished !== null) dying.add(vanished.removed.containerId);
  const event = eventOf(text, at);
  if (event === null) return [];
  const isLast = event.type === 'ContainerDied' && dying.delete(event.containerId);
  return isLast ? [event, { ...event, type: 'ContainerRemoved' }] : [event];
}

function eventOf(text: string, at: number): ToldEvent | null {
  const [, podUid, type, containerId] = EVENT.exec(text) ?? [];
  if (podUid === undefined || type === undefined || containerId === undefined) return null;
  return { at, podUid, type, containerId };
}

function vanishedIn(text: string, at: number): { from: string; removed: ToldEvent } | null {
  const [, podUid, containerId, from] = VANISHED.exec(text) ?? [];
  if (podUid === undefined || containerId === undefined || from === undefined) return null;
  return { from, removed: { at, podUid, containerId, type: 'ContainerRemoved' } };
}

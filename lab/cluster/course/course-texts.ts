import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseLogLine } from '../../../src/logs/formats/log-line.ts';
import { type Course, type EventSeen, KUBELET_LOG, RUNTIME_LOG } from './format.ts';

/** What somebody would paste of a node at a moment of a course, by the name of the file that it would be in. */
export type Texts = Readonly<Record<string, string>>;

/** The logs until then, the events and the node's object as they were then. @param at Unix ms */
export function textsAt(folder: string, course: Course, at: number): Texts {
  const log = (name: string): string => linesUntil(gunzipSync(readFileSync(join(folder, name))).toString('utf8'), at);
  return {
    'kubelet.log': log(KUBELET_LOG),
    'runtime.log': log(RUNTIME_LOG),
    'events.json': eventsUntil(course, at),
    'node.json': nodeAt(course, at),
  };
}

function linesUntil(text: string, at: number): string {
  const clock = { now: at, years: 'nearest', zone: 0 } as const;
  const lines = text.split('\n');
  const end = lines.findIndex((line) => (parseLogLine(line, clock).at ?? 0) > at);
  return `${lines.slice(0, end === -1 ? lines.length : end).join('\n')}\n`;
}

function eventsUntil({ startedAt, events }: Course, at: number): string {
  const until = events.filter((event) => startedAt + event.at * 1000 <= at);
  const items = until.map((event) => eventObject(startedAt, event));
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 4);
}

function eventObject(startedAt: number, event: EventSeen) {
  const [kind = '', ...path] = event.about.split('/');
  const time = (seconds: number): string => new Date(startedAt + seconds * 1000).toISOString();
  return {
    kind: 'Event',
    involvedObject: { kind, name: path.at(-1) ?? '', namespace: path.length > 1 ? path[0] : '', uid: '' },
    reason: event.reason,
    message: event.message,
    type: event.severity,
    count: event.count,
    firstTimestamp: time(event.first),
    lastTimestamp: time(event.at),
    source: { component: '', host: '' },
  };
}

/** With the conditions that were last seen. */
function nodeAt({ startedAt, conditions, kubelet, runtime }: Course, at: number): string {
  const seen = conditions.filter((c) => startedAt + c.at * 1000 <= at);
  const last = new Map(seen.map((c) => [c.type, c]));
  const time = (seconds: number): string => new Date(startedAt + seconds * 1000).toISOString();
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'node-1' },
      spec: {},
      status: {
        conditions: [...last.values()].map((c) => ({
          type: c.type,
          status: c.status,
          reason: c.reason,
          message: c.message,
          lastTransitionTime: time(c.at),
          lastHeartbeatTime: new Date(at).toISOString(),
        })),
        nodeInfo: { kubeletVersion: kubelet, containerRuntimeVersion: `${runtime}://` },
      },
    },
    null,
    4,
  );
}

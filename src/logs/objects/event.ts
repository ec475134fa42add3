import { z } from 'zod';
import type { FactOf } from '../../evidence/observation.ts';
import { numberField, textField, timeField } from './fields.ts';

/** An event with what it is about. */
export interface SeenEvent {
  readonly fact: FactOf<'cluster-event'>;
  /** Its last time, Unix ms. */
  readonly at: number;
  readonly about: { readonly kind: string; readonly namespace: string; readonly name: string; readonly uid: string };
  /** Node that its writer runs on; '' where it does not say. */
  readonly host: string;
}

const NO_SOURCE = { component: '', host: '' };
const eventSchema = z.object({
  metadata: z.object({ creationTimestamp: timeField }).catch({ creationTimestamp: null }),
  involvedObject: z.object({ kind: textField, namespace: textField, name: textField, uid: textField }),
  reason: textField,
  message: textField,
  type: textField,
  count: numberField,
  source: z.object({ component: textField, host: textField }).catch(NO_SOURCE),
  reportingComponent: textField,
  firstTimestamp: timeField,
  lastTimestamp: timeField,
  eventTime: timeField,
  series: z.object({ count: numberField, lastObservedTime: timeField }).nullable().catch(null),
});

/**
 * Reads a v1 Event, as written through core/v1 (count, first and last time) or through events.k8s.io (eventTime and a
 * series); null where the object is none or tells no time. Source: staging/src/k8s.io/api/core/v1/types.go, Event.
 */
export function readEvent(json: unknown): SeenEvent | null {
  const parsed = eventSchema.safeParse(json);
  if (!parsed.success) return null;
  const { data } = parsed;
  const firstAt = data.firstTimestamp ?? data.eventTime ?? data.metadata.creationTimestamp;
  const at = data.series?.lastObservedTime ?? data.lastTimestamp ?? firstAt;
  if (at === null) return null;
  return {
    fact: {
      type: 'cluster-event',
      reason: data.reason,
      severity: data.type === 'Warning' ? 'Warning' : 'Normal',
      component: data.source.component || data.reportingComponent,
      message: data.message,
      count: data.series?.count ?? data.count ?? 1,
      firstAt: firstAt ?? at,
    },
    at,
    about: data.involvedObject,
    host: data.source.host,
  };
}

import { z } from 'zod';
import { numberField, textField, timeField } from '../../../logs/objects/fields.ts';
import type { HeldLock } from '../context.ts';

/** Source: kubereboot/kured pkg/daemonsetlock: its lock is an annotation of its DaemonSet, for one owner or several. */
const LOCK = 'weave.works/kured-node-lock';

const owner = z.object({ nodeID: textField, created: timeField, TTL: numberField });
const lockSchema = z.union([
  z.object({ locks: z.array(owner) }).transform((l) => l.locks),
  owner.transform((one) => [one]),
]);
const schema = z.object({
  metadata: z.object({ namespace: textField, name: textField, annotations: z.object({ [LOCK]: z.string() }) }),
});

/** The lock of kured where a node holds it. @param json its DaemonSet */
export function readKuredLock(json: unknown, node: string): HeldLock | null {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return null;
  const { namespace, name, annotations } = parsed.data.metadata;
  const owners = ownersOf(annotations[LOCK] ?? '');
  const own = owners.find((o) => o.nodeID === node);
  if (own === undefined) return null;
  const lasts = own.TTL ?? 0;
  return {
    what: `annotation ${LOCK} of DaemonSet ${namespace}/${name}`,
    holder: 'kured',
    // A Go duration as a number is in nanoseconds; 0 is without end.
    until: own.created === null || lasts <= 0 ? null : own.created + lasts / 1e6,
  };
}

function ownersOf(text: string): readonly z.infer<typeof owner>[] {
  try {
    const parsed = lockSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : [];
  } catch {
    // No JSON is no lock of kured's.
    return [];
  }
}

import { entityId } from '../evidence/entity.ts';
import { TOPICS, type Topic } from '../evidence/vocabulary/limits.ts';
import { observeGap } from './gaps.ts';
import type { Probe, ProbeContext } from './probe.ts';

/** What can be seen of a node from elsewhere, through its API server. */
const FROM_AFAR: ReadonlySet<Topic> = new Set(['kubelet', 'kubelet-log', 'node-object', 'node-events', 'node-pods']);
/** Seen from afar, but not as the node sees it. */
const IN_PART: ReadonlySet<Topic> = new Set(['api-server']);

/** A node that this does not run on: it has a name, and all that only the host itself shows was not seen. */
export const remoteNodeProbe: Probe = { name: 'remote-node', topics: [], run };

async function run({ record, options }: ProbeContext): Promise<void> {
  const name = options.cluster?.nodeName ?? 'node';
  record.entity(entityId.node(), name);
  const source = record.source(`host of node ${name}`, 'notready collect -o case.tar.gz');
  for (const topic of TOPICS) {
    if (!FROM_AFAR.has(topic))
      observeGap(source, topic, 'not-here', `asked from another machine than ${name}`, { partial: IN_PART.has(topic) });
  }
  source.end({ status: 'skipped', error: 'asked from another machine' });
}

import type { FactOf } from '../../evidence/observation.ts';
import { readNodeObject } from '../../logs/objects/node-object.ts';

/** What one node of the cluster shows of itself. */
export interface Peer {
  readonly name: string;
  /** Null where it has no Ready condition. */
  readonly status: FactOf<'node-ready'>['status'] | null;
  readonly since: number | null;
}

/** Turns that lie this close have one reason, such as a control plane that was away. */
const TOGETHER_MS = 5 * 60_000;

export function readPeer(json: unknown): Peer | null {
  const node = readNodeObject(json);
  return node && { name: node.object.name, status: node.ready?.status ?? null, since: node.ready?.since ?? null };
}

/** How the others do. @param own this node, where it was seen */
export function peerFact(peers: readonly Peer[], name: string, own: FactOf<'node-ready'> | null): FactOf<'peer-nodes'> {
  const others = peers.filter((p) => p.name !== name);
  const lost = others.filter((p) => p.status === 'False' || p.status === 'Unknown');
  const turned = own !== null && own.status !== 'True' ? own.since : null;
  return {
    type: 'peer-nodes',
    total: others.length,
    notReady: lost.filter((p) => p.status === 'False').length,
    unknown: lost.filter((p) => p.status === 'Unknown').length,
    lostTogether: lost.filter((p) => turned !== null && p.since !== null && Math.abs(p.since - turned) <= TOGETHER_MS)
      .length,
  };
}

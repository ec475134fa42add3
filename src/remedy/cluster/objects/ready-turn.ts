import { readEvent } from '../../../logs/objects/event.ts';
import type { ReadyTurn } from '../context.ts';

/** `NodeReady` of the kubelet, `NodeNotReady` of it or of the node controller, which says it of one that fell silent. */
export function readReadyTurn(json: unknown): ReadyTurn | null {
  const event = readEvent(json);
  if (event === null) return null;
  const { fact, at, about } = event;
  if (about.kind !== 'Node' || (fact.reason !== 'NodeReady' && fact.reason !== 'NodeNotReady')) return null;
  return { node: about.name, at, ready: fact.reason === 'NodeReady', count: fact.count };
}

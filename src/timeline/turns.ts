import type { CaseView } from '../evidence/view.ts';
import type { Turn } from '../pleg/arithmetic/flap-inference.ts';

/** Two sources may report one change some seconds apart. */
const SAME_CHANGE_MS = 15_000;

/** Of two changes at one moment the loss counts as the later one: whatever came first in the case, the answer is the same. */
const ORDER = { ready: 0, 'not-ready': 1, unknown: 2 } as const;

/** A change of Ready, with the observation that tells of it. */
export interface ReadyTurn extends Turn {
  /** Whose word it is; null where either side may have brought it about. */
  readonly side: 'node' | 'control-plane' | null;
  readonly observation: string;
}

/** Changes of Ready in order of time, each once. */
export function readyTurns(view: CaseView): readonly ReadyTurn[] {
  const turns: ReadyTurn[] = [];
  const told = [...loggedTurns(view), ...statedTurns(view), ...eventTurns(view)];
  for (const turn of told.toSorted((a, b) => a.at - b.at || ORDER[a.to] - ORDER[b.to])) {
    const last = turns.at(-1);
    const repeated = last?.to === turn.to && (turn.at - last.at < SAME_CHANGE_MS || turn.to === 'ready');
    if (!repeated) turns.push(turn);
    else if (last.side === null && turn.at - last.at < SAME_CHANGE_MS)
      turns[turns.length - 1] = { ...last, side: turn.side };
  }
  return turns;
}

function loggedTurns(view: CaseView): readonly ReadyTurn[] {
  return view.all('log-signal').flatMap(({ id, at, fact }): ReadyTurn[] => {
    if (fact.signal !== 'node-became-ready' && fact.signal !== 'node-became-not-ready') return [];
    const to = fact.signal === 'node-became-ready' ? 'ready' : 'not-ready';
    const side = fact.log === 'kubelet' ? 'node' : fact.log === 'kube-controller-manager' ? 'control-plane' : null;
    return [{ at, to, side, observation: id }];
  });
}

/** Only the control plane says Unknown; False is the kubelet's word. */
function statedTurns(view: CaseView): readonly ReadyTurn[] {
  return view.all('node-ready').flatMap(({ id, fact }): ReadyTurn[] => {
    if (fact.since === null) return [];
    const to = ({ True: 'ready', False: 'not-ready', Unknown: 'unknown' } as const)[fact.status];
    return [{ at: fact.since, to, side: to === 'unknown' ? 'control-plane' : 'node', observation: id }];
  });
}

/**
 * Events about the node itself. The times between the first and the last of more than two are not known. The node
 * controller writes NodeNotReady of each loss, whoever brought it about (pkg/controller/nodelifecycle
 * node_lifecycle_controller.go monitorNodeHealth @ v1.20.2).
 */
function eventTurns(view: CaseView): readonly ReadyTurn[] {
  return view.all('cluster-event').flatMap((o): ReadyTurn[] => {
    const { reason, count, firstAt, component } = o.fact;
    const to = reason === 'NodeReady' ? 'ready' : reason === 'NodeNotReady' ? 'not-ready' : null;
    if (to === null || o.about[0]?.startsWith('node:') !== true) return [];
    const side = component === 'kubelet' ? 'node' : null;
    return (count === 2 ? [firstAt, o.at] : [o.at]).map((at) => ({ at, to, side, observation: o.id }));
  });
}

import type { ClusterPod } from '../../objects/pod.ts';
import type { HostPort } from '../../objects/pod-needs.ts';
import type { Filter } from '../refusal.ts';

const ANY = '0.0.0.0';

/** Source: plugins/nodeports/node_ports.go and framework/types.go, HostPortInfo.CheckConflict @ v1.20.2. */
export function portsFree({ needs }: ClusterPod): Filter {
  return ({ pods }) => {
    if (needs.hostPorts.length === 0) return null;
    const used = pods.flatMap((p) => p.needs.hostPorts);
    const taken = needs.hostPorts.find((wanted) => used.some((u) => conflicts(wanted, u)));
    return taken === undefined ? null : { reason: 'host-port', detail: `${taken.port}/${taken.protocol}` };
  };
}

function conflicts(a: HostPort, b: HostPort): boolean {
  return a.port === b.port && a.protocol === b.protocol && (a.ip === b.ip || a.ip === ANY || b.ip === ANY);
}

/**
 * Every resource that is asked for, the number of pods among them; one that a node does not have at all counts as 0.
 * Source: plugins/noderesources/fit.go, fitsRequest @ v1.20.2 and master.
 */
export function resourcesLeft({ needs }: ClusterPod): Filter {
  const wanted = Object.entries(needs.requests)
    .filter(([, amount]) => amount > 0)
    .toSorted(([a], [b]) => rank(a) - rank(b));
  return ({ node, requested }) => {
    const short = wanted.find(([name, amount]) => (requested[name] ?? 0) + amount > (node.allocatable[name] ?? 0));
    return short === undefined ? null : { reason: 'resource', detail: short[0] };
  };
}

/** What is named first where several are short, as in the scheduler's events. */
function rank(name: string): number {
  const order = ['pods', 'cpu', 'memory', 'ephemeral-storage'];
  const at = order.indexOf(name);
  return at === -1 ? order.length : at;
}

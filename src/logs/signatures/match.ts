import type { Fact, FactOf } from '../../evidence/observation.ts';
import type { LogLine, Signature } from '../signature.ts';
import { FAULTS } from './faults.ts';
import { HOST } from './host.ts';
import { KUBELET, KUBELET_CALLS } from './kubelet.ts';
import { NODE } from './node.ts';
import { RUNTIME } from './runtime.ts';

/** Every form of a message of kubelet, runtime or systemd. */
export const LOG_SIGNATURES: readonly Signature[] = [
  ...KUBELET,
  ...KUBELET_CALLS,
  ...NODE,
  ...RUNTIME,
  ...FAULTS,
  ...HOST,
];

/**
 * What a line of a kubelet's or runtime's log means; nothing for the most. One line can mean several things:
 * `[container runtime is down, PLEG is not healthy: ...]` means two. Matches on the message and never on file:line,
 * which moves with every release.
 */
export function matchLogLine(line: LogLine): readonly FactOf<'log-signal'>[] {
  const found = LOG_SIGNATURES.flatMap((signature) => {
    if (!signature.literals.some((literal) => line.message.includes(literal))) return [];
    const fact = signature.read(line.message, line);
    return fact !== null && isLogSignal(fact) ? [fact] : [];
  });
  const notReady = found.find((f) => f.signal === 'node-became-not-ready');
  // Such a line quotes the condition's message, which is no statement of its own.
  if (notReady !== undefined) return [notReady];
  return [...new Map(found.toReversed().map((f) => [f.signal, f])).values()].reverse();
}

function isLogSignal(fact: Fact): fact is FactOf<'log-signal'> {
  return fact.type === 'log-signal';
}

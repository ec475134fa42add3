import type { Text } from '../../text/text.ts';
import type { Effect, Reference } from '../cause.ts';
import { isHeldBySignal } from './daemons.ts';

/**
 * How a fault of the whole host (systemd, the kernel) keeps a runtime from its work. A daemon or shim that a signal has
 * stopped hangs by that alone. What a daemon's stacks show as locked is locked on behalf of a call that does not come back.
 */
export function hangsRuntime(mechanism: Text, reference: Reference): readonly Effect[] {
  const links: NonNullable<Effect['links']> = (_from, to, view) => !isHeldBySignal(view, to.subjects);
  return [
    { state: 'pods-cannot-start', mechanism, reference },
    { state: 'runtime-calls-slow', mechanism, reference },
    { state: 'oci-runtime-hung', mechanism, reference },
    { state: 'runtime-deadlock', mechanism, reference },
    { state: 'container-status-hung', mechanism, reference, links },
    { state: 'runtime-unresponsive', mechanism, reference, links },
  ];
}

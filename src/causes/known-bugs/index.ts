import { HOST_BUGS } from './host.ts';
import type { KnownBug } from './known-bug.ts';
import { KUBELET_BUGS } from './kubelet.ts';
import { RUNTIME_BUGS } from './runtimes.ts';

/** Every bug that upstream knows and a verdict may name. One file a component. */
export const KNOWN_BUGS: readonly KnownBug[] = [...KUBELET_BUGS, ...RUNTIME_BUGS, ...HOST_BUGS];

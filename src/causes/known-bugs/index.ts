import type { KnownBug } from './known-bug.ts';

/** Every bug that upstream knows and a verdict may name. One file a component. */
export const KNOWN_BUGS: readonly KnownBug[] = [];

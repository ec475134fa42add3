import type { Observation } from '../../evidence/observation.ts';

/** Why something cannot be removed: in use, or protected by an attribute. */
export interface Blocked {
  readonly observation: Observation<'log-signal'>;
  /** The path that is named; null where only a device or a container is. */
  readonly path: string | null;
  readonly why: 'busy' | 'denied';
}

// The last path before the words of the error is what could not be removed: `remove /data/overlay2/ID/merged: device or ...`.
const PATH =
  /(\/[^\s:"'\\]{2,400})(?:\\*")?: (?:device or resource busy|target is busy|device is busy|operation not permitted)/gi;

/** What a line says cannot be removed. */
export function blockedOf(observation: Observation<'log-signal'>): Blocked {
  const { line } = observation.fact;
  const path = [...line.matchAll(PATH)].at(-1)?.[1] ?? null;
  return { observation, path, why: /operation not permitted/i.test(line) ? 'denied' : 'busy' };
}

/** Whether two paths are one mount seen from different namespaces: one may see it below a root of its own. */
export function samePlace(a: string, b: string): boolean {
  const [x, y] = [layerOf(a), layerOf(b)];
  if (x !== null && y !== null) return x === y;
  return a === b || a.endsWith(b) || b.endsWith(a);
}

/** The id of a layer or volume in a path, which is the same wherever the runtime's folder is mounted. */
function layerOf(path: string): string | null {
  return path.match(/[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g)?.at(-1) ?? null;
}

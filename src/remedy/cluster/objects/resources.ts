import { milliQuantity } from './quantity.ts';

/**
 * Amounts by the name of the resource, as the scheduler counts them: `cpu` in thousandths of a core, everything else in
 * whole units (bytes, pods, devices), rounded up.
 * Source: pkg/scheduler/framework/types.go @ v1.20.2, Resource.Add.
 */
export type Resources = Readonly<Record<string, number>>;

/** What makes no sense is left out. */
export function readResources(quantities: Readonly<Record<string, unknown>>): Resources {
  return Object.fromEntries(
    Object.entries(quantities).flatMap(([name, text]): [string, number][] => {
      const milli = milliQuantity(String(text));
      if (milli === null) return [];
      return [[name, name === 'cpu' ? milli : Math.ceil(milli / 1000)]];
    }),
  );
}

export function addResources(a: Resources, b: Resources): Resources {
  return combine(a, b, (x, y) => x + y);
}

export function maxResources(a: Resources, b: Resources): Resources {
  return combine(a, b, Math.max);
}

function combine(a: Resources, b: Resources, how: (x: number, y: number) => number): Resources {
  const sum: Record<string, number> = { ...a };
  for (const [name, amount] of Object.entries(b)) sum[name] = how(sum[name] ?? 0, amount);
  return sum;
}

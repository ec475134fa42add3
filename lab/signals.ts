import type { Text } from '../src/text/text.ts';
import type { Lab } from './lab.ts';
import { undone } from './texts.ts';

/**
 * On SIGINT, SIGTERM and SIGHUP the lab is taken back, then the process ends as such signals end it (128 + n).
 * @returns what stops listening
 */
export function endOnSignals(lab: Lab, print: (text: Text) => void): () => void {
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
  const handler = (name: NodeJS.Signals): void => {
    print(undone(lab.end()));
    process.exit(128 + numbers[name as keyof typeof numbers]);
  };
  for (const name of Object.keys(numbers)) process.on(name, handler);
  return () => {
    for (const name of Object.keys(numbers)) process.off(name, handler);
  };
}

/** Never: the signal's handler ends the process. */
export function untilSignal(): Promise<never> {
  return new Promise(() => {
    setInterval(() => undefined, 60_000);
  });
}

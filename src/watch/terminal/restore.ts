import type { EventEmitter } from 'node:events';

const ENDS = ['uncaughtException', 'unhandledRejection', 'exit'] as const;

/**
 * Restores the terminal before anything is said of an error: on the alternate screen it would be lost.
 * @param process what tells of its own end
 * @returns what takes that back
 */
export function restoreAtAnyEnd(
  process: Pick<EventEmitter, 'prependListener' | 'off'>,
  restore: () => void,
): () => void {
  for (const end of ENDS) process.prependListener(end, restore);
  return () => {
    for (const end of ENDS) process.off(end, restore);
  };
}

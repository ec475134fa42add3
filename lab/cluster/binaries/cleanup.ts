import { constants } from 'node:os';

/** Takes note of what is to be undone at the end. */
export type Later = (undo: () => void) => void;

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does work, then undoes in reverse order what was noted: at its end, on an error, and on a signal, after which the
 * process ends as such signals end it (128 + n).
 */
export async function cleaningUp<T>(work: (later: Later) => Promise<T>): Promise<T> {
  const undos: (() => void)[] = [];
  const undoAll = (): void => {
    for (let undo = undos.pop(); undo; undo = undos.pop()) undo();
  };
  const end = (name: NodeJS.Signals): void => {
    try {
      undoAll();
    } finally {
      process.exit(128 + constants.signals[name]);
    }
  };
  for (const name of ENDING) process.on(name, end);
  try {
    return await work((undo) => undos.push(undo));
  } finally {
    for (const name of ENDING) process.off(name, end);
    undoAll();
  }
}

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from './errors.ts';
import { performUndo, type Undo } from './undo-kinds.ts';
import { sleepSync } from './wait.ts';

type Line = { readonly id: number; readonly undo: Undo } | { readonly done: number };

/** An undo that is still due. */
export interface DueUndo {
  readonly id: number;
  readonly undo: Undo;
}

/** What could not be undone, and why. */
export interface UndoFailure {
  readonly undo: Undo;
  readonly error: string;
}

const ROUNDS = 3;

/**
 * How to take back everything a lab did, as data on disk, so that another process can do it when the lab is gone.
 * An undo is written before its act: one whose act never came must do nothing.
 */
export class UndoJournal {
  readonly #folder: string;
  readonly #file: string;
  #next: number;

  constructor(folder: string) {
    this.#folder = folder;
    this.#file = journalFile(folder);
    this.#next = 1 + Math.max(0, ...this.#lines().map((l) => ('id' in l ? l.id : 0)));
  }

  /** Call before the act itself. @returns what to hand to {@link undo} to take it back early */
  register(undo: Undo): number {
    const id = this.#next;
    this.#next += 1;
    this.#append({ id, undo });
    return id;
  }

  /** A point in time, for {@link undoSince}. */
  mark(): number {
    return this.#next;
  }

  due(): DueUndo[] {
    const lines = this.#lines();
    const done = new Set(lines.map((l) => ('done' in l ? l.done : 0)));
    return lines.filter((l) => 'id' in l).filter((l) => !done.has(l.id));
  }

  /** Takes one act back now. @throws what the undo throws; it stays due then */
  undo(id: number): void {
    const found = this.due().find((d) => d.id === id);
    if (found) this.#perform(found);
  }

  /** Takes back, last first, all that was registered since the mark; all of it by default. Blocks; never throws. */
  undoSince(mark = 0): UndoFailure[] {
    let failures: UndoFailure[] = [];
    // What fails may only have been too early: a mount is busy until the processes that use it are gone.
    for (let round = 0; round < ROUNDS; round += 1) {
      failures = this.#round(mark);
      if (failures.length === 0) return [];
      sleepSync(300);
    }
    return failures;
  }

  #round(mark: number): UndoFailure[] {
    const failures: UndoFailure[] = [];
    for (const due of this.due()
      .filter((d) => d.id >= mark)
      .reverse()) {
      try {
        this.#perform(due);
      } catch (error) {
        failures.push({ undo: due.undo, error: textOf(error).en });
      }
    }
    return failures;
  }

  #perform(due: DueUndo): void {
    performUndo(due.undo, this.#folder);
    // The last undo takes the folder away, and the journal with it.
    if (existsSync(this.#file)) this.#append({ done: due.id });
  }

  #append(line: Line): void {
    // The newline before, too: what a killed lab wrote may end in the middle of a line.
    appendFileSync(this.#file, `\n${JSON.stringify(line)}\n`, { mode: 0o600 });
  }

  #lines(): Line[] {
    if (!existsSync(this.#file)) return [];
    return readFileSync(this.#file, 'utf8').split('\n').flatMap(parseLine);
  }
}

/** A lab that was killed in the middle of writing a line had not acted on it yet: such a line is passed over. */
function parseLine(text: string): Line[] {
  try {
    return [JSON.parse(text) as Line];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

export function journalFile(folder: string): string {
  return join(folder, 'undo.jsonl');
}

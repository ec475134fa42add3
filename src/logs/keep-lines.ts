import type { FoundIn } from './scan-contract.ts';
import type { RawLine, Signature } from './signature.ts';
import { LITERALS } from './signatures/index.ts';
import { KERNEL_LITERALS, matchKernelLine, matchKernelRecovery } from './signatures/kernel.ts';
import { LOG_SIGNATURES } from './signatures/match.ts';
import { sameStamp } from './stamp.ts';

/** A meaning that a line can have, as far as it tells which lines are worth keeping. */
interface Meaning {
  readonly id: string;
  readonly holds: (text: string) => boolean;
}

/** Of each meaning so many lines of a log are kept, the newest: more than thinning leaves of any number. */
const KEPT = 1000;
/** Characters of all lines that are kept. */
const MOST_KEPT = 24 << 20;

const KERNEL: Meaning = {
  id: 'kernel',
  holds: (text) => matchKernelLine(text) !== null || matchKernelRecovery(text) !== null,
};

/** By the number of a literal: what a line that holds it can mean. */
const MEANINGS: readonly (readonly Meaning[])[] = LITERALS.map((literal) => [
  ...LOG_SIGNATURES.filter((s) => s.literals.includes(literal)).map(meaningOf),
  ...(KERNEL_LITERALS.includes(literal) ? [KERNEL] : []),
]);

function meaningOf({ id, holds }: Signature): Meaning {
  return { id, holds: holds ?? (() => true) };
}

/**
 * Keeps what can count of the lines that a scanner tells of logs too large to be looked at whole: of each meaning the
 * newest, and of the lines that one stalled relist gives the first and the last. So a log of any size takes as much
 * memory as a short one.
 */
export class KeptLines {
  readonly #files = new Map<string, Map<string, RawLine[]>>();
  #most = KEPT;
  #characters = 0;

  add(line: RawLine, { literals }: FoundIn): void {
    const tried = new Set<string>();
    for (const literal of literals) {
      for (const { id, holds } of MEANINGS[literal] ?? []) {
        if (tried.has(id)) continue;
        tried.add(id);
        // In JSON a message stands escaped: what it says is seen once it is parsed.
        if (line.text.startsWith('{') || holds(line.text)) this.#keep(id, line);
      }
    }
  }

  /** Of a file, in its order. */
  linesOf(file: string): readonly RawLine[] {
    const lines = new Set([...(this.#files.get(file)?.values() ?? [])].flat());
    return [...lines].toSorted((a, b) => a.position.offset - b.position.offset);
  }

  #keep(id: string, line: RawLine): void {
    const lines = this.#linesFor(line.position.file, id);
    const [before, last] = [lines.at(-2), lines.at(-1)];
    if (
      id === 'pleg-unhealthy' &&
      before &&
      last &&
      sameStamp(before.text, line.text) &&
      sameStamp(last.text, line.text)
    )
      this.#drop(lines.splice(-1));
    lines.push(line);
    this.#characters += line.text.length;
    // In halves, so that dropping the oldest costs nothing to speak of.
    if (lines.length >= 2 * this.#most) this.#drop(lines.splice(0, lines.length - this.#most));
    if (this.#characters > MOST_KEPT) this.#keepLess();
  }

  #linesFor(file: string, id: string): RawLine[] {
    const meanings = this.#files.get(file) ?? new Map<string, RawLine[]>();
    this.#files.set(file, meanings);
    const lines = meanings.get(id) ?? [];
    meanings.set(id, lines);
    return lines;
  }

  #drop(lines: readonly RawLine[]): void {
    for (const { text } of lines) this.#characters -= text.length;
  }

  #keepLess(): void {
    this.#most = Math.max(1, Math.floor(this.#most / 2));
    for (const meanings of this.#files.values()) {
      for (const lines of meanings.values()) this.#drop(lines.splice(0, Math.max(0, lines.length - this.#most)));
    }
  }
}

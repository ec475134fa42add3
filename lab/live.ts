import type { Lang, Text } from '../src/text/text.ts';
import { formatDuration } from '../src/text/units.ts';

/** What ends quickly needs no word. */
const QUIET_MS = 2000;
const REDRAWN_MS = 1000;
/** Where nobody watches a terminal. */
const REPEATED_MS = 60_000;
const CLEAR_LINE = '\r\x1b[2K';

/** Where lines go, a terminal or not. */
export type Out = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };

/** Prints lines that stay and, while something takes its time, one that says what is waited for and how long already. */
export class Live {
  readonly lang: Lang;
  readonly #out: Out;
  #drawn = false;

  constructor(lang: Lang, out: Out = process.stdout) {
    this.lang = lang;
    this.#out = out;
  }

  readonly print = (text: Text): void => {
    this.#clear();
    this.#out.write(`${text[this.lang]}\n`);
  };

  /** Waits for something, and says so when that takes more than two seconds. */
  readonly wait = async <T>(what: Text, work: Promise<T>): Promise<T> => {
    const began = Date.now();
    const every = this.#out.isTTY === true ? REDRAWN_MS : REPEATED_MS;
    let next = QUIET_MS;
    const timer = setInterval(() => {
      const waited = Date.now() - began;
      if (waited < next) return;
      next = waited + every;
      this.#tell(what, waited);
    }, REDRAWN_MS / 2);
    try {
      return await work;
    } finally {
      clearInterval(timer);
      this.#clear();
    }
  };

  #tell(what: Text, waitedMs: number): void {
    const line = `      ... ${what[this.lang]} (${formatDuration(Math.round(waitedMs / 1000) * 1000)})`;
    if (this.#out.isTTY !== true) {
      this.#out.write(`${line}\n`);
      return;
    }
    this.#out.write(`${CLEAR_LINE}${line.slice(0, (this.#out.columns ?? 80) - 1)}`);
    this.#drawn = true;
  }

  #clear(): void {
    if (this.#drawn) this.#out.write(CLEAR_LINE);
    this.#drawn = false;
  }
}

// What any terminal of the last decades knows (xterm, screen, tmux, the Linux console); see ctlseqs of xterm.
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[2J';
const LEAVE = '\x1b[0m\x1b[?25h\x1b[?1049l';
const CLEAR_LINE_END = '\x1b[K';
const CLEAR_BELOW = '\x1b[J';
const CLEAR = '\x1b[2J';

/** Where a screen is written: a terminal, or a test. */
export interface ScreenOutput {
  write(text: string): unknown;
}

/** The alternate screen of a terminal: entered, drawn on line by line, left as it was found. */
export class Screen {
  readonly #out: ScreenOutput;
  #entered = false;
  #drawn: readonly string[] = [];

  constructor(out: ScreenOutput) {
    this.#out = out;
  }

  enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    this.#drawn = [];
    this.#out.write(ENTER);
  }

  /** Writes the lines that are not there yet: over SSH every byte counts. */
  draw(lines: readonly string[]): void {
    if (!this.#entered) return;
    const changed = lines.flatMap((line, i) =>
      line === this.#drawn[i] ? [] : [`${moveTo(i + 1)}${line}${CLEAR_LINE_END}`],
    );
    if (lines.length < this.#drawn.length) changed.push(`${moveTo(lines.length + 1)}${CLEAR_BELOW}`);
    this.#drawn = [...lines];
    if (changed.length > 0) this.#out.write(changed.join(''));
  }

  /** All is drawn anew the next time: the terminal has another size, or someone else wrote on it. */
  forget(): void {
    this.#drawn = [];
    if (this.#entered) this.#out.write(CLEAR);
  }

  /** May be called at any time, and more than once. */
  leave(): void {
    if (!this.#entered) return;
    this.#entered = false;
    this.#out.write(LEAVE);
  }
}

function moveTo(row: number): string {
  return `\x1b[${row};1H`;
}

import type { Text } from '../../src/text/text.ts';

/** What happens to a node, each line with the minutes and seconds since the fault began to be made. */
export class Timeline {
  readonly #print: (text: Text) => void;
  readonly #start: number;

  constructor(print: (text: Text) => void, start = Date.now()) {
    this.#print = print;
    this.#start = start;
  }

  /** `5:03`; times before its start are `-0:02`. */
  clock(at: number): string {
    const seconds = Math.round((at - this.#start) / 1000);
    const [whole, rest] = [Math.floor(Math.abs(seconds) / 60), Math.abs(seconds) % 60];
    return `${seconds < 0 ? '-' : ''}${whole}:${String(rest).padStart(2, '0')}`;
  }

  tell(text: Text, at = Date.now()): void {
    const time = this.clock(at).padStart(7);
    this.#print({ en: `${time}  ${text.en}`, zh: `${time}  ${text.zh}` });
  }
}

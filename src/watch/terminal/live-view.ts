import type { Colourise } from '../../report/terminal/paint.ts';
import { paint } from '../../report/terminal/paint.ts';
import type { Lang } from '../../text/text.ts';
import type { WatchState } from '../model/state.ts';
import { containerRows } from '../view/container-rows.ts';
import { frame } from '../view/frame.ts';
import { FIRST_UI, type Key, press, type Ui } from '../view/ui.ts';
import { watchWords } from '../words/words.ts';
import type { Screen } from './screen.ts';

export interface LiveViewOptions {
  readonly screen: Screen;
  readonly lang: Lang;
  /** null: no colour. */
  readonly colour: Colourise | null;
  readonly size: () => { readonly columns: number; readonly rows: number };
  readonly state: () => WatchState;
  readonly now: () => number;
}

/** Longer lines are hard to read. */
const WIDEST = 160;

/** What the person sees and what their keys do to it. While paused, the state and the time of then stay. */
export class LiveView {
  readonly #options: LiveViewOptions;
  #ui: Ui = FIRST_UI;
  #frozen: { readonly state: WatchState; readonly now: number } | null = null;

  constructor(options: LiveViewOptions) {
    this.#options = options;
  }

  /** @returns what the key asks of whoever owns the terminal; null where it was for the view */
  key(key: Key): 'quit' | 'interrupt' | 'suspend' | null {
    const { state, now } = this.#shown();
    const rows = containerRows(state).map((r) => r.container.id);
    const pressed = press(this.#ui, key, rows);
    if (typeof pressed === 'string') return pressed;
    this.#ui = pressed.ui;
    this.#frozen = pressed.ui.paused ? (this.#frozen ?? { state, now }) : null;
    this.draw();
    return null;
  }

  draw(): void {
    const { screen, lang, colour, size } = this.#options;
    const { columns, rows } = size();
    const scene = {
      ...this.#shown(),
      ui: this.#ui,
      words: watchWords(lang),
      width: Math.min(columns, WIDEST),
      height: rows,
    };
    screen.draw(frame(scene).map((line) => paint([line], colour).trimEnd()));
  }

  #shown(): { readonly state: WatchState; readonly now: number } {
    return this.#frozen ?? { state: this.#options.state(), now: this.#options.now() };
  }
}

import type { WatchState } from '../model/state.ts';
import type { WatchWords } from '../words/words.ts';
import type { Ui } from './ui.ts';

/** What is to be shown, how large, and to whom. */
export interface Scene {
  readonly state: WatchState;
  /** Unix ms. */
  readonly now: number;
  readonly ui: Ui;
  readonly words: WatchWords;
  readonly width: number;
  readonly height: number;
}

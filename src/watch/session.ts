import type { Change } from './model/change.ts';
import type { News } from './model/news.ts';
import { reduce } from './model/reduce.ts';
import { initialState, type WatchState } from './model/state.ts';
import type { Subject } from './model/subject.ts';

export interface WatchListener {
  /** Something happened. */
  onChange(change: Change): void;
  /** A period has passed, or more is known. */
  onState?(state: WatchState, news: News): void;
}

/** Follows the news and keeps what they add up to. */
export class WatchSession {
  readonly #listener: WatchListener;
  #state: WatchState;

  constructor(subject: Subject, listener: WatchListener) {
    this.#state = initialState(subject);
    this.#listener = listener;
  }

  get state(): WatchState {
    return this.#state;
  }

  take(news: News): void {
    const { state, changes } = reduce(this.#state, news);
    this.#state = state;
    for (const change of changes) this.#listener.onChange(change);
    this.#listener.onState?.(state, news);
  }
}

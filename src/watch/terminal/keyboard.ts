import { emitKeypressEvents, type Key as ReadlineKey } from 'node:readline';
import type { ReadStream } from 'node:tty';
import type { Key } from '../view/ui.ts';

/** Keys as they are pressed, not line by line. */
export interface Keyboard {
  /** Takes the keys again, after another program had the terminal. */
  resume(): void;
  /** Gives the terminal back as it was. */
  pause(): void;
  close(): void;
}

const nothing = (): void => undefined;
/** Where the input is no terminal: signals end the watch. */
const NO_KEYS: Keyboard = { resume: nothing, pause: nothing, close: nothing };

/** The keys of a terminal. */
export function openKeyboard(input: ReadStream, onKey: (key: Key) => void): Keyboard {
  if (!input.isTTY) return NO_KEYS;
  emitKeypressEvents(input);
  const listener = (text: string | undefined, { name, ctrl }: ReadlineKey): void =>
    onKey({ name: name ?? text ?? '', ctrl: ctrl ?? false });
  input.on('keypress', listener);
  const resume = (): void => {
    input.setRawMode(true);
    input.resume();
  };
  const pause = (): void => {
    input.setRawMode(false);
    input.pause();
  };
  resume();
  return {
    resume,
    pause,
    close: () => {
      input.off('keypress', listener);
      pause();
    },
  };
}

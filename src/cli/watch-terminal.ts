import { systemClock } from '../pleg/runtimes/system-clock.ts';
import { WatchSession } from '../watch/session.ts';
import { startSources, type Ways } from '../watch/sources/sources.ts';
import { type Keyboard, openKeyboard } from '../watch/terminal/keyboard.ts';
import { LiveView } from '../watch/terminal/live-view.ts';
import { restoreAtAnyEnd } from '../watch/terminal/restore.ts';
import { Screen } from '../watch/terminal/screen.ts';
import { colourFor } from './colour.ts';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { WatchEnd } from './watch-end.ts';

/** How soon what happened is seen, ms. */
const DRAW_MS = 250;

/** Shows the live view until the end, and leaves the terminal as it was, however it ends. */
export async function showTerminal(ways: Ways, end: WatchEnd, { lang, env }: CliContext): Promise<ExitCode> {
  const screen = new Screen(process.stdout);
  const session = new WatchSession(ways.subject, { onChange: () => undefined });
  const view = new LiveView({
    screen,
    lang,
    colour: colourFor(process.stdout, env),
    size: () => ({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }),
    state: () => session.state,
    now: () => systemClock.now(),
  });
  const keyboard = openKeyboard(process.stdin, (key) => {
    const asks = view.key(key);
    if (asks === 'quit') end.end(EXIT.fine);
    else if (asks === 'interrupt') end.end(EXIT.interrupted);
    else if (asks === 'suspend') suspend(screen, keyboard);
  });
  const restore = (): void => {
    keyboard.close();
    screen.leave();
  };
  const forget = restoreAtAnyEnd(process, restore);
  const redraw = (): void => {
    keyboard.resume();
    screen.enter();
    screen.forget();
    view.draw();
  };
  process.on('SIGCONT', redraw);
  process.stdout.on('resize', redraw);
  redraw();
  const drawing = setInterval(() => view.draw(), DRAW_MS);
  try {
    const sources = await startSources(ways, (news) => session.take(news));
    const code = await end.reached;
    sources.stop();
    return code;
  } finally {
    clearInterval(drawing);
    process.off('SIGCONT', redraw);
    process.stdout.off('resize', redraw);
    restore();
    forget();
  }
}

/** As Ctrl-Z does elsewhere: the shell has the terminal until `fg`. */
function suspend(screen: Screen, keyboard: Keyboard): void {
  keyboard.pause();
  screen.leave();
  process.kill(process.pid, 'SIGSTOP');
}

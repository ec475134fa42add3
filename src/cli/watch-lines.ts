import { systemClock } from '../pleg/runtimes/system-clock.ts';
import { changeLine, statusLine, watchingLine } from '../watch/lines/json-lines.ts';
import { changeText, watchingText } from '../watch/lines/plain-lines.ts';
import type { WatchLine } from '../watch/lines/schema.ts';
import { WatchSession } from '../watch/session.ts';
import { startSources, type Ways } from '../watch/sources/sources.ts';
import { colourFor } from './colour.ts';
import type { CliContext } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import { print } from './output.ts';
import { TOOL } from './version.ts';
import type { WatchEnd } from './watch-end.ts';

/** Writes line by line until the end; what cannot be written ends the watch with its error. */
export async function showLines(
  form: 'lines' | 'json',
  ways: Ways,
  end: WatchEnd,
  context: CliContext,
): Promise<ExitCode> {
  const failed = Promise.withResolvers<never>();
  const write = (text: string): void => void print(text).catch(failed.reject);
  const session = form === 'json' ? jsonSession(ways, write) : plainSession(ways, write, context);
  const sources = await startSources(ways, (news) => session.take(news));
  try {
    return await Promise.race([end.reached, failed.promise]);
  } finally {
    sources.stop();
  }
}

function jsonSession({ subject }: Ways, write: (text: string) => void): WatchSession {
  const writeLine = (line: WatchLine): void => write(`${JSON.stringify(line)}\n`);
  writeLine(watchingLine(subject, TOOL, systemClock.now()));
  return new WatchSession(subject, {
    onChange: (change) => writeLine(changeLine(change)),
    onState: (state, news) => {
      const line = news.type === 'ours' ? statusLine(state, news.at) : null;
      if (line !== null) writeLine(line);
    },
  });
}

function plainSession({ subject }: Ways, write: (text: string) => void, { lang, env }: CliContext): WatchSession {
  const options = { lang, colour: colourFor(process.stdout, env) };
  write(watchingText(subject, systemClock.now(), options));
  return new WatchSession(subject, { onChange: (change) => write(changeText(change, options)) });
}

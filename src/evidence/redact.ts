import { redactEnvironment } from './redact-environment.ts';
import { redactArguments as redactEach, redactOptions } from './redact-options.ts';
import { redactSettings } from './redact-settings.ts';
import { redactTokens } from './redact-tokens.ts';

export { REDACTED } from './secret-names.ts';

/** Replaces passwords, tokens, keys and credentials inside a text; what surrounds them stays readable. */
export function redact(text: string): string {
  if (text.length < 8) return text;
  return redactOptions(redactSettings(redactEnvironment(redactTokens(text))));
}

/** As {@link redact} for each argument of a command line, where `--password` and its value are apart. */
export function redactArguments(args: readonly string[]): string[] {
  return redactEach(args, redact);
}

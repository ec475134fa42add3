import { redactEnvironment } from './redact-environment.ts';
import { redactArguments as redactEach, redactOptions } from './redact-options.ts';
import { redactSettings } from './redact-settings.ts';
import { redactTokens } from './redact-tokens.ts';

export { REDACTED } from './secret-names.ts';

/** Each pass finds what the one before laid bare, such as a setting whose value was another; two are the rule. */
const MOST_PASSES = 8;

/**
 * Replaces passwords, tokens, keys and credentials inside a text; what surrounds them stays readable. Applied to its own
 * outcome it changes nothing.
 */
export function redact(text: string): string {
  if (text.length < 8) return text;
  let before = text;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const after = redactOptions(redactSettings(redactEnvironment(redactTokens(before))));
    if (after === before) break;
    before = after;
  }
  return before;
}

/** As {@link redact} for each argument of a command line, where `--password` and its value are apart. */
export function redactArguments(args: readonly string[]): string[] {
  return redactEach(args, redact);
}

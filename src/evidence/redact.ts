import { redactSettings } from './redact-settings.ts';
import { holdsSecret, isSecretFlag, REDACTED } from './secret-names.ts';

export { REDACTED } from './secret-names.ts';

// Every pattern runs in time linear in the text: it can start only where a run of its characters starts (the
// lookbehinds), and what it may look over again is bounded.
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g;
const URL_PASSWORD = /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,128}):[^\s/@]{1,256}@/gi;
/** A token in place of the user: `https://ghp_...@github.com/x`. */
const URL_TOKEN = /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/:@[]{16,256}@/gi;
/** The header itself, whatever its credentials look like. */
const AUTHORIZATION_HEADER =
  /(authorization\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?(?:basic|bearer|digest|negotiate)\s{1,8})[\w.~+/=-]{4,}/gi;
const AUTHORIZATION =
  /(?<!\w)(basic|bearer|digest|negotiate)(\s{1,8})(?=[\w.~+/-]{0,400}[\d=_]|[\w.~+/-]{24})[\w.~+/=-]{8,}/gi;
/** JSON Web Token, whole or cut. Source: RFC 7519; a header `{"` is `eyJ` in base64url. */
const JWT = /(?<![\w.-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g;
/** Tokens that say what they are: AWS, GitHub, GitLab, Slack, Google. */
const KNOWN_TOKEN =
  /(?<!\w)(?:(?:AKIA|ASIA)[0-9A-Z]{16}(?!\w)|gh[pousr]_\w{30,255}|github_pat_\w{30,255}|glpat-[\w-]{20,64}|xox[abprs]-[\w-]{10,255}|AIza[\w-]{35}(?!\w))/g;
/** `curl -u user:password`. */
const USER_PASSWORD = /(?<![\w-])((?:-u|--user|--proxy-user)[\s=]{1,4}[^\s:='"]{1,128}):([^\s'"]{1,256})/g;
const FLAG = /(?<![\w-])(--?[a-z][\w.-]*)(\s{1,8})(?!-)([^\s[]\S*)/gi;

/** Replaces passwords, tokens, keys and credentials inside a text; what surrounds them stays readable. */
export function redact(text: string): string {
  if (text.length < 8) return text;
  const known = text
    .replace(PRIVATE_KEY, REDACTED)
    .replace(URL_PASSWORD, `$1:${REDACTED}@`)
    .replace(URL_TOKEN, `$1${REDACTED}@`)
    .replace(AUTHORIZATION_HEADER, `$1${REDACTED}`)
    .replace(AUTHORIZATION, `$1$2${REDACTED}`)
    .replace(JWT, REDACTED)
    .replace(KNOWN_TOKEN, REDACTED)
    .replace(USER_PASSWORD, keepNumericGroup);
  return redactSettings(known).replace(FLAG, redactFlag);
}

/** As {@link redact} for each argument of a command line, where `--password` and its value are apart. */
export function redactArguments(args: readonly string[]): string[] {
  return args.map((arg, i) => (isSecretFlag(args[i - 1] ?? '') && !arg.startsWith('-') ? REDACTED : redact(arg)));
}

/** `docker run --user 1000:1000` is a user and a group. */
function keepNumericGroup(whole: string, user: string, password: string): string {
  return /^\d+$/.test(password) ? whole : `${user}:${REDACTED}`;
}

function redactFlag(whole: string, flag: string, space: string, value: string): string {
  return holdsSecret(flag, value, 'flag') ? `${flag}${space}${REDACTED}` : whole;
}

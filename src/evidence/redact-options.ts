import { holdsSecret, isSecretFlag, looksRandom, REDACTED } from './secret-names.ts';

const FLAG = /(?<![\w-])(--?[a-z][\w.-]*)(\s{1,8})(?!-|\[redacted\])(\S+)/gi;
/** `curl -u user:password` */
const USER_PASSWORD =
  /(?<![\w-])((?:-u|--user|--proxy-user)[\s=]{1,4}[^\s:='"]{1,128}):(?!\[redacted\])([^\s'"]{1,256})/g;
const QUOTED_USER_PASSWORD =
  /(?<![\w-])((?:-u|--user|--proxy-user)[\s=]{1,4}["'][^\n:"']{1,128}):(?!\[redacted\])([^\n'"]{1,256})/g;
/** What these programs call by one letter: a whole command, and the option in it. */
const PROGRAM_OPTIONS: readonly (readonly [command: RegExp, option: RegExp])[] = [
  [/(?<![\w-])sshpass\s[^\n|;&]*/g, /(?<=\s)(-p\s{0,8})(?!\[redacted\])[^\s-]\S*/g],
  [/(?<![\w-])(?:mysql|mariadb)\w{0,16}\s[^\n|;&]*/g, /(?<=\s)(-p)(?!\[redacted\])[^\s-]\S*/g],
  [/(?<![\w-])redis-cli\s[^\n|;&]*/g, /(?<=\s)(-a\s{1,8})(?!\[redacted\])[^\s-]\S*/g],
  [
    /(?<![\w-])(?:docker|podman|nerdctl|helm|oras|skopeo|crane)\s(?:[^\n|;&]{0,60}?\s)?login\s[^\n|;&]*/g,
    /(?<=\s)(-p\s{1,8})(?!\[redacted\])[^\s-]\S*/g,
  ],
];
const SENTENCE = /(?<![\w-])(passw(?:or)?d\s{1,4}["']?)([^\s"',;]{6,128})/gi;

/** Replaces secrets that follow an option of a command line: `--password x`, `sshpass -p x`, `curl -u bob:x`. */
export function redactOptions(text: string): string {
  let redacted = text.replace(USER_PASSWORD, keepNumericGroup).replace(QUOTED_USER_PASSWORD, keepNumericGroup);
  for (const [command, option] of PROGRAM_OPTIONS) {
    redacted = redacted.replace(command, (line) => line.replace(option, `$1${REDACTED}`));
  }
  return redacted.replace(FLAG, redactFlag).replace(SENTENCE, redactWord);
}

/** The same for a list of arguments, where an option and its value are apart. */
export function redactArguments(args: readonly string[], redact: (text: string) => string): string[] {
  const done: string[] = [];
  for (const arg of args) done.push(redactArgument(done, arg, redact));
  return done;
}

/** As much of what stands before an argument as is looked at to find its program. */
const LOOKED_BACK = 300;

function redactArgument(before: readonly string[], arg: string, redact: (text: string) => string): string {
  const last = before.at(-1) ?? '';
  if (isSecretFlag(last) && !arg.startsWith('-')) return REDACTED;
  const [, user, password] = /^([^:]{1,128}):(.+)$/s.exec(arg) ?? [];
  if (USER_FLAG.test(last) && user !== undefined && !/^\d+$/.test(password ?? '')) return `${user}:${REDACTED}`;
  const start = `${before.join(' ').slice(-LOOKED_BACK)} `;
  const line = redactOptions(start + redact(arg));
  return line.startsWith(start) ? line.slice(start.length) : redact(arg);
}

const USER_FLAG = /^(?:-u|--user|--proxy-user)$/;

/** `docker run --user 1000:1000` is a user and a group. */
function keepNumericGroup(whole: string, user: string, password: string): string {
  return /^\d+$/.test(password) ? whole : `${user}:${REDACTED}`;
}

function redactFlag(whole: string, flag: string, space: string, value: string): string {
  return holdsSecret(flag, value, 'flag') ? `${flag}${space}${REDACTED}` : whole;
}

function redactWord(whole: string, before: string, word: string): string {
  return looksRandom(word) && !word.startsWith(REDACTED) ? `${before}${REDACTED}` : whole;
}

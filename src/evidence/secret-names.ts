/** What stands in place of a secret. */
export const REDACTED = '[redacted]';

// Which settings hold a secret, by their name, and which values are none whatever the name: what a kubelet or a
// daemon is told on its command line (`--authorization-mode=Webhook`, `--token-auth-file=/etc/x`) is evidence.

const PASSWORD = /passw(?:or)?d|passphrase|requirepass|(?:^|[._-])(?:pass|pwd)$/i;
const SECRET =
  /secret|token|credential|dockerconfigjson|signature$|key[._-]?data$|(?:^|[._-])(?:auth|bearer)$|(?:api|access|private|signing|encryption|account|shared|master|storage)[._-]?key/i;
/** `ENCRYPTION_KEY`, `SSH_KEY`, `DBPASS`: in an environment a name like this holds the secret itself. */
const ENVIRONMENT = /^(?!BYPASS$)[A-Z][A-Z0-9_]*(?:_KEY|PASS)$/;
/** A setting that tells where, how or how long, not the secret itself. */
const ABOUT_IT =
  /(?:file|path|dir|mode|ttl|name|namespace|ref|type|kind|count|timeout|duration|seconds|expir\w*|url|uri|endpoint|issuer|audience|provider|plugin|webhook|version|length|size|enabled)s?$/i;
const NO_SECRET =
  /^(?:true|false|yes|no|on|off|null|nil|none|undefined|unset|empty|(?:\d{1,6}(?:\.\d{1,3})?(?:ms|s|m|h))+)$/i;

/** How a name and a value stand together: `x=v`, `x:v`, `x: v`, `"x": "v"` or `--x v`. */
export type Joint = 'equals' | 'colon' | 'colon-space' | 'quoted' | 'flag';

/** Whether a setting of this name may hold a secret at all. */
export function namesSecret(name: string): boolean {
  return !ABOUT_IT.test(name) && (PASSWORD.test(name) || SECRET.test(name) || ENVIRONMENT.test(name));
}

/** Whether this value of a setting of this name is to be taken out. */
export function holdsSecret(name: string, value: string, joint: Joint): boolean {
  if (NO_SECRET.test(value) || !namesSecret(name)) return false;
  const password = PASSWORD.test(name);
  switch (joint) {
    case 'equals':
    case 'quoted':
    case 'flag':
      return true;
    case 'colon-space':
      // In a log `failed to get token: context deadline exceeded` is a sentence.
      return password || looksRandom(value);
    case 'colon':
      // An image, a cgroup or a host and port: `auth-service:v1.2.3-4f2a`, `token.example.org:8443`.
      return /^[a-z_]+$/i.test(name) && !value.startsWith('/') && (password || looksRandom(value));
  }
}

/** A flag alone, as in a list of arguments: the next argument is its value. */
export function isSecretFlag(argument: string): boolean {
  return /^--?[\w.-]{1,100}$/.test(argument) && holdsSecret(argument, 'x', 'flag');
}

/** Letters and digits together, or long: not a word of a sentence. */
export function looksRandom(value: string): boolean {
  return value.length >= 16 || (value.length >= 6 && /\d/.test(value) && /[a-z]/i.test(value));
}

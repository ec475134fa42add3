import { looksRandom, REDACTED } from './secret-names.ts';

// Secrets that are known by their own form. Every pattern runs in time linear in the text: it can start only where a
// run of its characters starts (the lookbehinds), and what it may look over again is bounded.

const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g;
/** The same in base64, as in a kubeconfig: all that starts with `-----BEGIN ` and does not go on with `CERT`. */
const PRIVATE_KEY_BASE64 = /LS0tLS1CRUdJTiB(?!DRVJU)[\w+/=-]*/g;
/** To the last `@` before a slash: a password may hold one. */
const URL_PASSWORD = /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,128}):(?!\[redacted\]@)[^\s/]{1,1024}@/gi;
/** A token in place of the user: `https://ghp_...@github.com/x`. */
const URL_TOKEN = /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/:@[]{16,256}@/gi;
/** Without a scheme: `bob:x@proxy:3128`, `root:x@tcp(db:3306)`; but not `nginx:1.2@sha256:6f8e`. */
const USER_AT_HOST =
  /(?<![\w/.%-])([\w.%-]{1,64}):(?!\[redacted\]@)[^\s@:/"']{1,256}@(?=(?:tcp|unix)\(|(?!sha\d)[\w.-]{1,253}:\d)/g;
/** Signed URLs of Azure and of others that put a key into the query. */
const QUERY_KEY = /([?&](?:sig|key)=)(?!\[redacted\])[^\s&"'\\]{1,1024}/gi;
const AUTHORIZATION_HEADER =
  /(authorization\\{0,8}["']?\s{0,4}[:=]\s{0,4}\\{0,8}["']?)(?:([a-z][\w-]{1,30})(\s{1,8}))?([\w.~+/=:-]{4,})/gi;
const AUTHORIZATION =
  /(?<!\w)(basic|bearer|digest|negotiate)(\s{1,8})(?=[\w.~+/-]{0,400}[\d=_]|[\w.~+/-]{24})[\w.~+/=-]{8,}/gi;
const COOKIE =
  /(?<![\w-])((?:set-)?cookie\\{0,8}["']?\s{0,4}:\s{0,4}\\{0,8}["']?)(?!\[redacted\])[^\s="'\\]{1,256}=[^\n"'\\]+/gi;
/** JSON Web Token, whole or cut. Source: RFC 7519; a header `{"` is `eyJ` in base64url. */
const JWT = /(?<![\w.-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g;
/** A kubeadm bootstrap token. Source: bootstrapapi.BootstrapTokenPattern of k8s.io/cluster-bootstrap. */
const BOOTSTRAP_TOKEN = /(?<![\w.-])[a-z0-9]{6}\.[a-z0-9]{16}(?![\w.-])/g;
/** Tokens that say what they are. */
const KNOWN_TOKEN = new RegExp(
  String.raw`(?<![\w-])(?:${[
    String.raw`(?:AKIA|ASIA)[0-9A-Z]{16}(?!\w)`, // AWS
    String.raw`gh[pousr]_\w{30,255}|github_pat_\w{30,255}`, // GitHub
    String.raw`gl(?:pat|rt|dt|ptt|cbt|ft)-[\w-]{20,64}`, // GitLab
    String.raw`xox[abeprs]-[\w-]{10,255}|xapp-[\w-]{20,255}`, // Slack
    String.raw`AIza[\w-]{35}(?!\w)|ya29\.[\w-]{20,255}`, // Google
    String.raw`npm_\w{30,64}|dckr_[a-z]{3}_[\w-]{20,64}`, // npm, Docker Hub
    String.raw`hv[sbr]\.[\w-]{20,255}`, // Vault
    String.raw`[rs]k_(?:live|test)_\w{16,255}|sk-(?:proj|ant|svcacct)-[\w-]{20,255}|sk-\w{32,255}`, // Stripe, model APIs
    String.raw`SG\.[\w-]{16,64}\.[\w-]{16,64}`, // SendGrid
    String.raw`K10[0-9a-f]{40,64}::[^\s"']{1,255}`, // k3s
  ].join('|')})`,
  'g',
);
const SLACK_HOOK = /(hooks\.slack\.com\/services\/)[\w/-]{8,128}/g;

/** Replaces what is a secret by its own form, whatever stands around it. */
export function redactTokens(text: string): string {
  return text
    .replace(PRIVATE_KEY, REDACTED)
    .replace(PRIVATE_KEY_BASE64, REDACTED)
    .replace(URL_PASSWORD, `$1:${REDACTED}@`)
    .replace(URL_TOKEN, `$1${REDACTED}@`)
    .replace(USER_AT_HOST, `$1:${REDACTED}@`)
    .replace(QUERY_KEY, `$1${REDACTED}`)
    .replace(AUTHORIZATION_HEADER, redactHeader)
    .replace(AUTHORIZATION, `$1$2${REDACTED}`)
    .replace(COOKIE, `$1${REDACTED}`)
    .replace(JWT, REDACTED)
    .replace(BOOTSTRAP_TOKEN, REDACTED)
    .replace(KNOWN_TOKEN, REDACTED)
    .replace(SLACK_HOOK, `$1${REDACTED}`);
}

/** In a log `authorization: server message` is a sentence; a known scheme, or what is no word, is a credential. */
function redactHeader(
  whole: string,
  name: string,
  scheme: string | undefined,
  space: string | undefined,
  credential: string,
): string {
  if (scheme === undefined) return looksRandom(credential) ? `${name}${REDACTED}` : whole;
  const known = /^(?:basic|bearer|digest|negotiate|token|apikey)$/i.test(scheme);
  return known || looksRandom(credential) ? `${name}${scheme}${space}${REDACTED}` : whole;
}

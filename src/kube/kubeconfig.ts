import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** A certificate, key or token: in the kubeconfig itself, or in a file of its own. */
export type Material = { readonly text: string } | { readonly path: string };

export interface Cluster {
  /** `https://10.0.0.1:6443` */
  readonly server: string;
  readonly tlsServerName: string | null;
  readonly skipVerify: boolean;
  readonly ca: Material | null;
  readonly proxyUrl: string | null;
}

/** A program that gives credentials. Source: client-go/tools/clientcmd/api/v1/types.go, ExecConfig. */
export interface ExecPlugin {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  readonly installHint: string;
  readonly provideClusterInfo: boolean;
}

export interface User {
  readonly cert: Material | null;
  readonly key: Material | null;
  readonly token: Material | null;
  readonly basic: { readonly username: string; readonly password: string } | null;
  readonly exec: ExecPlugin | null;
  /** The former built-in providers: `oidc`, `gcp`, `azure`. */
  readonly authProvider: { readonly name: string; readonly idToken: string | null } | null;
  readonly impersonate: { readonly user: string; readonly groups: readonly string[] } | null;
}

export interface Kubeconfig {
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly users: ReadonlyMap<string, User>;
  readonly contexts: ReadonlyMap<string, { readonly cluster: string; readonly user: string }>;
  readonly currentContext: string | null;
}

const text = z.string().nullish();
const yes = z.boolean().nullish();
const clusterSchema = z.object({
  server: text,
  'tls-server-name': text,
  'insecure-skip-tls-verify': yes,
  'certificate-authority': text,
  'certificate-authority-data': text,
  'proxy-url': text,
});
const execSchema = z.object({
  command: z.string(),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  apiVersion: text,
  installHint: text,
  provideClusterInfo: yes,
});
const userSchema = z.object({
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  as: text,
  'as-groups': z.array(z.string()).nullish(),
  exec: execSchema.nullish(),
  'auth-provider': z.object({ name: z.string(), config: z.record(z.string(), z.string()).nullish() }).nullish(),
});
const fileSchema = z.object({
  'current-context': text,
  clusters: z.array(z.object({ name: z.string(), cluster: clusterSchema.nullish() })).nullish(),
  users: z.array(z.object({ name: z.string(), user: userSchema.nullish() })).nullish(),
  contexts: z
    .array(z.object({ name: z.string(), context: z.object({ cluster: text, user: text }).nullish() }))
    .nullish(),
});

/**
 * Reads a kubeconfig; null where the text is none. Relative paths in it start at its own folder.
 * Source: client-go/tools/clientcmd/api/v1/types.go and loader.go.
 */
export function parseKubeconfig(source: string, folder: string): Kubeconfig | null {
  const file = fileSchema.safeParse(yamlOf(source));
  if (!file.success) return null;
  const { clusters, users, contexts } = file.data;
  return {
    clusters: firstOfEach((clusters ?? []).map((c) => [c.name, clusterOf(c.cluster ?? {}, folder)])),
    users: firstOfEach((users ?? []).map((u) => [u.name, userOf(u.user ?? {}, folder)])),
    contexts: firstOfEach(
      (contexts ?? []).map((c) => [c.name, { cluster: c.context?.cluster ?? '', user: c.context?.user ?? '' }]),
    ),
    currentContext: file.data['current-context'] || null,
  };
}

/** Several files as one, as KUBECONFIG has it: of two that name the same thing, the first counts. */
export function mergeKubeconfigs(files: readonly Kubeconfig[]): Kubeconfig {
  return {
    clusters: firstOfEach(files.flatMap((f) => [...f.clusters])),
    users: firstOfEach(files.flatMap((f) => [...f.users])),
    contexts: firstOfEach(files.flatMap((f) => [...f.contexts])),
    currentContext: files.find((f) => f.currentContext !== null)?.currentContext ?? null,
  };
}

function yamlOf(source: string): unknown {
  try {
    // Aliases are bounded, so that a small file cannot become a huge one.
    return parse(source, { maxAliasCount: 100, logLevel: 'error' });
  } catch {
    // The caller says that it is no kubeconfig; what the parser quotes could be a secret.
    return null;
  }
}

function firstOfEach<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  return new Map(entries.toReversed());
}

function clusterOf(cluster: z.infer<typeof clusterSchema>, folder: string): Cluster {
  return {
    server: cluster.server ?? '',
    tlsServerName: cluster['tls-server-name'] || null,
    skipVerify: cluster['insecure-skip-tls-verify'] ?? false,
    ca: material(cluster['certificate-authority-data'], cluster['certificate-authority'], folder),
    proxyUrl: cluster['proxy-url'] || null,
  };
}

function userOf(user: z.infer<typeof userSchema>, folder: string): User {
  const { token, tokenFile, username, exec, as: asUser } = user;
  const provider = user['auth-provider'];
  return {
    cert: material(user['client-certificate-data'], user['client-certificate'], folder),
    key: material(user['client-key-data'], user['client-key'], folder),
    token: token ? { text: token } : fileIn(tokenFile, folder),
    basic: username ? { username, password: user.password ?? '' } : null,
    exec: exec ? execOf(exec, folder) : null,
    authProvider: provider ? { name: provider.name, idToken: provider.config?.['id-token'] ?? null } : null,
    impersonate: asUser ? { user: asUser, groups: user['as-groups'] ?? [] } : null,
  };
}

function execOf(exec: z.infer<typeof execSchema>, folder: string): ExecPlugin {
  // A bare name is looked up on PATH, a relative path starts at the kubeconfig.
  const relative = exec.command.includes('/') && !path.isAbsolute(exec.command);
  return {
    command: relative ? path.join(folder, exec.command) : exec.command,
    args: exec.args ?? [],
    env: Object.fromEntries((exec.env ?? []).map((e) => [e.name, e.value])),
    apiVersion: exec.apiVersion ?? '',
    installHint: exec.installHint ?? '',
    provideClusterInfo: exec.provideClusterInfo ?? false,
  };
}

function material(data: string | null | undefined, file: string | null | undefined, folder: string): Material | null {
  return data ? { text: Buffer.from(data, 'base64').toString('utf8') } : fileIn(file, folder);
}

function fileIn(file: string | null | undefined, folder: string): Material | null {
  return file ? { path: path.resolve(folder, file) } : null;
}

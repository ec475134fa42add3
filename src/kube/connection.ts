import { closest } from '../text/closest.ts';
import type { Text } from '../text/text.ts';
import { harmlessLine } from '../text/untrusted.ts';
import { UserError } from '../text/user-error.ts';
import { runExecPlugin } from './exec-plugin.ts';
import type { FoundKubeconfig, ReadText } from './find-kubeconfig.ts';
import type { Cluster, Material, User } from './kubeconfig.ts';

/** All that a request to one API server as one user needs. It holds secrets: it goes into requests and nowhere else. */
export interface Connection {
  /** `https://10.0.0.1:6443`, with a path where the server is behind one; without a slash at its end. */
  readonly server: string;
  readonly tls: {
    readonly ca: string | undefined;
    readonly cert: string | undefined;
    readonly key: string | undefined;
    readonly servername: string | undefined;
    readonly rejectUnauthorized: boolean;
  };
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly proxyUrl: string | null;
}

export interface ConnectionRequest {
  readonly found: FoundKubeconfig;
  /** `--context`; null for the file's own. */
  readonly context: string | null;
  readonly readText: ReadText;
  /** How long a credential plugin may take, ms; null where none may be run. */
  readonly pluginDeadlineMs: number | null;
}

/**
 * What a kubeconfig's context says, with its files read and its credential plugin run.
 * @throws UserError for what the user can put right: an unknown context, a missing file, a plugin that fails
 */
export async function resolveConnection(request: ConnectionRequest): Promise<Connection> {
  const { cluster, user } = pickContext(request);
  const read = (material: Material | null): Promise<string | undefined> => readMaterial(material, request.readText);
  const [ca, cert, key, token] = await Promise.all([
    read(cluster.ca),
    read(user.cert),
    read(user.key),
    read(user.token),
  ]);
  const fixed = { cert, key, token: token?.trim() };
  const own = user.exec === null ? fixed : await fromPlugin(request, cluster, user, ca);
  return {
    server: serverOf(cluster, request.found.from),
    tls: {
      ca,
      cert: own.cert ?? cert,
      key: own.key ?? key,
      servername: cluster.tlsServerName ?? undefined,
      rejectUnauthorized: !cluster.skipVerify,
    },
    headers: { ...authorization(user, own.token), ...impersonation(user) },
    proxyUrl: cluster.proxyUrl,
  };
}

function pickContext({ found, context }: ConnectionRequest): { cluster: Cluster; user: User } {
  const { config, from } = found;
  const file = harmlessLine(from, 200);
  const name = context ?? config.currentContext;
  if (name === null) {
    throw new UserError(
      { en: `${file} has no current context`, zh: `${file} 没有当前 context` },
      { en: `name one: --context ${[...config.contexts.keys()][0] ?? 'NAME'}`, zh: '请用 --context 指定' },
    );
  }
  const chosen = config.contexts.get(name);
  if (chosen === undefined) throw noContext(name, file, [...config.contexts.keys()]);
  const cluster = config.clusters.get(chosen.cluster);
  const user = config.users.get(chosen.user);
  if (cluster === undefined) throw incomplete(name, file, 'cluster', chosen.cluster);
  if (user === undefined && chosen.user !== '') throw incomplete(name, file, 'user', chosen.user);
  return { cluster, user: user ?? ANONYMOUS };
}

const ANONYMOUS: User = {
  cert: null,
  key: null,
  token: null,
  basic: null,
  exec: null,
  authProvider: null,
  impersonate: null,
};

async function readMaterial(material: Material | null, readText: ReadText): Promise<string | undefined> {
  if (material === null) return undefined;
  if ('text' in material) return material.text;
  const text = await readText(material.path);
  if (text.ok) return text.value;
  const file = harmlessLine(material.path, 200);
  throw new UserError({
    en: `${file}, named in the kubeconfig, cannot be read: ${text.error}`,
    zh: `无法读取 kubeconfig 中指定的 ${file}：${text.error}`,
  });
}

async function fromPlugin(
  { pluginDeadlineMs }: ConnectionRequest,
  cluster: Cluster,
  { exec }: User,
  ca: string | undefined,
): Promise<{ cert?: string | undefined; key?: string | undefined; token?: string | undefined }> {
  if (exec === null) return {};
  if (pluginDeadlineMs === null) {
    const command = harmlessLine(exec.command, 100);
    throw new UserError({
      en: `the kubeconfig has ${command} run for credentials, which is done only on request`,
      zh: `该 kubeconfig 需要运行 ${command} 获取凭据，仅在明确要求时才运行`,
    });
  }
  return runExecPlugin(exec, { server: cluster.server, ca, tlsServerName: cluster.tlsServerName }, pluginDeadlineMs);
}

/** A token of the plugin or the file goes before a password, as in client-go/transport/round_trippers.go. */
function authorization({ basic, authProvider }: User, token: string | undefined): Record<string, string> {
  const bearer = token || authProvider?.idToken;
  if (bearer) return { Authorization: `Bearer ${bearer}` };
  if (basic === null) return {};
  return { Authorization: `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}` };
}

function impersonation({ impersonate }: User): Record<string, string | readonly string[]> {
  if (impersonate === null) return {};
  return { 'Impersonate-User': impersonate.user, 'Impersonate-Group': impersonate.groups };
}

function serverOf({ server, proxyUrl }: Cluster, from: string): string {
  const url = URL.parse(server.includes('://') ? server : `https://${server}`);
  const where = harmlessLine(from, 200);
  if (server === '' || url === null || !/^https?:$/.test(url.protocol)) {
    throw new UserError({
      en: `${where}: "${harmlessLine(server, 100)}" is no address of an API server`,
      zh: `${where}：“${harmlessLine(server, 100)}”不是 API server 的地址`,
    });
  }
  if (proxyUrl !== null && !/^https?:\/\//.test(proxyUrl)) {
    throw new UserError({
      en: `${where}: proxy-url must be http:// or https://; others are not supported`,
      zh: `${where}：proxy-url 只支持 http:// 和 https://`,
    });
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function noContext(name: string, file: string, known: readonly string[]): UserError {
  const wanted = harmlessLine(name, 100);
  return new UserError(
    { en: `${file} has no context ${wanted}`, zh: `${file} 中没有 context ${wanted}` },
    didYouMean(name, known),
  );
}

/** The nearest of the known names, or the first few. */
function didYouMean(name: string, known: readonly string[]): Text {
  const near = closest(name, known);
  if (near !== null) return { en: `did you mean: ${near}`, zh: `您是不是想用：${near}` };
  const some = known.slice(0, 5).join(', ');
  return known.length === 0
    ? { en: 'it has none', zh: '其中没有任何 context' }
    : { en: `it has: ${some}`, zh: `可用的有：${some}` };
}

function incomplete(context: string, file: string, what: 'cluster' | 'user', name: string): UserError {
  const [c, n] = [harmlessLine(context, 100), harmlessLine(name, 100)];
  return new UserError({
    en: `${file}: the context ${c} names the ${what} "${n}", which is not in it`,
    zh: `${file}：context ${c} 引用的 ${what} “${n}” 不存在`,
  });
}

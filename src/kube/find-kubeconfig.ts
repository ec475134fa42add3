import path from 'node:path';
import { harmlessLine } from '../text/untrusted.ts';
import { UserError } from '../text/user-error.ts';
import { type Kubeconfig, mergeKubeconfigs, parseKubeconfig } from './kubeconfig.ts';

/** Reads a file without hanging; the error is an errno name or the like. */
export type ReadText = (
  path: string,
) => Promise<{ readonly ok: true; readonly value: string } | { readonly ok: false; readonly error: string }>;

export interface FoundKubeconfig {
  readonly config: Kubeconfig;
  /** Where it came from: a path, several with `:`, or `in-cluster`. */
  readonly from: string;
}

export interface KubeconfigSearch {
  /** `--kubeconfig`; null where not given. */
  readonly flag: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readText: ReadText;
}

/** Source: rest.InClusterConfig in client-go/rest/config.go. */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The kubeconfig in the order that kubectl has: the flag, else KUBECONFIG, else ~/.kube/config, else the service account
 * of the pod that this runs in; null where there is none of them.
 * @throws UserError where one was named and is missing or no kubeconfig
 */
export async function findKubeconfig({ flag, env, readText }: KubeconfigSearch): Promise<FoundKubeconfig | null> {
  if (flag !== null) return { config: await readNamed(flag, readText), from: flag };
  const listed = (env.KUBECONFIG ?? '').split(path.delimiter).filter((file) => file !== '');
  if (listed.length > 0) return readListed(listed, readText);
  const own = env.HOME ? path.join(env.HOME, '.kube', 'config') : null;
  const text = own === null ? null : await readText(own);
  if (own !== null && text?.ok) return { config: parsed(text.value, own), from: own };
  if (own !== null && text !== null && !text.ok && !isMissing(text.error)) throw unreadable(own, text.error);
  return inCluster(env, readText);
}

/** As kubectl has it, files of the list may be missing, but not all of them. */
async function readListed(files: readonly string[], readText: ReadText): Promise<FoundKubeconfig> {
  const read = await Promise.all(files.map(async (file) => ({ file, text: await readText(path.resolve(file)) })));
  const configs = read.flatMap(({ file, text }) => {
    if (text.ok) return [parsed(text.value, file)];
    if (isMissing(text.error)) return [];
    throw unreadable(file, text.error);
  });
  if (configs.length === 0) throw unreadable(files.join(path.delimiter), 'ENOENT');
  return { config: mergeKubeconfigs(configs), from: files.join(path.delimiter) };
}

/** @throws UserError where it is missing or no kubeconfig */
export async function readNamed(file: string, readText: ReadText): Promise<Kubeconfig> {
  const text = await readText(path.resolve(file));
  if (!text.ok) throw unreadable(file, text.error);
  return parsed(text.value, file);
}

function parsed(source: string, file: string): Kubeconfig {
  const config = parseKubeconfig(source, path.dirname(path.resolve(file)));
  if (config !== null) return config;
  const name = harmlessLine(file, 200);
  throw new UserError({ en: `${name}: not a kubeconfig`, zh: `${name}：不是合法的 kubeconfig` });
}

async function inCluster(env: KubeconfigSearch['env'], readText: ReadText): Promise<FoundKubeconfig | null> {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  if (!host || !port || !(await readText(`${SERVICE_ACCOUNT}/token`)).ok) return null;
  const cluster = {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    tlsServerName: null,
    skipVerify: false,
    ca: { path: `${SERVICE_ACCOUNT}/ca.crt` },
    proxyUrl: null,
  };
  const token = { path: `${SERVICE_ACCOUNT}/token` };
  const user = { cert: null, key: null, token, basic: null, exec: null, authProvider: null, impersonate: null };
  const name = 'in-cluster';
  return {
    config: {
      clusters: new Map([[name, cluster]]),
      users: new Map([[name, user]]),
      contexts: new Map([[name, { cluster: name, user: name }]]),
      currentContext: name,
    },
    from: name,
  };
}

function isMissing(error: string): boolean {
  return error === 'ENOENT' || error === 'ENOTDIR';
}

function unreadable(file: string, error: string): UserError {
  const name = harmlessLine(file, 200);
  return new UserError(
    { en: `the kubeconfig ${name} cannot be read: ${error}`, zh: `无法读取 kubeconfig ${name}：${error}` },
    { en: 'name another: --kubeconfig FILE', zh: '请指定其他文件：--kubeconfig FILE' },
  );
}

import { spawn } from 'node:child_process';
import { z } from 'zod';
import { formatDuration } from '../text/units.ts';
import { harmlessLine } from '../text/untrusted.ts';
import { UserError } from '../text/user-error.ts';
import type { ExecPlugin } from './kubeconfig.ts';

interface PluginCredentials {
  readonly token?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** What a plugin is told of the cluster where it asks for that. */
interface PluginCluster {
  readonly server: string;
  /** PEM. */
  readonly ca: string | undefined;
  readonly tlsServerName: string | null;
}

const MAX_OUTPUT = 1_048_576;
const API_GROUP = 'client.authentication.k8s.io/';

const credentialSchema = z.object({
  status: z.object({
    token: z.string().nullish(),
    clientCertificateData: z.string().nullish(),
    clientKeyData: z.string().nullish(),
  }),
});

/**
 * Runs a credential plugin, as kubectl would, but never to ask the user for something.
 * Source: client-go/plugin/pkg/client/auth/exec/exec.go; the API group client.authentication.k8s.io.
 * @throws UserError where it fails or does not end in time
 */
export async function runExecPlugin(
  plugin: ExecPlugin,
  cluster: PluginCluster,
  deadlineMs: number,
): Promise<PluginCredentials> {
  const output = await run(plugin, execInfo(plugin, cluster), deadlineMs);
  const credential = credentialSchema.safeParse(jsonOf(output));
  if (!credential.success) throw failed(plugin, 'its output is no ExecCredential', '其输出不是 ExecCredential');
  const { token, clientCertificateData, clientKeyData } = credential.data.status;
  return {
    token: token ?? undefined,
    cert: clientCertificateData ?? undefined,
    key: clientKeyData ?? undefined,
  };
}

function execInfo(plugin: ExecPlugin, { server, ca, tlsServerName }: PluginCluster): string {
  const cluster = {
    server,
    ...(tlsServerName === null ? {} : { 'tls-server-name': tlsServerName }),
    ...(ca === undefined ? {} : { 'certificate-authority-data': Buffer.from(ca).toString('base64') }),
  };
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: plugin.apiVersion.startsWith(API_GROUP) ? plugin.apiVersion : `${API_GROUP}v1`,
    spec: { interactive: false, ...(plugin.provideClusterInfo ? { cluster } : {}) },
  });
}

/** What the plugin prints. It is killed when its time is up or it prints too much. */
function run(plugin: ExecPlugin, info: string, deadlineMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(plugin.command, [...plugin.args], {
      env: { ...process.env, ...plugin.env, KUBERNETES_EXEC_INFO: info },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, err] = [collect(child.stdout), collect(child.stderr)];
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      const waited = formatDuration(deadlineMs);
      reject(failed(plugin, `no answer within ${waited}`, `${waited} 内没有响应`));
    }, deadlineMs);
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(notStarted(plugin, error.code ?? error.message));
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(out());
      else {
        const said = harmlessLine(err().trim().split('\n').at(-1) ?? '', 200);
        reject(failed(plugin, said || `exit code ${code}`, said || `退出码 ${code}`));
      }
    });
  });
}

/** Keeps the start of what a stream brings. */
function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on('data', (chunk: Buffer) => {
    if (length < MAX_OUTPUT) chunks.push(chunk);
    length += chunk.length;
  });
  return () => Buffer.concat(chunks).toString('utf8').slice(0, MAX_OUTPUT);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It may hold a token: the caller says only that it is no credential.
    return null;
  }
}

function notStarted(plugin: ExecPlugin, code: string): UserError {
  const command = harmlessLine(plugin.command, 100);
  const hint = harmlessLine(plugin.installHint, 300);
  return new UserError(
    {
      en: `${command}, which the kubeconfig names for credentials, cannot be run: ${code}`,
      zh: `无法运行 kubeconfig 指定的凭据程序 ${command}：${code}`,
    },
    hint === '' ? null : { en: hint, zh: hint },
  );
}

function failed(plugin: ExecPlugin, en: string, zh: string): UserError {
  const command = harmlessLine(plugin.command, 100);
  return new UserError(
    { en: `${command}, asked for credentials: ${en}`, zh: `凭据程序 ${command}：${zh}` },
    {
      en: 'does kubectl work with this kubeconfig? log in with it first',
      zh: '请先确认 kubectl 可以使用该 kubeconfig（例如先登录）',
    },
  );
}

import { parseGoDuration } from '../../text/go-duration.ts';
import { flagValue } from './flag-value.ts';

/** Where a kubelet answers and what it runs with. */
export interface KubeletSettings {
  /** Null where it is switched off (port 0). */
  readonly healthzUrl: string | null;
  /** Plain HTTP without credentials; null where it is switched off, the default since settings come by file. */
  readonly readOnlyUrl: string | null;
  readonly secureUrl: string;
  readonly runtimeEndpoint: string | null;
  /** How long it waits for one runtime call. */
  readonly runtimeRequestTimeoutMs: number;
  /** How often it computes its node status. */
  readonly nodeStatusUpdateMs: number;
  readonly rootDir: string;
  readonly kubeconfig: string | null;
  readonly certDir: string;
}

const DEFAULT_TIMEOUT_MS = 120_000;
const DEFAULT_NODE_STATUS_MS = 10_000;
const ROOT_DIR = '/var/lib/kubelet';

/**
 * What flags and settings file come to: a flag wins over the file, the file over the default.
 * Sources: cmd/kubelet/app/options/options.go (flags; `applyLegacyDefaults` opens the read-only port where no file is
 * given), pkg/kubelet/apis/config/v1beta1/defaults.go (ports 10248, 10250 and 0, addresses, 2m).
 * @param config the settings file's scalars; null where none was given or it could not be read
 */
export function kubeletSettings(args: readonly string[], config: ReadonlyMap<string, string> | null): KubeletSettings {
  const get = (flag: string, key: string): string | null => flagValue(args, flag) ?? config?.get(key) ?? null;
  const legacy = flagValue(args, 'config') === null;
  const address = get('address', 'address') ?? '0.0.0.0';
  const rootDir = flagValue(args, 'root-dir') ?? ROOT_DIR;
  const timeout = parseGoDuration(get('runtime-request-timeout', 'runtimeRequestTimeout') ?? '');
  const status = parseGoDuration(get('node-status-update-frequency', 'nodeStatusUpdateFrequency') ?? '');
  const healthzAddress = get('healthz-bind-address', 'healthzBindAddress') ?? '127.0.0.1';
  return {
    healthzUrl: url('http', healthzAddress, get('healthz-port', 'healthzPort'), 10_248, '/healthz'),
    readOnlyUrl: url('http', address, get('read-only-port', 'readOnlyPort'), legacy ? 10_255 : 0, '/metrics'),
    secureUrl: url('https', address, get('port', 'port'), 10_250, '/metrics') ?? '',
    runtimeEndpoint: dockerEndpoint(args) ?? get('container-runtime-endpoint', 'containerRuntimeEndpoint'),
    // 0 in the file means the default; ParseDuration refuses what has no unit.
    runtimeRequestTimeoutMs: timeout === null || timeout <= 0 ? DEFAULT_TIMEOUT_MS : timeout,
    nodeStatusUpdateMs: status === null || status <= 0 ? DEFAULT_NODE_STATUS_MS : status,
    rootDir,
    kubeconfig: flagValue(args, 'kubeconfig'),
    certDir: flagValue(args, 'cert-dir') ?? `${rootDir}/pki`,
  };
}

/** With `--container-runtime=docker`, --container-runtime-endpoint is where the kubelet's own dockershim listens (until 1.23). */
function dockerEndpoint(args: readonly string[]): string | null {
  const runtime = flagValue(args, 'container-runtime');
  if (runtime !== null && runtime !== 'docker') return null;
  if (runtime === null) return flagValue(args, 'docker-endpoint');
  return flagValue(args, 'docker-endpoint') ?? 'unix:///var/run/docker.sock';
}

/** Null for port 0, which switches a server off. An address that stands for all is asked on loopback. */
function url(scheme: string, address: string, port: string | null, otherwise: number, path: string): string | null {
  const number = port !== null && /^\d{1,5}$/.test(port) ? Number(port) : otherwise;
  if (number === 0 || number > 65_535) return null;
  const host = address === '0.0.0.0' || !/^[0-9a-fA-F.:]{2,45}$/.test(address) ? '127.0.0.1' : address;
  const named = host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `${scheme}://${named}:${number}${path}`;
}

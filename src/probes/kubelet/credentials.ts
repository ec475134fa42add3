import type { Host } from '../../host/host.ts';
import type { ClientIdentity } from './http-get.ts';
import type { KubeletSettings } from './settings.ts';

/** A client certificate on this machine that a kubelet may accept for its metrics. */
export interface FoundIdentity {
  /** The file it was read from; its content goes nowhere but into the handshake. */
  readonly path: string;
  readonly identity: ClientIdentity;
}

/** Of a control-plane node: kubeadm's certificate for API server to kubelet, which may ask for everything. */
const API_SERVER = '/etc/kubernetes/pki/apiserver-kubelet-client';
const KUBECONFIG = '/etc/kubernetes/kubelet.conf';

/**
 * Client certificates that root can read, the likeliest to be let in first. The kubelet's own is authentic but a node
 * may usually not read `nodes/metrics`: then the answer is 403.
 */
export async function findIdentities(host: Host, settings: KubeletSettings): Promise<readonly FoundIdentity[]> {
  const found = await Promise.all([
    pair(host, `${API_SERVER}.crt`, `${API_SERVER}.key`),
    pair(host, `${settings.certDir}/kubelet-client-current.pem`, `${settings.certDir}/kubelet-client-current.pem`),
    embedded(host, settings.kubeconfig ?? KUBECONFIG),
  ]);
  return found.filter((f) => f !== null);
}

async function pair(host: Host, certPath: string, keyPath: string): Promise<FoundIdentity | null> {
  const [cert, key] = await Promise.all([
    host.files.readText(host.path(certPath)),
    host.files.readText(host.path(keyPath)),
  ]);
  return cert.ok && key.ok ? identityOf(certPath, cert.value, key.value) : null;
}

/** The user's `client-certificate-data` and `client-key-data` of a kubeconfig. */
async function embedded(host: Host, path: string): Promise<FoundIdentity | null> {
  const read = await host.files.readText(host.path(path));
  if (!read.ok) return null;
  const data = (name: string): string => {
    const base64 = new RegExp(`^\\s*"?${name}"?\\s*:\\s*"?([A-Za-z0-9+/=]+)`, 'm').exec(read.value)?.[1] ?? '';
    return Buffer.from(base64, 'base64').toString('utf8');
  };
  return identityOf(path, data('client-certificate-data'), data('client-key-data'));
}

function identityOf(path: string, cert: string, key: string): FoundIdentity | null {
  const whole = cert.includes('BEGIN CERTIFICATE') && key.includes('PRIVATE KEY');
  return whole ? { path, identity: { cert, key } } : null;
}

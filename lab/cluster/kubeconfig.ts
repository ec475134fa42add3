import { readFileSync, writeFileSync } from 'node:fs';
import type { KeyPair } from './pki.ts';

export interface KubeconfigOf {
  readonly server: string;
  readonly ca: string;
  readonly user: string;
  readonly credentials: KeyPair | { readonly token: string };
  /** Name the key pair by its path, as a kubelet's kubeconfig does; inside the file by default. */
  readonly byPath?: boolean;
}

/** Writes a kubeconfig (JSON is YAML) with everything in it. @returns its path */
export function writeKubeconfig(path: string, { server, ca, user, credentials, byPath }: KubeconfigOf): string {
  const inline = (file: string): string => readFileSync(file).toString('base64');
  const pair = (given: KeyPair): Record<string, string> =>
    byPath === true
      ? { 'client-certificate': given.cert, 'client-key': given.key }
      : { 'client-certificate-data': inline(given.cert), 'client-key-data': inline(given.key) };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'notready-lab', cluster: { server, 'certificate-authority-data': inline(ca) } }],
    users: [{ name: user, user: 'token' in credentials ? { token: credentials.token } : pair(credentials) }],
    contexts: [{ name: 'notready-lab', context: { cluster: 'notready-lab', user } }],
    'current-context': 'notready-lab',
  };
  writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  return path;
}

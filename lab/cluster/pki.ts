import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runOrFail } from '../run.ts';

/** A certificate and its key, as PEM files. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateRequest {
  /** Name of the files. */
  readonly name: string;
  readonly commonName: string;
  /** The group, as the API server reads it from a client certificate. */
  readonly organisation?: string;
  /** For a serving certificate: `IP:127.0.0.1`, `DNS:localhost`. */
  readonly altNames?: readonly string[];
  /** Where given, instead of a year from now on. */
  readonly valid?: { readonly from: Date; readonly to: Date };
}

const YEAR_MS = 365 * 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** A certificate authority of the lab's own, in a folder of its own. */
export class Authority {
  readonly folder: string;
  readonly ca: KeyPair;

  private constructor(folder: string) {
    this.folder = folder;
    this.ca = { cert: join(folder, 'ca.crt'), key: join(folder, 'ca.key') };
  }

  static async create(folder: string): Promise<Authority> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const authority = new Authority(folder);
    writeKey(authority.ca.key);
    const days = ['-days', '3650'];
    const subject = ['-subj', '/CN=notready-lab-ca'];
    await runOrFail([
      'openssl',
      'req',
      '-x509',
      '-new',
      '-key',
      authority.ca.key,
      ...subject,
      ...days,
      '-out',
      authority.ca.cert,
    ]);
    return authority;
  }

  /** Signs a new key. */
  async issue(request: CertificateRequest): Promise<KeyPair> {
    const base = join(this.folder, request.name);
    const pair = { cert: `${base}.crt`, key: `${base}.key` };
    writeKey(pair.key);
    await this.#sign(request, pair);
    return pair;
  }

  async #sign(
    { name, commonName, organisation, altNames = [], valid }: CertificateRequest,
    pair: KeyPair,
  ): Promise<void> {
    const base = join(this.folder, name);
    const [csr, config] = [`${base}.csr`, `${base}.cnf`];
    writeFileSync(`${base}.index`, '');
    writeFileSync(config, configuration(base, altNames));
    const subject = `${organisation === undefined ? '' : `/O=${organisation}`}/CN=${commonName}`;
    await runOrFail(['openssl', 'req', '-new', '-key', pair.key, '-subj', subject, '-out', csr]);
    const { from, to } = valid ?? { from: new Date(Date.now() - HOUR_MS), to: new Date(Date.now() + YEAR_MS) };
    const files = ['-in', csr, '-out', pair.cert, '-cert', this.ca.cert, '-keyfile', this.ca.key];
    const dates = ['-startdate', asn1Time(from), '-enddate', asn1Time(to)];
    await runOrFail(['openssl', 'ca', '-batch', '-notext', '-config', config, ...files, ...dates]);
  }
}

/** An elliptic key: an RSA one takes openssl and the handshakes several times as long. */
export function writeKey(path: string): void {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  writeFileSync(path, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
}

/** `openssl ca` alone takes the dates of validity. Each certificate has an index of its own: several are signed at once. */
function configuration(base: string, altNames: readonly string[]): string {
  const names = altNames.length === 0 ? '' : `subjectAltName=${altNames.join(',')}\n`;
  return `[ca]
default_ca=lab
[lab]
database=${base}.index
new_certs_dir=${dirname(base)}
rand_serial=yes
default_md=sha256
policy=any
x509_extensions=leaf
unique_subject=no
[any]
organizationName=optional
commonName=supplied
[leaf]
basicConstraints=CA:FALSE
keyUsage=digitalSignature,keyEncipherment
extendedKeyUsage=serverAuth,clientAuth
${names}`;
}

/** `20261124203000Z` */
function asn1Time(date: Date): string {
  return `${date
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replaceAll(/[-:T]/g, '')}Z`;
}

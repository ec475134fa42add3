import { X509Certificate } from 'node:crypto';

/** The public facts of one certificate. */
export interface CertificateDates {
  /** `CN=system:node:worker-1, O=system:nodes` */
  readonly subject: string;
  /** Unix ms. */
  readonly notBefore: number;
  readonly notAfter: number;
}

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{1,65536}?-----END CERTIFICATE-----/g;
/** A bundle of public CAs has some 150. */
const MOST = 300;

/**
 * The certificates of a PEM file, in its order. Whatever else stands in it, such as the private key beside the kubelet's
 * certificate, is passed over; a block that is no certificate is left out.
 */
export function parseCertificates(pem: string): readonly CertificateDates[] {
  const blocks = pem.match(BLOCK) ?? [];
  return blocks.slice(0, MOST).flatMap((block) => parseOne(block));
}

function parseOne(block: string): CertificateDates[] {
  try {
    const { subject, validFromDate, validToDate } = new X509Certificate(block);
    // OpenSSL gives one attribute a line.
    const line = (subject ?? '').split('\n').toReversed().join(', ');
    return [{ subject: line, notBefore: validFromDate.getTime(), notAfter: validToDate.getTime() }];
  } catch {
    // Cut off or damaged: a kubelet cannot read it either, and says so in its log.
    return [];
  }
}

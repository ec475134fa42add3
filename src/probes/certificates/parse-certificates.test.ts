import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CERTIFICATE_PEM } from '../../../test/support/certificate.ts';
import { parseCertificates } from './parse-certificates.ts';

const WORKER = {
  subject: 'CN=system:node:worker-1, O=system:nodes',
  notBefore: Date.UTC(2026, 10, 24, 21, 43, 16),
  notAfter: Date.UTC(2027, 10, 24, 21, 43, 16),
};
const KEY = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\n';

test('every certificate of a bundle, with its subject and dates', () => {
  assert.deepEqual(parseCertificates(`# ours\n${CERTIFICATE_PEM}\n${CERTIFICATE_PEM}`), [WORKER, WORKER]);
});

test('a private key before or behind it is passed over', () => {
  assert.deepEqual(parseCertificates(`${KEY}${CERTIFICATE_PEM}${KEY}`), [WORKER]);
  assert.deepEqual(parseCertificates(KEY), []);
});

test('a damaged block is left out, the others count', () => {
  const damaged = CERTIFICATE_PEM.replace('MIIBwjCC', 'MIIBwjCD');
  assert.deepEqual(parseCertificates(damaged + CERTIFICATE_PEM), [WORKER]);
});

test('no text makes it throw', () => {
  const near = fc
    .array(fc.constantFrom('-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----', 'AAAA', '\n', 'é'))
    .map((parts) => parts.join(''));
  fc.assert(fc.property(fc.oneof(fc.string(), near), (text) => Array.isArray(parseCertificates(text))));
});

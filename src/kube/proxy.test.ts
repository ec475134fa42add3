import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { proxyFor } from './proxy.ts';

const SERVER = 'https://10.96.0.1:6443';
const by = (NO_PROXY: string, server = SERVER) => proxyFor(server, { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY });

test('a proxy by the scheme of the server, in both spellings, with and without its own scheme', () => {
  assert.equal(by(''), 'http://proxy:3128');
  assert.equal(proxyFor(SERVER, { https_proxy: 'proxy:3128' }), 'http://proxy:3128');
  assert.equal(proxyFor('http://10.0.0.1', { HTTPS_PROXY: 'http://proxy:3128' }), null);
  assert.equal(proxyFor(SERVER, { HTTPS_PROXY: 'socks5://proxy:1080' }), null);
  assert.equal(proxyFor(SERVER, {}), null);
});

test('NO_PROXY leaves out ranges, addresses, domains and all', () => {
  for (const list of ['10.0.0.0/8', 'a,10.96.0.1', '10.96.0.1:6443', '*', ' 10.0.0.0/8 '])
    assert.equal(by(list), null, list);
  for (const list of ['10.96.0.0/33', '192.168.0.0/16', '10.96.0.1:443', 'fd00::/8', '/', '10/8'])
    assert.equal(by(list), 'http://proxy:3128', list);
  assert.equal(by('example.com', 'https://api.example.com'), null);
  assert.equal(by('example.com', 'https://example.com'), null);
  assert.equal(by('.example.com', 'https://example.com'), 'http://proxy:3128');
  assert.equal(by('example.com', 'https://badexample.com'), 'http://proxy:3128');
  assert.equal(by('fd00::/8', 'https://[fd00::1]:6443'), null);
});

test('this machine is never asked through a proxy', () => {
  for (const host of ['localhost', '127.0.0.1', '[::1]']) assert.equal(by('', `https://${host}:6443`), null, host);
});

test('no NO_PROXY makes the reader throw', () => {
  fc.assert(fc.property(fc.string(), (list) => void by(list)));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseKernelLog } from './kernel-lines.ts';

test('reads the raw form of util-linux and busybox', () => {
  assert.deepEqual(parseKernelLog('<6>[ 2086.418161] EXT4-fs (loop4): mounted filesystem\n<4>[    0.000000] x\n'), [
    { seconds: 2086.418161, text: 'EXT4-fs (loop4): mounted filesystem' },
    { seconds: 0, text: 'x' },
  ]);
});

test('reads the caller that CONFIG_PRINTK_CALLER adds', () => {
  assert.deepEqual(parseKernelLog('<3>[12225.445362][T20556] I/O error\n<3>[    1.5] [   C2] y'), [
    { seconds: 12_225.445362, text: 'I/O error' },
    { seconds: 1.5, text: 'y' },
  ]);
});

test('a kernel that prints no times still gives its lines', () => {
  assert.deepEqual(parseKernelLog('<4>hello'), [{ seconds: null, text: 'hello' }]);
});

test('what a user program wrote to /dev/kmsg is not the word of the kernel', () => {
  assert.deepEqual(parseKernelLog('<11>[ 2108.651991] I/O error, dev sda, sector 12345 made up'), []);
});

test('further lines of a record are left out', () => {
  assert.equal(parseKernelLog('<6>[1.0] first\nsecond line\n').length, 1);
});

test('takes any text', () => {
  fc.assert(fc.property(fc.string(), (text) => parseKernelLog(`<6>[1.0] ${text}`).length >= 1));
});

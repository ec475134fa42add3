import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { majorMinorOf, perform } from './reader-operations.ts';

const folder = mkdtempSync(join(tmpdir(), 'operations-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'file');
writeFileSync(file, 'abcdefghij');

test('a text is cut at the limit and read whole below it', () => {
  assert.equal(perform({ op: 'read', path: file, maxBytes: 4 }), 'abcd');
  assert.equal(perform({ op: 'read', path: file, maxBytes: 4096 }), 'abcdefghij');
});

test('a file larger than one chunk is put together', () => {
  const large = join(folder, 'large');
  const text = Array.from({ length: 30_000 }, (_, i) => `line ${i}\n`).join('');
  writeFileSync(large, text);
  assert.equal(perform({ op: 'read', path: large, maxBytes: 1 << 20 }), text);
});

test('bytes are read at offsets beyond 4 GiB, and short at the end', () => {
  const sparse = join(folder, 'sparse');
  writeFileSync(sparse, '');
  truncateSync(sparse, 2 ** 33 + 3);
  assert.equal(perform({ op: 'bytes', path: sparse, offset: String(2n ** 33n), length: 100 }), 'AAAA');
  assert.equal(perform({ op: 'bytes', path: file, offset: '8', length: 100 }), Buffer.from('ij').toString('base64'));
});

test('an offset beyond 2^53 reaches the kernel', () => {
  // No process has memory there: EIO from the kernel, and not a refusal of the number.
  const far = { op: 'bytes', path: '/proc/self/mem', offset: String(2n ** 60n + 1n), length: 1 } as const;
  assert.throws(() => perform(far), { code: 'EIO' });
});

test('links, listings and kinds', () => {
  const link = join(folder, 'link');
  symlinkSync('nowhere', link);
  assert.equal(perform({ op: 'readlink', path: link }), 'nowhere');
  assert.partialDeepStrictEqual(perform({ op: 'stat', path: link }), { kind: 'symlink' });
  assert.partialDeepStrictEqual(perform({ op: 'stat', path: file }), { kind: 'file', size: 10 });
  assert.partialDeepStrictEqual(perform({ op: 'stat', path: '/dev/null' }), { kind: 'char' });
  assert.ok((perform({ op: 'list', path: folder }) as string[]).includes('link'));
  assert.throws(() => perform({ op: 'list', path: file }), { code: 'ENOTDIR' });
});

test('a device number is taken apart as the kernel writes it in mountinfo', () => {
  assert.equal(majorMinorOf(0xfe00n), '254:0');
  assert.equal(majorMinorOf(0x703n), '7:3');
  // Minor numbers above 255 stand above the major: device-mapper and NVMe have them.
  assert.equal(majorMinorOf(0x11032cn), '259:300');
});

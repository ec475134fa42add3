import assert from 'node:assert/strict';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import type { RawLine } from '../signature.ts';
import { LocalScanner } from './chunk-scanners.ts';
import { CHUNK } from './kernel.ts';
import { makeKernel, seek } from './make-kernel.ts';
import { scanFile } from './scan-file.ts';
import { WorkerPool } from './worker-pool.ts';

test('where threads do not start, all is found without them', async (t) => {
  const folder = temporaryDirectory(t);
  const file = join(folder, 'kubelet.log');
  const line = 'skipping pod synchronization - PLEG is not healthy\n';
  writeFileSync(file, line.repeat(Math.ceil((2.5 * CHUNK) / line.length)));
  const sought = seek(['PLEG is not healthy'], new Uint8Array(), 'fastest');
  const entry = pathToFileURL(join(folder, 'absent.mjs'));
  const instead = new LocalScanner(makeKernel(sought));
  const scanner = new WorkerPool(entry, 2, sought, () => instead);
  const fd = openSync(file, 'r');
  try {
    const size = Math.ceil((2.5 * CHUNK) / line.length) * line.length;
    const lines: RawLine[] = [];
    const tellLine = (found: RawLine): void => void lines.push(found);
    const extent = await scanFile({ file, fd, size, scanner, tellLine, advanced: () => undefined, signal: undefined });
    assert.deepEqual(extent, { bytes: size, lines: size / line.length, failure: null, stopped: false });
    assert.equal(lines.length, size / line.length);
    assert.ok(lines.every((l, i) => `${l.text}\n` === line && l.position.line === i + 1));
  } finally {
    closeSync(fd);
    scanner.close();
  }
});

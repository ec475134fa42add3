import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';

test('the committed WebAssembly is what its source compiles to', (t) => {
  const file = join(temporaryDirectory(t), 'kernel-code.ts');
  const script = join(import.meta.dirname, '..', '..', '..', 'scripts', 'generate-kernel.mjs');
  execFileSync(process.execPath, [script, file], { stdio: ['ignore', 'ignore', 'inherit'] });
  assert.equal(readFileSync(file, 'utf8'), readFileSync(join(import.meta.dirname, 'gen', 'kernel-code.ts'), 'utf8'));
});

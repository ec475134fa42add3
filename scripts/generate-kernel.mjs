// Generates src/logs/scan/gen/kernel-code.ts from src/logs/scan/wasm/kernel.ts. Offline: the AssemblyScript compiler is a dev dependency.
// `node scripts/generate-kernel.mjs [FILE]`
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const folder = join(import.meta.dirname, '..', 'src', 'logs', 'scan');
const target = process.argv[2] ?? join(folder, 'gen', 'kernel-code.ts');
/** Data begins above this address: so that a small addition becomes part of a load. */
const LOW = 1024;

let code = new Uint8Array();
const { error, stderr } = await asc.main(
  [
    'kernel.ts',
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd',
    '--enable',
    'relaxed-simd',
    '--lowMemoryLimit',
    `${LOW}`,
    '--importMemory',
    '-o',
    'kernel.wasm',
  ],
  {
    readFile: (name) => (name === 'kernel.ts' ? readFile(join(folder, 'wasm', name), 'utf8') : null),
    writeFile: (name, content) => {
      if (name === 'kernel.wasm') code = content;
    },
    listFiles: () => [],
  },
);
if (error) throw new Error(stderr.toString(), { cause: error });
const lines =
  Buffer.from(code)
    .toString('base64')
    .match(/.{1,112}/g) ?? [];
await writeFile(
  target,
  `// Generated from ../wasm/kernel.ts by scripts/generate-kernel.mjs: do not edit.\n/** WebAssembly, base64. */\nexport const KERNEL_CODE =\n  ${lines.map((l) => `'${l}'`).join(' +\n  ')};\n`,
);

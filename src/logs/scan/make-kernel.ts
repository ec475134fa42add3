import { type GramTable, makeGramTable } from './gram-table.ts';
import type { Kernel } from './kernel.ts';
import { ScriptKernel } from './script-kernel.ts';
import { runsWasm, wasmKernel } from './wasm-kernel.ts';

export type KernelChoice = 'fastest' | 'script';

/** A set of literals, made ready for the kernel that is used. Plain data. */
export interface Sought {
  readonly table: GramTable;
  readonly wasm: boolean;
}

/** @throws RangeError see `toBytes` */
export function seek(literals: readonly string[], sample: Uint8Array, choice: KernelChoice): Sought {
  const wasm = choice === 'fastest' && runsWasm();
  return { wasm, table: makeGramTable(literals, sample, wasm) };
}

/** @throws where WebAssembly ran when the set was made ready, and does not here */
export function makeKernel({ table, wasm }: Sought): Kernel {
  if (!wasm) return new ScriptKernel(table);
  const kernel = wasmKernel(table);
  if (kernel === null) throw new Error('no WebAssembly in this thread');
  return kernel;
}

import type { GramTable } from './gram-table.ts';
import type { Kernel } from './kernel.ts';
import { ScriptKernel } from './script-kernel.ts';
import { wasmKernel } from './wasm-kernel.ts';

export type KernelChoice = 'fastest' | 'script';

export function makeKernel(table: GramTable, choice: KernelChoice): Kernel {
  return (choice === 'fastest' ? wasmKernel(table) : null) ?? new ScriptKernel(table);
}

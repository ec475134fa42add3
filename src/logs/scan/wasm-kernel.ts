import { KERNEL_CODE } from './gen/kernel-code.ts';
import type { GramTable } from './gram-table.ts';
import { CHUNK, type Kernel, type KernelRun, MARGIN, type Region } from './kernel.ts';
import { type WasmConstant, webAssembly } from './web-assembly.ts';

/** 64 KiB each: 2.5 MiB for what is looked for and what is found, then the text, see {@link Kernel.memory}. */
const PAGES = 40 + (3 * CHUNK) / 65_536 + 2;

/** What wasm/kernel.ts exports. */
interface Exports {
  readonly begin: (from: number, to: number, first: number, last: number) => void;
  readonly scan: (stride: number, shortLiterals: number, at: number, multiplier: number) => number;
  readonly startOfLine: (p: number, floor: number) => number;
  readonly endOfLine: (p: number, ceiling: number) => number;
  readonly hitCount: () => number;
  readonly rowCount: () => number;
  readonly newlineCount: () => number;
  readonly BITS: WasmConstant;
  readonly PAIRS: WasmConstant;
  readonly SHORTS: WasmConstant;
  readonly SLOTS: WasmConstant;
  readonly ENTRIES: WasmConstant;
  readonly LITERALS: WasmConstant;
  readonly HITS: WasmConstant;
  readonly ROWS: WasmConstant;
  readonly DATA: WasmConstant;
}

/** Whether this machine and Node.js run it: not without SIMD, nor with `--jitless`. */
export function runsWasm(): boolean {
  return webAssembly()?.validate(code()) ?? false;
}

/** The kernel in WebAssembly; null where that does not run. */
export function wasmKernel(table: GramTable): Kernel | null {
  const api = webAssembly();
  if (api === undefined || !runsWasm()) return null;
  const memory = new api.Memory({ initial: PAGES });
  const { exports } = new api.Instance(new api.Module(code()), { env: { memory } });
  return new WasmKernel(memory.buffer, exports as Exports, table);
}

function code(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(KERNEL_CODE, 'base64'));
}

class WasmKernel implements Kernel {
  readonly memory: Uint8Array<ArrayBuffer>;
  readonly base: number;
  readonly spare: number;
  readonly rows: Uint32Array;
  readonly hits: Uint32Array;
  readonly #exports: Exports;
  readonly #table: GramTable;

  constructor(memory: ArrayBuffer, exports: Exports, table: GramTable) {
    this.#exports = exports;
    this.#table = table;
    this.memory = new Uint8Array(memory);
    const { HITS, ROWS, DATA } = this.#exports;
    this.base = DATA.value;
    this.spare = DATA.value + 2 * CHUNK + 65_536;
    this.hits = new Uint32Array(memory, HITS.value, (ROWS.value - HITS.value) / 4);
    this.rows = new Uint32Array(memory, ROWS.value, (DATA.value - ROWS.value) / 4);
    this.#load(table);
  }

  #load({ bits, slots, entries, literals, pairs }: GramTable): void {
    const view = new DataView(this.memory.buffer);
    const { BITS, PAIRS, SHORTS, SLOTS, ENTRIES, LITERALS } = this.#exports;
    this.memory.set(bits, BITS.value);
    this.memory.set(pairs.nibbles, PAIRS.value);
    for (const [i, { pair, literal, offset }] of pairs.entries.entries()) {
      view.setUint16(SHORTS.value + 8 * i, pair, true);
      view.setUint16(SHORTS.value + 8 * i + 2, literal, true);
      view.setUint16(SHORTS.value + 8 * i + 4, offset, true);
    }
    for (const [i, slot] of slots.entries()) view.setUint16(SLOTS.value + 2 * i, slot, true);
    for (const [i, { gram, literal, offset }] of entries.entries()) {
      const at = ENTRIES.value + 8 * i;
      view.setUint32(at, gram, true);
      view.setUint16(at + 4, literal, true);
      view.setUint16(at + 6, offset, true);
    }
    let address = LITERALS.value + 8 * literals.length;
    for (const [i, literal] of literals.entries()) {
      view.setUint32(LITERALS.value + 8 * i, address, true);
      view.setUint32(LITERALS.value + 8 * i + 4, literal.length, true);
      this.memory.set(literal, address);
      address += literal.length;
    }
  }

  begin({ from, to, first, last }: Region): void {
    this.memory.fill(0, last, last + MARGIN);
    this.#exports.begin(from, to, first, last);
  }

  scan(at: number): KernelRun {
    const { scan, hitCount, rowCount, newlineCount } = this.#exports;
    const { stride, pairs, multiplier } = this.#table;
    const stopped = scan(stride, pairs.entries.length, at, multiplier);
    return { at: stopped, hits: hitCount(), rows: rowCount(), newlines: newlineCount() };
  }

  startOfLine(p: number, floor: number): number {
    return this.#exports.startOfLine(p, floor);
  }

  endOfLine(p: number, ceiling: number): number {
    return this.#exports.endOfLine(p, ceiling);
  }
}

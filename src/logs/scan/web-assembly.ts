/** What is used of WebAssembly. Its types come with the DOM's, which are not wanted here. */
interface WebAssemblyApi {
  validate(code: Uint8Array<ArrayBuffer>): boolean;
  readonly Module: new (code: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
}

/** An exported constant. */
export interface WasmConstant {
  readonly value: number;
}

/** Undefined where Node.js runs without it (`--jitless`). */
export function webAssembly(): WebAssemblyApi | undefined {
  return (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
}

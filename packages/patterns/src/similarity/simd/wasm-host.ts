/** The part of WebAssembly used here: this package builds without the types of browsers and of Node. */
interface WasmHost {
  readonly Module: new (binary: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: object }
  readonly Memory: new (size: { initial: number }) => WasmMemory
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

/** Returns the host's WebAssembly; null where it has none. */
export function findWasm(): WasmHost | null {
  return (globalThis as { readonly WebAssembly?: WasmHost }).WebAssembly ?? null
}

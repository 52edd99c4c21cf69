import { assembleKernel, type KernelExports } from './assemble-kernel.ts'
import { findWasm, type WasmMemory } from './wasm-host.ts'

/** The assembled module with a memory of its own, used by one search at a time. */
export interface BoundEngine {
  readonly memory: WasmMemory
  readonly exports: KernelExports
}

const pageBytes = 65_536
/** Kept for the next search: a memory reserves gigabytes of address space until it is collected. */
const idle: BoundEngine[] = []
let compiled: object | null | undefined

/** Returns an engine with at least `bytes` of memory; null where the host has no SIMD or its policy forbids to compile. */
export function takeEngine(bytes: number): BoundEngine | null {
  const engine = idle.pop() ?? createEngine()
  const missing = bytes - (engine?.memory.buffer.byteLength ?? bytes)
  if (missing > 0) engine?.memory.grow(Math.ceil(missing / pageBytes))
  return engine
}

export function giveBack(engine: BoundEngine): void {
  idle.push(engine)
}

function createEngine(): BoundEngine | null {
  if (compiled === undefined) compiled = compile()
  const wasm = findWasm()
  if (!compiled || !wasm) return null
  const memory = new wasm.Memory({ initial: 1 })
  const instance = new wasm.Instance(compiled, { env: { memory } })
  return { memory, exports: instance.exports as KernelExports }
}

function compile(): object | null {
  const wasm = findWasm()
  try {
    return wasm && new wasm.Module(assembleKernel())
  } catch {
    // A host without SIMD, or a content security policy without 'wasm-unsafe-eval'. The plain kernel gives the same answers.
    return null
  }
}

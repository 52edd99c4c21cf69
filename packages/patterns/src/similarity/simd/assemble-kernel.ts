import { assembleCentre, assembleWiden } from './assemble-envelope.ts'
import { assembleFilter } from './assemble-filter.ts'
import { assembleWarp } from './assemble-warp.ts'
import { assembleModule } from './wasm-assembler.ts'

/** What the module exports; addresses, lengths and steps in bytes. Each is described where it is assembled. */
export interface KernelExports {
  widen(fromHigh: number, fromLow: number, high: number, low: number, length: number, step: number): void
  centre(high: number, low: number, length: number): void
  filter(from: number, end: number, limit: number): number
  warp(count: number, limit: number): number
}

export function assembleKernel(): Uint8Array<ArrayBuffer> {
  return assembleModule({
    widen: assembleWiden(),
    centre: assembleCentre(),
    filter: assembleFilter(),
    warp: assembleWarp(),
  })
}

import { createManualTime, type ManualTime } from '@banyan/brokers/memory'
import { type EpochMs, parseTimestamp } from '@banyan/domain'
import { type Sandbox, type SandboxOptions, startSandbox } from '../index.ts'

/** A sandbox whose time passes only when `wall` is advanced: its clock, its limits and its ticker. */
export interface QuietSandbox extends Sandbox {
  readonly wall: ManualTime
}

/** Returns the instant of a time in India without its offset: `2026-03-12T09:15:00`. */
export function ist(text: string): EpochMs {
  const instant = parseTimestamp(`${text}+05:30`)
  if (instant === null) throw new Error(`${text} is no time`)
  return instant
}

/** Starts one at noon of a trading day, unless told otherwise. */
export async function startQuietSandbox(options: Partial<SandboxOptions> = {}): Promise<QuietSandbox> {
  const clockStart = options.clockStart ?? ist('2026-03-12T12:00:00')
  const wall = createManualTime(clockStart)
  const sandbox = await startSandbox({ seed: 1, ...options, clockStart, wall, timers: wall })
  return { ...sandbox, wall }
}

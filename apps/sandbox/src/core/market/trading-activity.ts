import { createNoise } from '../seeded-noise.ts'
import type { SandboxPrice } from '../upstream.ts'
import type { ListedInstrument } from './listed-instrument.ts'

/** Returns the units of the whole day. */
export function volumeOn(seed: number, instrument: ListedInstrument, day: number): number {
  const swing = createNoise(seed, `${instrument.id}/volume`).at(day)
  return Math.round(instrument.usualVolume * Math.exp(instrument.volumeSwing * swing))
}

/** Returns the open contracts when that part of the day's volume has been traded; null of what has none. */
export function openInterestAt(
  seed: number,
  instrument: ListedInstrument,
  day: number,
  part: number,
): SandboxPrice['openInterest'] {
  const { usualOpenInterest: usual } = instrument
  if (usual === null) return null
  const noise = createNoise(seed, `${instrument.id}/open-interest`)
  const atEndOf = (number: number) => Math.round(usual * (1 + 0.3 * noise.smooth(number / 3)))
  const before = atEndOf(day - 1)
  const now = Math.round(before + (atEndOf(day) - before) * part)
  return { now, dayHigh: Math.max(before, now), dayLow: Math.min(before, now) }
}

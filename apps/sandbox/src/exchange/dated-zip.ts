import type { TradingDate } from '@banyan/domain'
import { zipSync } from 'fflate'

/** Returns a zip of files by name, made in the morning of a date: the same bytes on every host. */
export function datedZip(files: Readonly<Record<string, Buffer>>, on: TradingDate): Buffer {
  return Buffer.from(zipSync({ ...files }, { mtime: hostTime(on) }))
}

/** A zip writes times in the zone of the host: this is the day's 08:00 in whichever. */
function hostTime(on: TradingDate): Date {
  const [year = 0, month = 0, day = 0] = on.split('-').map(Number)
  return new Date(year, month - 1, day, 8)
}

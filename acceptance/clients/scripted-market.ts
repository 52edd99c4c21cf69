import { readFileSync } from 'node:fs'
import { createTradingCalendar, type EpochMs, istDate, parseCalendarData } from '@banyan/domain'
import { readIdentities } from '../../apps/sandbox/src/core/market/identity-file.ts'
import { createSandboxMarket } from '../../apps/sandbox/src/core/market/sandbox-market.ts'
import { scriptedInstrument } from '../../apps/sandbox/src/core/scripted-instrument.ts'
import { rupeesOf, type ScriptedPrice } from '../../apps/sandbox/src/core/scripted-price.ts'
import type { SandboxInstrument, SandboxPrice } from '../../apps/sandbox/src/core/upstream.ts'

/** Of `startSandboxProcess`. */
const seed = 7
const calendarFile = new URL('../../data/calendar/nse.json', import.meta.url)

/** The market of the sandbox's process, from the same seed: what its prices must be at an instant of its clock. */
export const market = createSandboxMarket({
  seed,
  calendar: createTradingCalendar(parseCalendarData(JSON.parse(readFileSync(calendarFile, 'utf8')))),
  identities: readIdentities(),
})

export interface ScriptedRow {
  readonly instrument: SandboxInstrument
  readonly price: SandboxPrice
  /** Returns the rupees of a price of the script. */
  rupees(scripted: ScriptedPrice): number
}

/** Returns what a line of a scripted portfolio stands for at an instant. */
export function scriptedRow(name: string, at: EpochMs): ScriptedRow {
  const instrument = scriptedInstrument(market, name, istDate(at))
  const price = market.price(instrument.id, at)
  if (price === null) throw new Error(`${name} has no price.`)
  return { instrument, price, rupees: (scripted) => rupeesOf(scripted, price.prevClose, instrument) }
}

import { readFileSync } from 'node:fs'
import { createLiveClock } from '@banyan/brokers'
import { createManualTime, createMemorySource, type ManualTime, type MemorySource } from '@banyan/brokers/memory'
import {
  createTradingCalendar,
  type Exchange,
  type InstrumentId,
  type InstrumentKind,
  instrumentId,
  parseCalendarData,
  parseTimestamp,
} from '@banyan/domain'
import type { StoredInstrument } from '../../instruments/index.ts'
import { createMarketModule, type MarketModule, type MarketModuleParts, type MarketUpkeep } from '../index.ts'

const calendarFile = new URL('../../../../../../data/calendar/nse.json', import.meta.url)
export const testCalendar = createTradingCalendar(parseCalendarData(JSON.parse(readFileSync(calendarFile, 'utf8'))))

/** Returns the instant of an IST time such as `2026-03-12T10:00:00`. */
export function ist(text: string): number {
  const instant = parseTimestamp(`${text}+05:30`)
  if (instant === null) throw new TypeError(`${text} is no time`)
  return instant
}

function instrument(key: number, exchange: Exchange, symbol: string, kind: InstrumentKind, sector: string | null) {
  const unknown = { name: null, isin: null, series: null, lotSize: null, tickSize: null }
  return {
    key,
    id: instrumentId(exchange, symbol),
    exchange,
    symbol,
    kind,
    sector,
    ...unknown,
  } satisfies StoredInstrument
}

const testInstruments: readonly StoredInstrument[] = [
  instrument(1, 'NSE', 'NIFTY 50', 'index', null),
  instrument(2, 'NSE', 'NIFTY BANK', 'index', null),
  instrument(3, 'BSE', 'SENSEX', 'index', null),
  instrument(4, 'NSE', 'NIFTY IT', 'index', 'Information technology'),
  instrument(5, 'NSE', 'NIFTY AUTO', 'index', 'Automobile'),
  instrument(6, 'NSE', 'NIFTY MEDIA', 'index', 'Media'),
  instrument(7, 'NSE', 'TCS', 'equity', null),
  instrument(8, 'NSE', 'INFY', 'equity', null),
  instrument(9, 'NSE', 'M&M', 'equity', null),
]

export const id = (symbol: string) => instrumentId('NSE', symbol) as InstrumentId

export interface TestMarket {
  readonly market: MarketModule & MarketUpkeep
  readonly time: ManualTime
  readonly sources: readonly MemorySource[]
  readonly problems: (readonly [what: string, name: string])[]
}

/** Returns a live market at `now` over in-memory sources, its calendar the real one. Not started. */
export function createTestMarket(
  now: string,
  sources: readonly { id: string; delivery?: 'stream' | 'poll'; lagging?: boolean }[],
  parts: Partial<MarketModuleParts> = {},
): TestMarket {
  const time = createManualTime(ist(now))
  const memory = sources.map((source) => createMemorySource({ ...source, clock: time, probe: id('TCS') }))
  const problems: (readonly [string, string])[] = []
  const known = new Map(testInstruments.map((one) => [one.id, one]))
  const market = createMarketModule({
    sources: memory,
    instruments: { find: (instrument) => known.get(instrument) ?? null, list: () => testInstruments },
    calendar: testCalendar,
    marketClock: createLiveClock(time),
    wallClock: time,
    timers: time,
    shelf: null,
    onProblem: (what, name) => problems.push([what, name]),
    ...parts,
  })
  return { market, time, sources: memory, problems }
}

/** Lets everything that waits on settled promises run. */
export const settle = () => new Promise((resolve) => setImmediate(resolve))

import { readFileSync } from 'node:fs'
import {
  addDays,
  createTradingCalendar,
  dateOfDayNumber,
  dayNumberOf,
  type EpochMs,
  formatIst,
  isIsin,
  istDate,
  istMidnight,
  parseCalendarData,
  parseTimestamp,
} from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readIdentities } from './identity-file.ts'
import { createSandboxMarket } from './sandbox-market.ts'

const calendarFile = new URL('../../../../../data/calendar/nse.json', import.meta.url)
const calendar = createTradingCalendar(parseCalendarData(JSON.parse(readFileSync(calendarFile, 'utf8'))))
const identities = readIdentities()
const marketOf = (seed: number) => createSandboxMarket({ seed, calendar, identities })
const market = marketOf(1)

const at = (text: string): EpochMs => parseTimestamp(`${text}+05:30`) ?? Number.NaN
const today = '2026-03-12'
const noon = at(`${today}T12:00:00`)

const instants = fc
  .integer({ min: dayNumberOf('2024-01-01'), max: dayNumberOf('2026-12-20') })
  .chain((day) =>
    fc.integer({ min: 0, max: 86_399 }).map((second) => istMidnight(dateOfDayNumber(day)) + second * 1000),
  )
const ids = fc.constantFrom('NSE:RELIANCE', 'NSE:M&M', 'NSE:MRF', 'BSE:IDEA', 'NSE:NIFTY 50', 'NSE:731SBX31-SG')

describe('prices', () => {
  it('are the same for the same seed, instrument and instant, in any order of asking', () => {
    fc.assert(
      fc.property(ids, instants, (id, instant) => {
        expect(marketOf(1).price(id, instant)).toEqual(market.price(id, instant))
      }),
      { numRuns: 20 },
    )
  })

  it('differ by seed', () => {
    expect(marketOf(2).price('NSE:TCS', noon)).not.toEqual(market.price('NSE:TCS', noon))
  })

  it('lie between the low and the high of the day, which hold the open', () => {
    fc.assert(
      fc.property(ids, instants, (id, instant) => {
        const price = market.price(id, instant)
        if (price === null) throw new Error(`${id} has no price`)
        const { low, last, open, average, high, lastTradeAt } = price
        for (const inside of [last, open]) {
          expect(inside).toBeGreaterThanOrEqual(low)
          expect(inside).toBeLessThanOrEqual(high)
        }
        expect(average).toBeGreaterThan(low - 0.01)
        expect(average).toBeLessThan(high + 0.01)
        expect(lastTradeAt).toBeLessThanOrEqual(instant)
      }),
      { numRuns: 100 },
    )
  })

  it('have the last close of the day before as their previous close', () => {
    fc.assert(
      fc.property(ids, instants, (id, instant) => {
        const price = market.price(id, instant)
        const day = istDate(price?.lastTradeAt ?? 0)
        const endOfDayBefore = istMidnight(day) - 1
        expect(price?.prevClose).toBe(market.price(id, endOfDayBefore)?.last)
      }),
      { numRuns: 100 },
    )
  })

  it('stand still outside trading hours and on holidays', () => {
    const close = market.price('NSE:TCS', at('2026-01-23T18:00:00'))
    expect(market.price('NSE:TCS', at('2026-01-26T12:00:00'))).toEqual(close)
    expect(market.price('NSE:TCS', at('2026-01-27T09:14:59'))).toEqual(close)
    expect(market.price('NSE:TCS', at('2026-01-27T09:15:00'))?.open).not.toBe(close?.open)
  })

  it('are unknown before a listing, after an expiry and of what does not exist', () => {
    expect(market.price('NSE:SWIGGY', at('2024-11-12T12:00:00'))).toBeNull()
    expect(market.price('NSE:SWIGGY', at('2024-11-13T12:00:00'))).not.toBeNull()
    expect(market.price('NFO:NIFTY26MARFUT', at('2026-04-02T12:00:00'))).toBeNull()
    expect(market.price('NSE:NOSUCH', noon)).toBeNull()
  })

  it('end in the closing auction at 15:30:00 of shares with derivatives, and only of these, since 2026-08-03', () => {
    const lastTrade = (id: string, date: string) =>
      formatIst(market.price(id, at(`${date}T18:00:00`))?.lastTradeAt ?? 0).slice(11, 19)
    expect(lastTrade('NSE:TCS', '2026-08-03')).toBe('15:30:00')
    expect(lastTrade('NSE:MRF', '2026-08-03')).toBe('15:29:59')
    expect(lastTrade('NSE:TCS', '2026-07-31')).toBe('15:29:59')
    expect(formatIst(market.price('NSE:TCS', at('2026-08-03T15:29:59'))?.lastTradeAt ?? 0)).toMatch(/T15:14:59/)
  })

  it('have a volume of IDEA above 2³¹ and below 2³² every day', () => {
    for (let day = dayNumberOf('2026-03-02'); day < dayNumberOf('2026-03-20'); day++) {
      const volume = market.price('NSE:IDEA', istMidnight(dateOfDayNumber(day)) + 16 * 3_600_000)?.volume ?? 0
      expect(volume).toBeGreaterThan(2 ** 31)
      expect(volume).toBeLessThan(2 ** 32)
    }
  })
})

describe('bars', () => {
  const open = at(`${today}T09:15:00`)
  const close = at(`${today}T18:00:00`)

  it('of the minutes of a day add up to the bar of the day', () => {
    fc.assert(
      fc.property(fc.constantFrom('NSE:RELIANCE', 'NSE:MRF', 'NFO:NIFTY26MARFUT', 'NSE:NIFTY 50'), (id) => {
        const minutes = market.candles(id, 60, open, close, close)
        const [day] = market.candles(id, 'day', istMidnight(today), close, close)
        expect(minutes).toHaveLength(375)
        expect({
          open: minutes[0]?.open,
          high: Math.max(...minutes.map(({ high }) => high)),
          low: Math.min(...minutes.map(({ low }) => low)),
          close: minutes.at(-1)?.close,
          volume: minutes.reduce((sum, { volume }) => sum + volume, 0),
        }).toEqual({ open: day?.open, high: day?.high, low: day?.low, close: day?.close, volume: day?.volume })
      }),
    )
  })

  it('fit the price at any instant: the forming bar of the day tells the same', () => {
    fc.assert(
      fc.property(ids, fc.integer({ min: 0, max: 22_499 }), (id, second) => {
        const now = open + second * 1000
        const price = market.price(id, now)
        const [forming] = market.candles(id, 'day', istMidnight(today), now, now)
        expect(forming).toMatchObject({ open: price?.open, high: price?.high, low: price?.low, close: price?.last })
        expect(forming?.volume).toBe(price?.volume)
      }),
      { numRuns: 100 },
    )
  })

  it('start where they are asked to, both ends included, and end with what was traded', () => {
    const bars = market.candles('NSE:TCS', 300, at(`${today}T10:00:00`), at(`${today}T10:30:00`), close)
    expect([bars[0]?.time, bars.at(-1)?.time, bars.length]).toEqual([
      at(`${today}T10:00:00`),
      at(`${today}T10:30:00`),
      7,
    ])
    expect(market.candles('NSE:TCS', 60, noon, close, noon).map(({ time }) => time)).toEqual([noon])
  })

  it('begin with the listing, and are none before', () => {
    const days = market.candles('NSE:SWIGGY', 'day', at('2024-11-01T00:00:00'), at('2024-11-20T00:00:00'), noon)
    expect(istDate(days[0]?.time ?? 0)).toBe('2024-11-13')
    expect(market.candles('NSE:SWIGGY', 'day', at('2024-10-01T00:00:00'), at('2024-10-31T00:00:00'), noon)).toEqual([])
  })

  it('have one of the auction apart from the others', () => {
    const evening = at('2026-08-03T18:00:00')
    const times = market
      .candles('NSE:TCS', 60, at('2026-08-03T15:10:00'), evening, evening)
      .map(({ time }) => formatIst(time).slice(11, 16))
    expect(times).toEqual(['15:10', '15:11', '15:12', '15:13', '15:14', '15:30'])
  })
})

describe('listings', () => {
  const listed = market.instruments(today)

  it('hold a few dozen shares with valid ISINs, the indices, bonds and every kind of derivative', () => {
    const shares = listed.filter(({ kind, series }) => kind === 'equity' && series !== 'SM' && series !== 'ST')
    expect(shares.length).toBeGreaterThan(36)
    for (const { isin } of shares) expect(isIsin(isin ?? '')).toBe(true)
    expect(listed.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['NSE:M&M', 'NSE:BAJAJ-AUTO', 'NSE:NIFTY 50', 'NSE:NIFTY BANK', 'BSE:SENSEX', 'BSE:SBIN']),
    )
    for (const exchange of ['NFO', 'BFO', 'CDS', 'BCD', 'MCX']) {
      expect(listed.filter((instrument) => instrument.exchange === exchange)).not.toEqual([])
    }
  })

  it('name monthly and weekly contracts as the exchanges do, and move an expiry off a holiday', () => {
    const november = market.instruments('2026-11-12')
    expect(november.find(({ id }) => id === 'NFO:NIFTY26NOVFUT')?.expiry).toBe('2026-11-23')
    const options = market.instruments('2026-08-13').filter(({ kind }) => kind === 'option')
    expect(options[0]?.id).toMatch(/^NFO:NIFTY26818\d{5}CE$/)
    expect(options.at(-1)?.id).toMatch(/^NFO:NIFTY26AUG\d{5}PE$/)
    expect(options.map(({ expiry }) => expiry)).toEqual([
      ...Array.from({ length: 10 }, () => '2026-08-18'),
      ...Array.from({ length: 10 }, () => '2026-08-25'),
    ])
  })

  it('list what holds on any date once: no symbol and no number is there twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), (days) => {
        const instruments = market.instruments(addDays('2024-06-01', days))
        expect(new Set(instruments.map(({ id }) => id)).size).toBe(instruments.length)
        const numbers = instruments.map(
          ({ exchange, kind, exchangeToken }) => `${exchange}/${kind === 'index'}/${exchangeToken}`,
        )
        expect(new Set(numbers).size).toBe(numbers.length)
      }),
      { numRuns: 30 },
    )
  })

  it('give the number of an expired contract to a later one', () => {
    const numberOf = (date: string, id: string) => market.instrument(id, date)?.exchangeToken
    expect(numberOf('2026-03-12', 'NFO:NIFTY26MARFUT')).toBe(numberOf('2026-04-10', 'NFO:NIFTY26JUNFUT'))
  })
})

import { type Adjustment, decimalOf, type InstrumentId } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import {
  createInstrumentsInMemory,
  createMarketInMemory,
  instrumentOf,
  quoteOf,
} from '../../../infra/http/testing/market-in-memory.ts'
import type { StoredBook } from '../index.ts'
import { bookOf, holdingOf, syncedAt } from '../testing/book-of.ts'
import { createLiveBookReader } from './live-book-reader.ts'

function open(books: readonly StoredBook[], actions: ReadonlyMap<number, readonly Adjustment[]> = new Map()) {
  const { market } = createMarketInMemory([quoteOf('NSE:TCS', 3_500)])
  const asked: (readonly InstrumentId[])[] = []
  const since: string[] = []
  let answer: () => Promise<unknown> = async () => undefined
  const read = createLiveBookReader({
    books: async () => books,
    market: {
      ...market,
      async quotes(ids) {
        asked.push(ids)
        await answer()
        return new Map()
      },
    },
    instruments: createInstrumentsInMemory(['NSE:TCS', 'NSE:INFY'].map((id) => instrumentOf(id))),
    listActionsAfter: async (date) => {
      since.push(date)
      return actions
    },
    calendar: { tradingDayOf: () => '2026-03-12' },
    clock: { now: () => syncedAt + 1_000 },
    patienceMs: 20,
  })
  const hang = () => {
    answer = () => new Promise(() => undefined)
  }
  return { read, asked, since, hang }
}

const tcs = holdingOf('TCS', '2', '3000')

describe('the live book', () => {
  it('asks once for everything the market knows, however many brokers hold it', async () => {
    const other = bookOf({ broker: 'icici', holdings: [tcs, holdingOf('ODD', '1', '1', { mapped: false })] })
    const { read, asked } = open([bookOf({ holdings: [tcs, holdingOf('NOPE', '1', '1')] }), other])
    const book = await read(1)
    expect(asked).toEqual([['NSE:TCS']])
    expect(book.totals.value?.toNumber()).toBe(14_000)
    expect(book.totals.unpriced).toBe(2)
  })

  it('does not wait for a source that hangs', async () => {
    const { read, hang } = open([bookOf({ holdings: [tcs] })])
    hang()
    expect((await read(1)).totals.value?.toNumber()).toBe(7_000)
  })

  it('asks nobody about an empty book', async () => {
    const { read, asked, since } = open([])
    expect([(await read(1)).groups, asked, since]).toEqual([[], [], []])
  })

  it('looks for corporate actions from the oldest reading on', async () => {
    const old = bookOf({ broker: 'icici', tradingDay: '2026-03-02', holdings: [tcs] })
    const key =
      createInstrumentsInMemory(['NSE:TCS'].map((id) => instrumentOf(id))).find('NSE:TCS' as InstrumentId)?.key ?? 0
    const split: Adjustment = { exDate: '2026-03-05', factor: 2, kind: 'split', source: 'circular' }
    const { read, since } = open([bookOf({ holdings: [tcs] }), old], new Map([[key, [split]]]))
    const { groups } = await read(1)
    expect(since).toEqual(['2026-03-02'])
    expect(groups[0]?.rows.map(({ quantity }) => quantity)).toEqual([decimalOf(4), decimalOf(2)])
  })
})

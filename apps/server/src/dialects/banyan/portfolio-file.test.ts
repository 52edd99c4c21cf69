import { addDays, BanyanError, dateOfDayNumber, decimalOf } from '@banyan/domain'
import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { createInstrumentsInMemory, instrumentOf } from '../../infra/http/testing/market-in-memory.ts'
import { createPortfolioImports, type Trade } from '../../modules/portfolio/index.ts'
import { openPortfolioFile } from './portfolio-file.ts'

const now = 1_773_295_927_000
const symbols = ['TCS', 'M&M', 'BAJAJ-AUTO', 'NIFTYBEES']

/** Imports over stores in memory, which take what they are given. */
function openImports() {
  const taken: Trade[] = []
  const imports = createPortfolioImports({
    books: { books: async () => [], replaceBook: async () => undefined },
    trades: {
      async add(_accountId, trades) {
        taken.push(...trades)
        return trades.length
      },
      countKnown: async () => 0,
    },
    instruments: createInstrumentsInMemory(symbols.map((symbol) => instrumentOf(`NSE:${symbol}`))),
    calendar: { tradingDayOf: () => '2026-03-12' },
    clock: { now: () => now },
  })
  return { taken, imports }
}

async function* cut(text: string, length: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length)
}

const importText = async (text: string, length: number) => {
  const { taken, imports } = openImports()
  const file = await openPortfolioFile(cut(text, length))
  const options = { isPreview: false, skipsRejected: true, account: null }
  return { taken, report: await imports.importFile(1, file, options) }
}

const millionths = (most: number) => fc.integer({ min: 1, max: most }).map((n) => decimalOf(n / 1_000_000))
const someTrade = fc.record({
  symbol: fc.constantFrom(...symbols),
  date: fc.integer({ min: 10_000, max: 20_000 }).map(dateOfDayNumber),
  side: fc.constantFrom('buy', 'sell'),
  quantity: millionths(1_000_000_000),
  price: millionths(1_000_000_000),
  note: fc.string({ maxLength: 5 }).map((text) => `a${text.replaceAll(/\p{Cc}/gu, '\n')}`),
})
const someForm = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t'),
  newline: fc.constantFrom('\n', '\r\n'),
  quotes: fc.boolean(),
  titles: fc.array(fc.constantFrom('', 'A title', 'Client ID,AB1234', 'sep=;', '"quoted, title"'), { maxLength: 4 }),
  cutAt: fc.integer({ min: 1, max: 200 }),
})

describe('a file of trades', () => {
  it('is read as it was written, in whichever form and pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someTrade, { minLength: 1, maxLength: 12 }), someForm, async (trades, form) => {
        const { delimiter, newline, quotes, titles, cutAt } = form
        const header = ['Symbol', 'DATE', 'Side', 'note', 'quantity', 'Price']
        const rows = trades.map(({ symbol, date, side, note, quantity, price }) => [
          ...[symbol, date, side, note],
          ...[quantity.toFixed(), price.toFixed()],
        ])
        const table = Papa.unparse([header, ...rows], { delimiter, newline, quotes })
        const text = [...titles, table].join(newline)
        const { taken, report } = await importText(text, cutAt)
        const shown = (one: Pick<Trade, 'symbol' | 'date' | 'side' | 'quantity' | 'price'>) =>
          [one.symbol, one.date, one.side, one.quantity.toFixed(), one.price.toFixed()].join(' ')
        expect(report.problems).toEqual([])
        expect(taken.map(shown)).toEqual(trades.map((trade) => shown({ ...trade, side: trade.side as 'buy' })))
        expect(new Set(taken.map(({ id }) => id)).size).toBe(trades.length)
        expect(report.shown[0]?.line).toBe(titles.length + 2)
        const again = await importText(text, cutAt + 1)
        expect(again.taken).toEqual(taken)
      }),
      { numRuns: 200 },
    )
  })

  it('has the same ids whatever stands beside its rows', async () => {
    const row = (days: number) => `TCS,${addDays('2026-01-05', days)},buy,1,100`
    const header = 'symbol,date,side,quantity,price'
    const idsOf = async (rows: readonly string[]) =>
      (await importText([header, ...rows].join('\n'), 50)).taken.map(({ id }) => id)
    const whole = await idsOf([row(0), row(1), row(1), row(2)])
    expect(await idsOf([row(1), row(1)])).toEqual(whole.slice(1, 3))
    expect(await idsOf([row(2), row(0)])).toEqual([whole[3], whole[0]])
  })
})

describe('any text', () => {
  it('is taken, or refused as a file that cannot be', async () => {
    const pieces = fc.constantFrom(
      ...[
        'symbol',
        'quantity',
        'average price',
        'date',
        'side',
        'price',
        'ISIN',
        'trade_id',
        'Instrument',
        'Qty.',
        'LTP',
      ],
      ...['Avg. cost', ',', ',', ',', ';', '\t', '\n', '\n', '\r\n', '"', '""', '=', '-', '\0', 'TCS', '1', '1,23,456'],
      ...['12-03-2026', 'buy', 'Total', 'as on 2026-03-01', 'Client ID,', '\u{1f600}', 'ｔｃｓ', '__proto__'],
    )
    const header = fc.constantFrom('', 'symbol,quantity,average_price\n', 'symbol,date,side,quantity,price\n')
    await fc.assert(
      fc.asyncProperty(header, fc.array(pieces, { maxLength: 40 }), async (start, parts) => {
        try {
          const { report } = await importText(start + parts.join(''), 7)
          expect(report.rows).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(BanyanError)
          expect(error).toMatchObject({ code: 'invalid_parameter' })
        }
      }),
      { numRuns: 500 },
    )
  })

  it('without a header is given up after 60 lines, or 64 KiB of one', async () => {
    let read = 0
    async function* endless(piece: string) {
      for (;;) {
        read += piece.length
        yield piece
      }
    }
    await expect(openPortfolioFile(endless('a title\n'))).rejects.toMatchObject({ code: 'invalid_parameter' })
    await expect(openPortfolioFile(endless('no line end '))).rejects.toMatchObject({ code: 'invalid_parameter' })
    expect(read).toBeLessThan(200_000)
  })
})

import { instrumentId } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EntryFields, GivenRow, JournalEntry } from '../../modules/journal/index.ts'
import { decimal, entryOf, ist } from '../../modules/journal/testing/entry-of.ts'
import { openJournalFile, writeLines } from './journal-file.ts'

async function* piecesOf(text: string, cuts: readonly number[] = []): AsyncGenerator<string> {
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length]
  for (const [i, place] of places.entries()) if (i > 0) yield text.slice(places[i - 1], place)
}

async function read(text: string, cuts?: readonly number[]) {
  const file = await openJournalFile(piecesOf(text, cuts))
  const rows: GivenRow[] = []
  for await (const row of file.rows) rows.push(row)
  return { rows, ignoredColumns: file.ignoredColumns }
}

const amountNames = ['quantity', 'price', 'exitPrice', 'fees'] as const

/** What a row gives, with amounts as text so that equal ones compare equal. */
function told({ id, patternsAtEntry, fields }: Pick<GivenRow, 'id' | 'patternsAtEntry' | 'fields'>) {
  const amounts = amountNames.map((name) => fields[name]?.toFixed() ?? fields[name])
  const { symbol, side, openedAt, closedAt, notes, tags, rating } = fields
  return { id, patternsAtEntry, amounts, symbol, side, openedAt, closedAt, notes, tags, rating }
}

const amount = fc.integer({ min: 0, max: 1e13 }).map((n) => decimal(String(n)).div(10_000))
const instant = fc.integer({ min: ist('1970-01-01T00:00:00'), max: ist('2100-01-01T00:00:00') })
const odd = fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', '\\', ' ', 'a', 'आ', '\u{1f600}')
const notes = fc.string({ unit: odd, maxLength: 40 })
const tag = fc
  .string({ unit: odd, minLength: 1, maxLength: 12 })
  .map((text) => text.replaceAll(/\p{Cc}/gu, '').trim())
  .filter((text) => text !== '')

const entry: fc.Arbitrary<JournalEntry> = fc
  .record({
    symbol: fc.constantFrom(instrumentId('NSE', 'M&M'), instrumentId('BSE', '-A.B_C'), instrumentId('NSE', 'NIFTY 50')),
    side: fc.constantFrom('buy' as const, 'sell' as const),
    quantity: amount,
    price: amount,
    exitPrice: fc.option(amount),
    fees: amount,
    openedAt: instant,
    closedAt: fc.option(instant),
    notes,
    tags: fc.array(tag, { maxLength: 5 }),
    rating: fc.option(fc.integer({ min: 1, max: 5 })),
    patternsAtEntry: fc.option(fc.uniqueArray(fc.constantFrom('CDLDOJI', 'double_top', 'CDL3INSIDE'))),
  })
  .map((change) => entryOf(change))

describe('a file of entries', () => {
  it('gives back all that was written, whatever the entries hold and wherever the text is cut', async () => {
    const entries = fc.array(entry, { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(entries, fc.array(fc.nat(), { maxLength: 5 }), async (written, cuts) => {
        const { rows, ignoredColumns } = await read(writeLines(written, true), cuts)
        expect(rows.flatMap(({ problems }) => problems)).toEqual([])
        expect(rows.map(told)).toEqual(
          written.map((one) => told({ id: one.id, patternsAtEntry: one.patternsAtEntry, fields: one })),
        )
        expect(ignoredColumns).toEqual([])
      }),
    )
  })

  it('holds no cell that a spreadsheet takes for a formula but numbers', () => {
    const sneaky = entryOf({ notes: '=HYPERLINK("http://evil.example")', tags: ['@SUM(A1)', '=x'] })
    const text = writeLines([sneaky], false)
    expect(text).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
    expect(text).toContain(`'@SUM(A1); =x`)
    expect(text.split(',').filter((cell) => /^"?[=+@]/.test(cell))).toEqual([])
  })

  it('has a header, and a row as people would write it', () => {
    const closed = entryOf({
      id: 'jrn_0000000000000000',
      exitPrice: decimal('3300'),
      fees: decimal('12.5'),
      closedAt: ist('2026-03-11T10:00:00'),
      tags: ['swing', 'a;b'],
      rating: 4,
      patternsAtEntry: [],
    })
    expect(writeLines([closed], true).split('\r\n')).toEqual([
      'id,symbol,side,quantity,price,exit_price,fees,opened_at,closed_at,pnl,rating,tags,notes,patterns_at_entry,created_at,updated_at',
      'jrn_0000000000000000,NSE:TCS,buy,10,3390.5,3300,12.5,2026-03-10T10:05:00+05:30,2026-03-11T10:00:00+05:30,-917.5,4,swing; a\\;b,,none,2026-03-10T10:07:12+05:30,2026-03-10T10:07:12+05:30',
      '',
    ])
  })
})

describe('a file somebody wrote by hand', () => {
  it('needs five columns in any order and case; blank cells have their defaults', async () => {
    const { rows, ignoredColumns } = await read(
      'Opened_At; SIDE ;price;quantity;symbol;broker\n2026-03-10 10:05+05:30; buy ; 3390.5 ;10; tcs ;Z\n',
    )
    expect(ignoredColumns).toEqual(['broker'])
    const plain: EntryFields = entryOf()
    expect(rows.map(told)).toEqual([told({ id: null, patternsAtEntry: null, fields: plain })])
  })

  it('is refused when it lacks a column, has one twice, or no line at all', async () => {
    const refused = async (text: string) =>
      read(text).then(
        () => null,
        (error: { details: { field: string }[] }) => error.details.map(({ field }) => field),
      )
    expect(await refused('symbol,side,price\n')).toEqual(['quantity', 'opened_at'])
    expect(await refused('symbol,side,price,quantity,opened_at,notes,Notes\n')).toEqual(['notes'])
    expect(await refused('')).toEqual(['body'])
    expect(await refused(' \n\n')).toEqual(['body'])
  })

  it('tells all that cannot be read, with its line and column', async () => {
    const header = 'symbol,side,quantity,price,opened_at,closed_at,rating,patterns_at_entry,exit_price'
    const { rows } = await read(
      [header, 'NOPE:X,hold,"1,000",,yesterday,2026-13-01,6,a;b,1e3', 'TCS,buy,1,2,2026-03-10T10:05Z,,,,,x,', ''].join(
        '\n',
      ),
    )
    expect(rows.map(({ line, problems }) => [line, problems.map(({ field }) => field)])).toEqual([
      [2, ['symbol', 'side', 'quantity', 'price', 'openedAt', 'closedAt', 'rating', 'patternsAtEntry', 'exitPrice']],
      [3, ['']],
    ])
  })

  it('may have fewer cells than columns, and tags with or without spaces', async () => {
    const { rows } = await read(
      'symbol,side,quantity,price,opened_at,tags,notes\nTCS,buy,10,3390.5,2026-03-10T10:05:00+05:30, a ;;b\\;c; \\\\ ;d\\\n',
    )
    expect(rows.map(({ fields }) => [fields.tags, fields.notes])).toEqual([[['a', 'b;c', '\\', 'd\\'], '']])
  })
})

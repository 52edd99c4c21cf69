import { instrumentId } from '@banyan/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type EntryFilter, type GivenRow, type JournalEntry, tradeSides } from './index.ts'
import { dayPositionOf } from './testing/day-trades.suite.ts'
import { decimal, entryOf, ist, told } from './testing/entry-of.ts'
import { openTestJournal } from './testing/open-test-journal.ts'

const all: EntryFilter = { symbol: null, tag: null, from: null, to: null }

let given: Awaited<ReturnType<typeof openTestJournal>>
let account = 0
beforeAll(async () => {
  given = await openTestJournal()
})
beforeEach(async () => {
  account = await given.addAccount()
})
afterAll(() => given.close())

async function* rowsOf(rows: readonly GivenRow[]): AsyncGenerator<GivenRow> {
  yield* rows
}

function rowOf(line: number, change: Partial<JournalEntry> = {}, id: string | null = null): GivenRow {
  const { id: _id, pnl, createdAt, updatedAt, patternsAtEntry, ...fields } = entryOf(change)
  return { line, id, patternsAtEntry, fields, problems: [] }
}

const importing = (rows: readonly GivenRow[], isPreview = false, into = account) =>
  given.journal.importEntries(into, rowsOf(rows), { isPreview })

async function entriesOf(owner = account): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = []
  for await (const page of given.journal.everything(owner, all)) entries.push(...page)
  return entries
}

describe('an import', () => {
  it('adds a file once however often it is given, also when entries were edited since', async () => {
    const rows = [rowOf(2), rowOf(3), rowOf(4, { side: 'sell' })]
    expect(await importing(rows)).toEqual({ rows: 3, added: 3, known: 0, problems: [], problemCount: 0 })
    const [first] = await entriesOf()
    await given.journal.update(account, first?.id ?? '', { fields: { price: decimal('1') }, problems: [] })
    expect(await importing(rows)).toMatchObject({ added: 0, known: 3 })
    const noted = rows.map((row) => ({ ...row, fields: { ...row.fields, notes: 'seen again' } }))
    expect(await importing([...noted, rowOf(5)])).toMatchObject({ added: 1, known: 3 })
    expect((await entriesOf()).length).toBe(4)
  })

  it('brings an export back whole: into its account nothing, into another everything under the same ids', async () => {
    const full = rowOf(2, {
      exitPrice: decimal('3400'),
      closedAt: ist('2026-03-11T10:00:00'),
      tags: ['a', 'A', 'b'],
      patternsAtEntry: ['CDLDOJI'],
    })
    await importing([full, rowOf(3, { openedAt: ist('2026-03-01T10:00:00') })])
    const entries = await entriesOf()
    expect(entries[0]).toMatchObject({ tags: ['a', 'b'], patternsAtEntry: ['CDLDOJI'] })
    expect(entries[0]?.pnl?.toFixed()).toBe('95')
    const exported = entries.map((entry, i) => rowOf(i + 2, entry, entry.id))
    expect(await importing(exported)).toMatchObject({ added: 0, known: 2 })
    const other = await given.addAccount()
    expect(await importing(exported, false, other)).toMatchObject({ added: 2, known: 0 })
    expect((await entriesOf(other)).map(told)).toEqual(entries.map(told))
  })

  it('writes nothing in a preview and tells what it would', async () => {
    await importing([rowOf(2)])
    const rows = [rowOf(2), rowOf(3), rowOf(4, { symbol: instrumentId('NSE', 'INFY') })]
    expect(await importing(rows, true)).toEqual({ rows: 3, added: 2, known: 1, problems: [], problemCount: 0 })
    expect((await entriesOf()).length).toBe(1)
    expect(await importing(rows)).toMatchObject({ added: 2, known: 1 })
  })

  it('writes nothing when a row is wrong, and tells every fault with its line', async () => {
    const unread = { ...rowOf(3), fields: {}, problems: [{ field: 'side', reason: 'is required' }] }
    const broken = { ...rowOf(4), fields: {}, problems: [{ field: '', reason: 'has quotes that do not match' }] }
    const bad = rowOf(5, { rating: 9, openedAt: ist('2026-03-14T10:00:00') })
    const report = await importing([rowOf(2), unread, broken, bad, rowOf(6, {}, 'jrn_x')])
    expect(report).toMatchObject({ rows: 5, added: 0, known: 0, problemCount: 5 })
    expect(report.problems.map(({ line, field }) => [line, field])).toEqual([
      [3, 'side'],
      [4, null],
      [5, 'openedAt'],
      [5, 'rating'],
      [6, 'id'],
    ])
    expect(await entriesOf()).toEqual([])
  })

  it('refuses an id that stands twice and takes a trade that is there with and without its id once', async () => {
    await importing([rowOf(2)])
    const [entry] = await entriesOf()
    const id = entry?.id ?? ''
    const twice = await importing([rowOf(2, {}, id), rowOf(3, {}, id)])
    expect(twice.problems).toEqual([{ line: 3, field: 'id', reason: 'stands on line 2 already' }])
    const other = await given.addAccount()
    expect(await importing([rowOf(2, {}, id), rowOf(3)], false, other)).toMatchObject({ rows: 2, added: 1, known: 1 })
  })

  it('lists a hundred faults, counts them all, and takes at most 20,000 rows', async () => {
    async function* many(count: number, row: GivenRow): AsyncGenerator<GivenRow> {
      for (let i = 0; i < count; i++) yield { ...row, line: i + 2 }
    }
    const bad = await given.journal.importEntries(account, many(150, rowOf(2, { rating: 0 })), { isPreview: true })
    expect([bad.problems.length, bad.problemCount]).toEqual([100, 150])
    const long = await given.journal.importEntries(account, many(20_002, rowOf(2)), { isPreview: true })
    expect(long).toMatchObject({ rows: 20_002, added: 0, problemCount: 1 })
    expect(long.problems).toEqual([
      { line: 20_002, field: null, reason: 'is beyond the 20000 rows a file may have: split it' },
    ])
  })
})

describe('drafts', () => {
  beforeEach(() => given.turnTo('2026-03-12T18:00:00'))
  const drafts = () => given.journal.drafts(account)

  it('say of a day’s trading what the broker says, and null where it says nothing', async () => {
    await given.putTrades(account, '2026-03-11', [
      dayPositionOf(),
      dayPositionOf({
        instrument: instrumentId('MCX', 'GOLDM26APRFUT'),
        quantity: decimal('-2'),
        multiplier: decimal('10'),
      }),
      dayPositionOf({ instrument: instrumentId('NSE', 'INFY'), quantity: decimal('0'), realised: decimal('-12.35') }),
    ])
    const told = (await drafts()).map(({ symbol, side, quantity, price, realised }) => [
      symbol,
      side,
      ...[quantity, price, realised].map((figure) => figure?.toFixed() ?? null),
    ])
    expect(told).toEqual([
      ['MCX:GOLDM26APRFUT', 'sell', '20', '3390.5', null],
      ['NSE:INFY', null, null, null, '-12.35'],
      ['NSE:TCS', 'buy', '10', '3390.5', null],
    ])
    for (const [, side] of told) expect(side === null || tradeSides.some((one) => one === side)).toBe(true)
  })

  it('keep their id over syncs of a day, differ by account and product, and come newest day first', async () => {
    const lines = [dayPositionOf(), dayPositionOf({ product: 'CNC' }), dayPositionOf({ brokerAccount: 'ZZ9999' })]
    await given.putTrades(account, '2026-03-10', lines)
    await given.putTrades(account, '2026-03-11', [dayPositionOf()])
    const before = await drafts()
    expect(before.map(({ date }) => date)).toEqual(['2026-03-11', '2026-03-10', '2026-03-10', '2026-03-10'])
    expect(new Set(before.map(({ id }) => id)).size).toBe(4)
    await given.putTrades(account, '2026-03-11', [dayPositionOf({ quantity: decimal('25') })])
    expect((await drafts()).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  })

  it('are gone once dismissed, for their account alone, and dismissing again is no mistake', async () => {
    await given.putTrades(account, '2026-03-11', [dayPositionOf(), dayPositionOf({ product: 'CNC' })])
    const other = await given.addAccount()
    await given.putTrades(other, '2026-03-11', [dayPositionOf()])
    const [first, second] = await drafts()
    const id = first?.id ?? ''
    await given.journal.dismissDraft(account, id)
    await given.journal.dismissDraft(account, id)
    expect((await drafts()).map((draft) => draft.id)).toEqual([second?.id])
    expect((await given.journal.drafts(other)).length).toBe(1)
    await expect(given.journal.dismissDraft(account, 'dft_0000000000000000')).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('are offered for thirty days', async () => {
    await given.putTrades(account, '2026-03-11', [dayPositionOf()])
    given.turnTo('2026-04-10T23:59:00')
    expect((await drafts()).length).toBe(1)
    given.turnTo('2026-04-11T00:00:00')
    expect(await drafts()).toEqual([])
  })
})

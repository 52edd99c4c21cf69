import { instrumentId } from '@banyan/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type {
  EntryFilter,
  EntryPlace,
  JournalEntry,
  JournalStore,
  TradeOutcome,
} from '../../../modules/journal/index.ts'
import { decimal, entryOf, ist, told } from '../../../modules/journal/testing/entry-of.ts'

export interface JournalStoreContext {
  readonly store: JournalStore
  /** Stores over one database: one on SQLite, two with a pool each on PostgreSQL. */
  readonly instances: readonly JournalStore[]
  addAccount(): Promise<number>
  removeAccount(id: number): Promise<void>
  empty(): Promise<void>
}

const all: EntryFilter = { symbol: null, tag: null, from: null, to: null }
const everything = { after: null, limit: 1_000 }

/** What every store of journals must do. */
export function describeJournalStore(given: JournalStoreContext): void {
  let mine = 0
  let theirs = 0
  beforeEach(async () => {
    mine = await given.addAccount()
    theirs = await given.addAccount()
  })
  afterEach(() => given.empty())

  const idsOf = async (filter: Partial<EntryFilter>) =>
    (await given.store.list(mine, { ...all, ...filter }, everything)).map(({ id }) => id)

  describe('entries', () => {
    it('come back to the last digit and character', async () => {
      const full = entryOf({
        side: 'sell',
        quantity: decimal('0.0001'),
        price: decimal('999999999.9999'),
        exitPrice: decimal('0.0001'),
        fees: decimal('0.1'),
        closedAt: ist('2026-03-11T15:29:59.123'),
        notes: "=HYPERLINK('x')\r\nआज \u{1f600} \\ ; , \"'",
        tags: ['=Swing', 'Köder; x', '100%_\\'],
        rating: 5,
        patternsAtEntry: ['CDLHAMMER', 'double_top'],
        updatedAt: ist('2026-03-12T09:00:00'),
      })
      const plain = entryOf({ patternsAtEntry: [] })
      expect(await given.store.add(mine, [full, plain])).toBe(2)
      for (const entry of [full, plain]) expect(told(await given.store.find(mine, entry.id))).toEqual(told(entry))
      expect(full.pnl?.toFixed()).toBe('99999.89999998')
    })

    it('are their account’s alone, also under one id', async () => {
      const entry = entryOf()
      await given.store.add(mine, [entry])
      expect(await given.store.find(theirs, entry.id)).toBeNull()
      expect(await given.store.remove(theirs, entry.id)).toBe(false)
      expect(await given.store.change(theirs, entry.id, (one) => one)).toBeNull()
      expect(await given.store.list(theirs, all, everything)).toEqual([])
      expect(await given.store.add(theirs, [{ ...entry, notes: 'theirs' }])).toBe(1)
      expect((await given.store.find(mine, entry.id))?.notes).toBe('')
    })

    it('that the account has already are left as they are', async () => {
      const [old, fresh] = [entryOf({ notes: 'old' }), entryOf()]
      await given.store.add(mine, [old])
      expect(await given.store.countKnown(mine, [old.id, fresh.id])).toBe(1)
      expect(await given.store.add(mine, [{ ...old, notes: 'new' }, fresh])).toBe(1)
      expect((await given.store.find(mine, old.id))?.notes).toBe('old')
    })

    it('are added by the thousand, once, also by two instances at a time', async () => {
      const entries = Array.from({ length: 1_200 }, (_, i) => entryOf({ notes: String(i) }))
      const added = await Promise.all(
        [0, 1, 2, 3].map((n) => given.instances[n % given.instances.length]?.add(mine, entries)),
      )
      expect(added.reduce((sum = 0, count = 0) => sum + count, 0)).toBe(1_200)
      const ids = entries.map(({ id }) => id)
      expect(await given.store.countKnown(mine, ids)).toBe(1_200)
      expect(await given.store.countKnown(theirs, ids)).toBe(0)
    })

    it('are added all or none', async () => {
      const entries = Array.from({ length: 700 }, () => entryOf())
      const bad = { ...entryOf(), symbol: null as never }
      await expect(given.store.add(mine, [...entries, bad])).rejects.toThrow()
      expect(await given.store.list(mine, all, everything)).toEqual([])
    })

    it('change in one piece, and not at all when the change is refused', async () => {
      const entry = entryOf({ notes: 'a' })
      await given.store.add(mine, [entry])
      const add = (letter: string) => (one: JournalEntry) => ({ ...one, notes: one.notes + letter })
      await Promise.all(
        ['b', 'c', 'd', 'e'].map((letter, n) =>
          given.instances[n % given.instances.length]?.change(mine, entry.id, add(letter)),
        ),
      )
      const { notes = '' } = (await given.store.find(mine, entry.id)) ?? {}
      expect([...notes].sort().join('')).toBe('abcde')
      const refusing = given.store.change(mine, entry.id, () => {
        throw new Error('no')
      })
      await expect(refusing).rejects.toThrow('no')
      expect((await given.store.find(mine, entry.id))?.notes).toBe(notes)
    })

    it('are removed once', async () => {
      const entry = entryOf()
      await given.store.add(mine, [entry])
      expect([await given.store.remove(mine, entry.id), await given.store.remove(mine, entry.id)]).toEqual([
        true,
        false,
      ])
      expect(await given.store.find(mine, entry.id)).toBeNull()
    })

    it('go with their account, and nobody else’s do', async () => {
      const [own, other] = [entryOf(), entryOf()]
      await given.store.add(mine, [own])
      await given.store.add(theirs, [other])
      await given.store.dismiss(mine, { id: 'dft_a', date: '2026-03-10' }, '2026-03-01')
      await given.removeAccount(mine)
      expect(await given.store.find(mine, own.id)).toBeNull()
      expect(await given.store.listDismissed(mine)).toEqual([])
      expect(await given.store.find(theirs, other.id)).not.toBeNull()
    })
  })

  describe('the list', () => {
    it('has the newest opening first, then the id by its bytes, and pages without gap or repetition', async () => {
      const openings = [ist('2026-03-11T09:15:00'), ist('2026-03-10T09:15:00'), ist('1969-01-01T00:00:00')]
      const entries = openings.flatMap((openedAt, n) =>
        ['a', 'B', '-', '_', '0'].map((letter) => entryOf({ id: `jrn_${letter}`.padEnd(20, String(n)), openedAt })),
      )
      expect(await given.store.add(mine, entries.toReversed())).toBe(15)
      const expected = entries
        .toSorted((a, b) => b.openedAt - a.openedAt || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)))
        .map(({ id, openedAt }) => ({ openedAt, id }))
      for (const limit of [1, 2, 4, 15, 20]) expect(await pagesOf(limit)).toEqual(expected)
    })

    async function pagesOf(limit: number): Promise<EntryPlace[]> {
      const places: EntryPlace[] = []
      for (;;) {
        const page = await given.store.list(mine, all, { after: places.at(-1) ?? null, limit })
        places.push(...page.map(({ id, openedAt }) => ({ openedAt, id })))
        if (page.length < limit) return places
      }
    }

    it('chooses by symbol, by opening, and by a tag in any case, whole and to the letter', async () => {
      const infy = entryOf({ symbol: instrumentId('NSE', 'INFY'), openedAt: ist('2026-03-11T00:00:00') })
      const tagged = entryOf({ tags: ['Swing', '100%_!'], openedAt: ist('2026-03-10T23:59:59.999') })
      const other = entryOf({ tags: ['swings', '100 _!', 'KÖDER'], openedAt: ist('2026-03-10T00:00:00') })
      await given.store.add(mine, [infy, tagged, other])
      await given.store.add(theirs, [entryOf({ tags: ['Swing'] })])
      expect(await idsOf({ symbol: instrumentId('NSE', 'INFY') })).toEqual([infy.id])
      expect(await idsOf({ from: ist('2026-03-11T00:00:00') })).toEqual([infy.id])
      expect(await idsOf({ to: ist('2026-03-11T00:00:00') })).toEqual([tagged.id, other.id])
      expect(await idsOf({ tag: ' sWING ' })).toEqual([tagged.id])
      expect(await idsOf({ tag: '100%_!' })).toEqual([tagged.id])
      expect(await idsOf({ tag: 'köder' })).toEqual([other.id])
      expect(await idsOf({ tag: 'win' })).toEqual([])
      expect(await idsOf({ tag: 'Swing', symbol: instrumentId('NSE', 'INFY') })).toEqual([])
    })
  })

  describe('outcomes', () => {
    it('are read of every entry of the filter, in the order of the list', async () => {
      const closed = entryOf({
        exitPrice: decimal('3400'),
        closedAt: ist('2026-03-11T15:00:00'),
        tags: ['a', 'B'],
        patternsAtEntry: ['CDLDOJI'],
        openedAt: ist('2026-03-09T10:00:00'),
      })
      const open = entryOf({ patternsAtEntry: [] })
      await given.store.add(mine, [closed, open])
      await given.store.add(theirs, [entryOf()])
      expect((await outcomesOf(all)).map(toldOutcome)).toEqual([
        { closedAt: null, pnl: null, tags: [], patternsAtEntry: [] },
        { closedAt: closed.closedAt, pnl: '95', tags: ['a', 'B'], patternsAtEntry: ['CDLDOJI'] },
      ])
      expect((await outcomesOf({ ...all, tag: 'b' })).length).toBe(1)
    })

    it('of many thousands come in pages that are complete', async () => {
      const entries = Array.from({ length: 10_200 }, (_, i) =>
        entryOf({ openedAt: ist('2026-03-10T10:00:00') + (i % 7), tags: [String(i)] }),
      )
      await given.store.add(mine, entries)
      const seen = (await outcomesOf(all)).map(({ tags }) => Number(tags[0]))
      expect(seen.sort((a, b) => a - b)).toEqual(entries.map((_, i) => i))
    }, 20_000)

    async function outcomesOf(filter: EntryFilter): Promise<TradeOutcome[]> {
      const outcomes: TradeOutcome[] = []
      for await (const page of given.store.outcomes(mine, filter)) outcomes.push(...page)
      return outcomes
    }

    const toldOutcome = ({ pnl, ...rest }: TradeOutcome) => ({ ...rest, pnl: pnl?.toFixed() ?? null })
  })

  describe('dismissed drafts', () => {
    it('are remembered once and until their day is offered no more, by account', async () => {
      const [old, late] = [
        { id: 'dft_old', date: '2026-02-01' },
        { id: 'dft_late', date: '2026-03-10' },
      ]
      await given.store.dismiss(mine, old, '2026-01-01')
      await given.store.dismiss(mine, old, '2026-01-01')
      expect(await given.store.listDismissed(mine)).toEqual(['dft_old'])
      await given.store.dismiss(theirs, old, '2026-01-01')
      await given.store.dismiss(mine, late, '2026-02-08')
      expect(await given.store.listDismissed(mine)).toEqual(['dft_late'])
      expect(await given.store.listDismissed(theirs)).toEqual(['dft_old'])
    })
  })
}

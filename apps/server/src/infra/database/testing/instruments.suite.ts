import { describe, expect, it } from 'vitest'
import { factOf, fileOf } from './candle-batches.ts'
import type { StoreContext } from './store-context.ts'

/** Says what every engine must do with instruments and their aliases. */
export function describeInstruments(given: StoreContext): void {
  describe('instruments', () => {
    it('returns keys in the order given, also for one named twice', async () => {
      const [a, b, again] = await given.tx.putInstruments([factOf('TCS'), factOf('M&M'), factOf('TCS')])
      expect(again).toBe(a)
      expect(b).not.toBe(a)
      await given.tx.commit(fileOf())
      const listed = await given.instruments().listInstruments()
      expect(listed.map((row) => [row.id, row.key])).toEqual([
        ['NSE:M&M', b],
        ['NSE:TCS', a],
      ])
    })

    it('never lets an unknown field overwrite what is known', async () => {
      const full = { name: 'Tata Consultancy', isin: 'INE467B01029', sector: 'IT', lotSize: 1, tickSize: '0.05' }
      await given.tx.putInstruments([factOf('TCS', full)])
      await given.tx.putInstruments([factOf('TCS', { series: 'EQ' })])
      await given.tx.putInstruments([factOf('TCS', { name: 'Tata Consultancy Services Limited' })])
      await given.tx.commit(fileOf())
      const [stored] = await given.instruments().listInstruments()
      expect(stored).toMatchObject({ ...full, series: 'EQ', name: 'Tata Consultancy Services Limited' })
    })

    it('completes an instrument from two facts of one list', async () => {
      await given.tx.putInstruments([factOf('TCS', { isin: 'INE467B01029' }), factOf('TCS', { series: 'EQ' })])
      await given.tx.commit(fileOf())
      const [stored] = await given.instruments().listInstruments()
      expect(stored).toMatchObject({ isin: 'INE467B01029', series: 'EQ', name: null, sector: null, lotSize: null })
    })

    it('keeps the key when a later list names the instrument again', async () => {
      const first = await given.tx.putInstruments([factOf('TCS'), factOf('INFY')])
      const second = await given.tx.putInstruments([factOf('INFY'), factOf('WIPRO'), factOf('TCS')])
      expect([second[2], second[0]]).toEqual(first)
    })

    it('sorts by bytes, whatever the server’s collation is', async () => {
      const symbols = [
        'NIFTY 50',
        'NIFTY-X',
        'NIFTYBEES',
        'M&M',
        'MARUTI',
        'BAJAJ-AUTO',
        'BAJAJFINSV',
        '3MINDIA',
        'M_M',
      ]
      await given.tx.putInstruments(symbols.map((symbol) => factOf(symbol)))
      await given.tx.putInstruments([factOf('500325', { exchange: 'BSE' })])
      await given.tx.commit(fileOf())
      const listed = await given.instruments().listInstruments()
      expect(listed.map((row) => row.id)).toEqual(['BSE:500325', ...symbols.map((s) => `NSE:${s}`)].sort())
    })

    it('points an alias to the instrument that claimed it last', async () => {
      const alias = { upstream: 'breeze', name: 'MAHMAH' }
      await given.tx.putInstruments([factOf('M&M', { aliases: [alias, { upstream: 'kite', name: 'M&M' }] })])
      const [key = 0] = await given.tx.putInstruments([factOf('M&MFIN', { aliases: [alias, alias] })])
      await given.tx.commit(fileOf())
      const aliases = await given.instruments().listAliases()
      expect(aliases.map((row) => row.name)).toEqual(['MAHMAH', 'M&M'])
      expect(aliases[0]).toEqual({ ...alias, key })
    })
  })

  describe('instruments put again by the same store', () => {
    it('get an alias back that another one took meanwhile', async () => {
      const alias = { upstream: 'breeze', name: 'MAHMAH' }
      const owner = factOf('M&M', { aliases: [alias] })
      const [key = 0] = await given.tx.putInstruments([owner])
      await given.tx.putInstruments([factOf('M&MFIN', { aliases: [alias] })])
      await given.tx.putInstruments([owner])
      await given.tx.commit(fileOf())
      expect(await given.instruments().listAliases()).toEqual([{ ...alias, key }])
    })

    it('keep what a list said in between', async () => {
      const first = factOf('TCS', { series: 'EQ' })
      await given.tx.putInstruments([first])
      await given.tx.putInstruments([factOf('TCS', { name: 'Tata Consultancy Services Limited' })])
      const keys = await given.tx.putInstruments([first, factOf('INFY'), first])
      await given.tx.commit(fileOf())
      const listed = await given.instruments().listInstruments()
      expect(listed.map((row) => [row.key, row.name, row.series])).toEqual([
        [keys[1], null, null],
        [keys[0], 'Tata Consultancy Services Limited', 'EQ'],
      ])
    })
  })
}

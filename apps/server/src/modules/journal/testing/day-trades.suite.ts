import { instrumentId } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import type { DayPosition, DayTrades } from '../index.ts'
import { decimal } from './entry-of.ts'

export interface DayTradesContext {
  readonly dayTrades: DayTrades
  /** Makes the account's lines of a day be these, as the last sync of that day would. */
  put(accountId: number, date: string, positions: readonly Omit<DayPosition, 'date'>[]): Promise<void>
}

/** One line, 10 of a share bought at 3390.5. */
export function dayPositionOf(change: Partial<DayPosition> = {}): Omit<DayPosition, 'date'> {
  return {
    broker: 'zerodha',
    brokerAccount: 'AB1234',
    instrument: instrumentId('NSE', 'TCS'),
    product: 'MIS',
    quantity: decimal('10'),
    multiplier: decimal('1'),
    averagePrice: decimal('3390.5'),
    realised: null,
    ...change,
  }
}

/** What whoever tells the days' trading must do. The accounts must exist; each test uses others. */
export function describeDayTrades(given: DayTradesContext, accounts: () => readonly [number, number]): void {
  describe('day trades', () => {
    it('are an account’s own, from the first day asked for on', async () => {
      const [mine, theirs] = accounts()
      await given.put(mine, '2026-03-10', [dayPositionOf()])
      await given.put(mine, '2026-03-11', [dayPositionOf({ quantity: decimal('-5') })])
      await given.put(theirs, '2026-03-11', [dayPositionOf()])
      const since = async (date: string) => given.dayTrades.listDayPositions(mine, date)
      expect((await since('2026-03-12')).length).toBe(0)
      expect((await since('2026-03-11')).map(({ date, quantity }) => [date, quantity.toFixed()])).toEqual([
        ['2026-03-11', '-5'],
      ])
      expect((await since('2026-03-10')).map(({ date }) => date).sort()).toEqual(['2026-03-10', '2026-03-11'])
    })

    it('of a later sync take the place of those before on that day, and give back every figure', async () => {
      const [mine] = accounts()
      const line = dayPositionOf({ realised: decimal('12.35'), averagePrice: null, product: null })
      await given.put(mine, '2026-03-10', [dayPositionOf()])
      await given.put(mine, '2026-03-10', [line])
      const [read, ...more] = await given.dayTrades.listDayPositions(mine, '2026-03-10')
      expect(more).toEqual([])
      expect(read && told(read)).toEqual(told({ ...line, date: '2026-03-10' }))
    })
  })
}

function told({ quantity, multiplier, averagePrice, realised, ...rest }: DayPosition) {
  const figures = [quantity, multiplier, averagePrice, realised].map((figure) => figure?.toFixed() ?? null)
  return { ...rest, figures }
}

import type { Position } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import type { LiveGroup, LiveRow } from './live-row.ts'
import { findFollowed, positionNow, sortPositions } from './position-now.ts'

const position: Position = {
  type: 'net',
  broker: 'zerodha',
  broker_account: 'AB1234',
  instrument: 'NSE:INFY',
  tradingsymbol: 'INFY',
  exchange: 'NSE',
  product: 'MIS',
  quantity: -10,
  overnight_quantity: null,
  multiplier: 1,
  average_price: 1_500,
  last_price: 1_490,
  close_price: 1_480,
  pnl: 100,
  m2m: 90,
  unrealised: 100,
  realised: 0,
  source: 'zerodha',
  as_of: '2026-03-12T11:30:00.000+05:30',
  age_ms: 0,
  delay: 'delayed',
}

/** The parts of a row that matter here. */
const rowOf = (change: Partial<LiveRow>) =>
  ({
    ...{ kind: 'position', broker: 'zerodha', broker_account: 'AB1234', instrument: 'NSE:INFY', product: 'MIS' },
    ...{ last_price: 1_485, pnl: 150, day_change: 140, price_from: 'market', adjusted_for: [], heardAt: 7 },
    ...{ source: 'replay', as_of: '2026-03-12T11:42:07.000+05:30', age_ms: 3, delay: 'live', ...change },
  }) as unknown as LiveRow

const groupOf = (key: string, rows: LiveRow[]) => ({ key, rows }) as unknown as LiveGroup

describe('a position beside the book', () => {
  it('of the net kind is the row of the same account and product, and shows its figures', () => {
    const holding = rowOf({ kind: 'holding', product: null })
    const groups = [groupOf('TCS', [rowOf({ instrument: 'NSE:TCS' })]), groupOf('INFY', [holding, rowOf({})])]
    expect(findFollowed(position, groups)).toEqual({ of: 'INFY', at: 1 })
    expect(findFollowed({ ...position, broker_account: 'X' }, groups)).toBeNull()
    expect(positionNow(position, rowOf({}))).toMatchObject({ last_price: 1_485, pnl: 150, m2m: 140, heardAt: 7 })
  })

  it('of the day moves on by what the market did since the broker told it', () => {
    const day = { ...position, type: 'day' as const }
    const ofBroker = groupOf('INFY', [rowOf({ price_from: 'broker' }), rowOf({ broker: 'icici' })])
    expect(findFollowed(day, [ofBroker])).toEqual({ of: 'INFY', at: 1 })
    expect(positionNow(day, rowOf({}))).toMatchObject({ last_price: 1_485, pnl: 150, m2m: 140 })
    expect(positionNow({ ...day, m2m: null, multiplier: 5 }, rowOf({}))).toMatchObject({ pnl: 350, m2m: null })
  })

  it('keeps the broker’s own figures where nothing newer is known', () => {
    expect(positionNow(position, null)).toMatchObject({ last_price: 1_490, pnl: 100, heardAt: null })
    expect(positionNow({ ...position, type: 'day', last_price: null }, rowOf({}))).toMatchObject({ pnl: 100 })
  })

  it('is sorted by what it is worth now, unknown figures last', () => {
    const placed = [3, null, 5].map((pnl, i) => ({
      position: { ...position, tradingsymbol: `S${i}` },
      followed: null,
      now: positionNow({ ...position, pnl }, null),
    }))
    const names = (...order: [Parameters<typeof sortPositions>[1], boolean]) =>
      sortPositions(placed, ...order).map((one) => one.position.tradingsymbol)
    expect([names('pnl', false), names('pnl', true)]).toEqual([
      ['S2', 'S0', 'S1'],
      ['S0', 'S2', 'S1'],
    ])
    expect([names(undefined, false), names('name', false)]).toEqual([
      ['S0', 'S1', 'S2'],
      ['S2', 'S1', 'S0'],
    ])
  })
})

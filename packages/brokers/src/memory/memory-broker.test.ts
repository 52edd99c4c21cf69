import { decimalOf, parseTimestamp } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { describeBroker } from '../broker.suite.ts'
import type { BrokerHolding, BrokerPosition } from '../broker.ts'
import { createManualTime } from './manual-time.ts'
import { createMemoryBroker } from './memory-broker.ts'

const noon = parseTimestamp('2026-03-12T12:00:00+05:30') ?? Number.NaN
const never = () => new AbortController().signal

function holding(symbol: string, quantity: number): BrokerHolding {
  return {
    exchange: 'NSE',
    symbol,
    mapped: true,
    isin: null,
    product: 'CNC',
    averagePrice: decimalOf(100.5),
    lastPrice: decimalOf(101.25),
    closePrice: null,
    quantity: decimalOf(quantity),
    t1Quantity: decimalOf(0),
  }
}

function position(symbol: string, type: 'net' | 'day'): BrokerPosition {
  const { t1Quantity: _, ...row } = holding(symbol, 2)
  const [pnl, realised] = [decimalOf(40), decimalOf(0)]
  return { ...row, type, multiplier: decimalOf(1), overnightQuantity: null, pnl, m2m: null, unrealised: pnl, realised }
}

for (const id of ['zerodha', 'icici'] as const) {
  describeBroker(`the in-memory broker (${id})`, () => {
    const time = createManualTime(noon)
    const broker = createMemoryBroker({ clock: time, id })
    const positions = [position('TCS', 'net'), position('TCS', 'day')]
    broker.hold('AB1234', { holdings: [holding('TCS', 10)], positions })
    broker.hold('CD5678', { holdings: [holding('INFY', 5), holding('M&M', 1)], positions })
    return {
      broker,
      time,
      accounts: ['AB1234', 'CD5678'],
      signIn: broker.signIn,
      fail: broker.fail,
      requests: () => broker.calls.length,
      secrets: broker.secrets,
    }
  })
}

describe('the in-memory broker', () => {
  const create = () => {
    const time = createManualTime(noon)
    return { time, broker: createMemoryBroker({ clock: time }) }
  }

  it('takes a code for three minutes', async () => {
    const { time, broker } = create()
    const credentials = broker.signIn('AB1234')
    time.advance(180_000)
    await expect(broker.open(credentials, never())).rejects.toThrow('auth_required')
  })

  it('misreads once', async () => {
    const { broker } = create()
    broker.hold('AB1234', { holdings: [holding('TCS', 10)], positions: [], warnings: ['Old prices.'] })
    const session = await broker.open(broker.signIn('AB1234'), never())
    broker.misread('AB1234', [])
    expect((await session.holdings(never())).rows).toEqual([])
    expect(await session.holdings(never())).toMatchObject({ rows: [{ symbol: 'TCS' }], warnings: ['Old prices.'] })
  })

  it('counts its sessions and tells its calls', async () => {
    const { broker } = create()
    const session = await broker.open(broker.signIn('AB1234'), never())
    await session.positions(never())
    expect(broker.openSessions()).toBe(1)
    await session.close(never())
    expect([broker.openSessions(), broker.calls.map(({ operation }) => operation)]).toEqual([
      0,
      ['open', 'positions', 'close'],
    ])
  })

  it('says what it was sent when it echoes, scrubbed', async () => {
    const { broker } = create()
    broker.fail('open', 'echo')
    await expect(broker.open(broker.signIn('AB1234'), never())).rejects.toMatchObject({
      failure: 'rejected',
      vendorText: 'Refused [redacted] and [redacted] and [redacted].',
    })
  })
})

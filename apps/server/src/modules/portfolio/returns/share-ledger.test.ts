import { addDays, type Decimal, parseDecimal, sumOf } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tradeOf } from '../csv-import/testing/trade-of.ts'
import type { Trade } from '../csv-import/trade.ts'
import { readLedgers } from './share-ledger.ts'

const decimal = (text: string): Decimal => parseDecimal(text) ?? sumOf([])

/** A store that gives pages of the given length, in the order of a store. */
const storeOf = (trades: readonly Trade[], length: number) => ({
  async *readAll() {
    const key = ({ broker, brokerAccount, date, id }: Trade) => [broker, brokerAccount, date, id].join(' ')
    const sorted = trades.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
    for (let at = 0; at < sorted.length; at += length) yield sorted.slice(at, at + length)
  },
})

const someTrade = fc.record({
  brokerAccount: fc.constantFrom('A', 'B'),
  symbol: fc.constantFrom('TCS', 'INFY'),
  date: fc.nat(20).map((days) => addDays('2026-01-01', days)),
  side: fc.constantFrom('buy', 'sell'),
  // In millionths, so that the test can add in whole numbers.
  quantity: fc.integer({ min: 1, max: 1_000_000_000 }),
  price: fc.nat(1_000_000_000),
})

describe('ledgers', () => {
  it('are the exact sums of each account, share and date, ascending, whatever the pages', async () => {
    const millionths = (value: bigint) => decimal(String(value)).times(decimal('0.000001'))
    await fc.assert(
      fc.asyncProperty(
        fc.array(someTrade, { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (given, length) => {
          const trades = given.map((one, n) =>
            tradeOf({
              ...one,
              id: String(n),
              quantity: millionths(BigInt(one.quantity)),
              price: millionths(BigInt(one.price)),
            }),
          )
          const sums = new Map<string, [bigint, bigint, bigint]>()
          for (const { brokerAccount, symbol, date, side, ...one } of given) {
            const key = `${brokerAccount} ${symbol} ${date}`
            const [quantity, price] = [BigInt(one.quantity), BigInt(one.price)]
            const [units, paid, received] = sums.get(key) ?? [0n, 0n, 0n]
            const isBuy = side === 'buy'
            sums.set(key, [
              isBuy ? units + quantity : units - quantity,
              isBuy ? paid + quantity * price : paid,
              isBuy ? received : received + quantity * price,
            ])
          }
          const ledgers = await readLedgers(storeOf(trades, length), 1, ({ symbol }) => symbol)
          const told = ledgers.flatMap(({ brokerAccount, symbol, days }) =>
            days.map(({ date, quantity, paid, received }) => [
              `${brokerAccount} ${symbol} ${date}`,
              [quantity, paid, received].map((value) => value.toFixed()),
            ]),
          )
          const exact = [...sums].map(([key, [units, paid, received]]) => [
            key,
            [
              millionths(units).toFixed(),
              ...[paid, received].map((amount) => millionths(amount).times(decimal('0.000001')).toFixed()),
            ],
          ])
          const byKey = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort()
          expect(byKey(told)).toEqual(byKey(exact))
          for (const { days } of ledgers)
            expect(days.map(({ date }) => date)).toEqual(days.map(({ date }) => date).sort())
        },
      ),
    )
  })

  it('are none without trades', async () => {
    expect(await readLedgers(storeOf([], 1), 1, ({ symbol }) => symbol)).toEqual([])
  })
})

import { expect, it } from 'vitest'
import { defaultPortfolios } from './portfolio.ts'
import { readPortfolios } from './read-portfolios.ts'

it('reads back the portfolios that are there by default', () => {
  const read = readPortfolios(JSON.parse(JSON.stringify(defaultPortfolios)))
  expect(read).toMatchObject(defaultPortfolios)
})

const holding = { instrument: 'NSE:TCS', quantity: 1, averagePrice: 10 }
const position = { instrument: 'NSE:TCS', product: 'MIS' }

it.each([
  [[], "The portfolio's zerodha must be an object."],
  [{ A: { holdings: {}, positions: [] } }, "The portfolio's A.holdings must be a list."],
  [{ A: { holdings: [], positions: [], orders: [] } }, 'A.orders must be left out: fields are holdings, positions'],
  [{ A: { holdings: [{ ...holding, quantity: -1 }], positions: [] } }, 'A.holdings[0].quantity must be a whole number'],
  [
    { A: { holdings: [{ ...holding, averagePrice: '10' }], positions: [] } },
    'A.holdings[0].averagePrice must be rupees',
  ],
  [{ A: { holdings: [{ ...holding, t1: 1 }], positions: [] } }, 'A.holdings[0].t1 must be left out'],
  [
    { A: { holdings: [], positions: [{ ...position, multiplier: 0 }] } },
    'A.positions[0].multiplier must be a number above 0',
  ],
  [
    { A: { holdings: [], positions: [{ ...position, trades: [{ side: 'short' }] }] } },
    'A.positions[0].trades[0].side must be buy or sell',
  ],
  [
    { A: { holdings: [], positions: [{ ...position, overnight: { quantity: 1.5, price: 1 } }] } },
    'A.positions[0].overnight.quantity must be a whole number',
  ],
])('refuses %j, naming the place', (json, message) => {
  expect(() => readPortfolios(json)).toThrow(message)
})

import { expect, it } from 'vitest'
import { zerodhaOperations } from './operations.ts'

it('B8 is a closed list that reads, and opens and ends its own session', () => {
  const lines = Object.values(zerodhaOperations).map(({ method, host, path }) => `${method} ${host} ${path}`)
  expect(lines.sort()).toEqual([
    'DELETE rest /session/token',
    'GET rest /instruments',
    'GET rest /instruments/:exchange',
    'GET rest /instruments/historical/:token/:interval',
    'GET rest /portfolio/holdings',
    'GET rest /portfolio/positions',
    'GET rest /quote',
    'GET rest /quote/ltp',
    'GET rest /quote/ohlc',
    'GET rest /user/profile',
    'POST rest /session/token',
  ])
})

it('repeats nothing that opens or ends a session', () => {
  const repeated = Object.values(zerodhaOperations).filter(({ retried }) => retried)
  expect(repeated.every(({ method }) => method === 'GET')).toBe(true)
  expect(repeated.length).toBe(9)
})

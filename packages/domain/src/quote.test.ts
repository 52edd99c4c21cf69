import { expect, it } from 'vitest'
import { changeOf } from './quote.ts'

it('gives the change in rupees and per cent of the previous close', () => {
  expect(changeOf({ lastPrice: 110, prevClose: 100 })).toEqual({ change: 10, changePct: 10 })
  expect(changeOf({ lastPrice: 75, prevClose: 100 })).toEqual({ change: -25, changePct: -25 })
})

it('knows no change without a previous close', () => {
  expect(changeOf({ lastPrice: 110, prevClose: null })).toEqual({ change: null, changePct: null })
  expect(changeOf({ lastPrice: 110, prevClose: 0 })).toEqual({ change: null, changePct: null })
})

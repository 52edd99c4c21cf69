import { expect, it } from 'vitest'
import { findIndex } from './index-names.ts'

it.each([
  ['NIFTY FINANCIAL SERVICES', 'NSE:NIFTY FIN SERVICE'],
  ['Nifty Private Bank', 'NSE:NIFTY PVT BANK'],
  ['NIFTY INFRASTRUCTURE', 'NSE:NIFTY INFRA'],
  ['NIFTY INDIA CONSUMPTION', 'NSE:NIFTY CONSUMPTION'],
  ['NIFTY OIL & GAS', 'NSE:NIFTY OIL AND GAS'],
  ['NIFTY MIDCAP 100', 'NSE:NIFTY MIDCAP 100'],
  ['NIFTY SMALLCAP 100', 'NSE:NIFTY SMLCAP 100'],
  ['NIFTY50', 'NSE:NIFTY 50'],
  ['NIFTYPSU BANK', 'NSE:NIFTY PSU BANK'],
  ['NIFTY_PVT_BANK', 'NSE:NIFTY PVT BANK'],
  ['BANKNIFTY', 'NSE:NIFTY BANK'],
  ['SENSEX', 'BSE:SENSEX'],
  ['BANKEX', 'BSE:BANKEX'],
  ['RELIANCE', null],
])('knows %s as %s', (name, id) => {
  expect(findIndex(name)).toBe(id)
})

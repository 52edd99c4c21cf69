import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { instrumentId } from '@banyan/domain'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { readCodeFile } from './code-files.ts'
import { type CashExchange, cashExchanges, createCodeList } from './code-list.ts'

const folder = resolve(process.env['BANYAN_DEV_DATA'] ?? '../shared/data', 'instruments')

function textOf(exchange: CashExchange): string {
  return gunzipSync(readFileSync(resolve(folder, `icici_${exchange}ScripMaster_2026-07-30.txt.gz`))).toString('latin1')
}

interface MappedShare {
  readonly nse_symbol: string
  readonly isin: string
  readonly bse_symbol: string
  readonly breeze_nse_code: string
  readonly breeze_bse_code: string
}

function mappedShares(): readonly MappedShare[] {
  const text = readFileSync(resolve(folder, 'symbol_map_nifty750.csv'), 'utf8')
  return Papa.parse<MappedShare>(text, { header: true, skipEmptyLines: true }).data
}

describe("ICICI's list of codes of 2026-07-30", () => {
  const before = process.cpuUsage()
  const rows = cashExchanges.flatMap((exchange) => readCodeFile(exchange, textOf(exchange)))
  const codes = createCodeList(rows)
  console.log(`${rows.length} rows in ${Math.round(process.cpuUsage(before).user / 1000)} ms of processor time`)

  it('is read whole, and no code stands for two things', () => {
    const count = (exchange: CashExchange) => rows.filter((row) => row.exchange === exchange).length
    expect([count('NSE'), count('BSE'), codes.size]).toEqual([5_687, 13_357, 5_687 + 13_357])
  })

  it.each([
    ['NSE', 'nse_symbol', 'breeze_nse_code'],
    ['BSE', 'bse_symbol', 'breeze_bse_code'],
  ] as const)('knows the %s codes of the NIFTY 750 as the map made by ISIN does', (exchange, symbol, code) => {
    const shares = mappedShares().filter((share) => share[code] !== '')
    const agreed = shares.filter((share) => codes.listingOf(exchange, share[code]).isin === share.isin)
    const both = agreed.filter((share) => codes.listingOf(exchange, share[code]).symbol === share[symbol])
    // The map is some weeks younger: one face value was split meanwhile (a new ISIN), some shares were renamed.
    console.log(`${exchange}: ${shares.length} codes, ${agreed.length} ISINs and ${both.length} symbols agree`)
    expect(shares.length).toBeGreaterThan(740)
    expect(agreed.length).toBeGreaterThanOrEqual(shares.length - 1)
    expect(both.length).toBeGreaterThan(shares.length * 0.99)
    for (const share of both)
      expect(codes.nameOf(instrumentId(exchange, share[symbol]))).toEqual({ exchange, code: share[code] })
  })

  it.each([
    ['NSE', 'NIFTY', 'NIFTY 50'],
    ['NSE', 'CNXBAN', 'NIFTY BANK'],
    ['BSE', 'BSESEN', 'SENSEX'],
  ] as const)('knows the index %s %s as %s', (exchange, code, symbol) => {
    expect(codes.listingOf(exchange, code)).toEqual({ symbol, mapped: true, isin: null })
    expect(codes.nameOf(instrumentId(exchange, symbol))).toEqual({ exchange, code })
  })

  it('gives a symbol that bonds and warrants share to the share alone', () => {
    for (const row of rows.filter(({ exchange, rank }) => exchange === 'NSE' && rank === null))
      expect(codes.listingOf('NSE', row.code).mapped).toBe(false)
  })
})

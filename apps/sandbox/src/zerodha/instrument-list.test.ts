import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ist, type QuietSandbox, startQuietSandbox } from '../testing/quiet-sandbox.ts'
import { getAs, refusal } from './testing/kite-user.ts'

let sandbox: QuietSandbox
let rows: readonly Record<string, string>[]
beforeAll(async () => {
  sandbox = await startQuietSandbox()
  rows = parse(await (await list('')).text())
})
afterAll(() => sandbox.close())

const list = (path: string) => fetch(`${sandbox.urls.zerodha.rest}/instruments${path}`)
/** Reads quoted cells; no name holds a line break. */
const parse = (text: string): readonly Record<string, string>[] => {
  const [header = [], ...lines] = text
    .trim()
    .split('\n')
    .map((line) =>
      line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((cell) => cell.replace(/^"(.*)"$/, '$1').replaceAll('""', '"')),
    )
  return lines.map((cells) => Object.fromEntries(cells.map((cell, i) => [header[i] ?? '', cell])))
}
const rowOf = (symbol: string) => rows.find(({ tradingsymbol }) => tradingsymbol === symbol)

describe('GET /instruments', () => {
  it('is gzipped CSV, with a charset and without', async () => {
    const [all, one] = [await list(''), await list('/NSE')]
    expect([all, one].map(({ headers }) => headers.get('content-encoding'))).toEqual(['gzip', 'gzip'])
    expect([all, one].map(({ headers }) => headers.get('content-type'))).toEqual([
      ...['text/csv', 'text/csv; charset=utf-8'],
    ])
    expect((await all.text()).split('\n')[0]).toBe(
      'instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange',
    )
    expect(new Set(parse(await one.text()).map(({ exchange }) => exchange))).toEqual(new Set(['NSE']))
  })

  it('has tokens that follow from the exchange token and the segment', () => {
    const segments: Record<string, number> = { NSE: 1, NFO: 2, CDS: 3, BSE: 4, BFO: 5, BCD: 6, MCX: 7 }
    for (const { instrument_token: token, exchange_token: number, segment, exchange } of rows) {
      const low = segment === 'INDICES' ? 9 : segments[exchange ?? '']
      expect(Number(token)).toBe(Number(number) * 256 + (low ?? Number.NaN))
    }
    expect(new Set(rows.map(({ exchange }) => exchange))).toEqual(new Set(Object.keys(segments)))
    expect(rowOf('SBIN')?.['exchange']).toBe('NSE')
    expect(rows.find((row) => row['tradingsymbol'] === 'SBIN' && row['exchange'] === 'BSE')).toMatchObject({
      instrument_token: '128028676',
    })
  })

  it('has names with commas and quotes, and rows without a name', () => {
    expect(rowOf('88SBXTOLL-N0')?.['name']).toBe('SANDBOX ROADS, BRIDGES & TOLLS "SRBT" 8.8%')
    expect(rowOf('SANDSME-SM')?.['name']).toBe('SAND & "SONS", MERCHANTS')
    expect(rowOf('702SBX29-SG')?.['name']).toBe('')
  })

  it('has bonds and every series under EQ, and dashes that are no series', () => {
    for (const symbol of ['731SBX31-SG', '88SBXTOLL-N0', 'SGBSBX29-GB', 'RELINFRA-BE', 'SANDSME-SM', 'BAJAJ-AUTO']) {
      expect(rowOf(symbol)).toMatchObject({ instrument_type: 'EQ', segment: 'NSE', strike: '0', expiry: '' })
    }
  })

  it('has indices without a tick, some in mixed case', () => {
    const indices = rows.filter(({ segment }) => segment === 'INDICES')
    expect(indices.map((row) => [row['instrument_type'], row['tick_size']])).toEqual(indices.map(() => ['EQ', '0']))
    expect(rowOf('NIFTY 50')?.['instrument_token']).toBe('256265')
    expect(rowOf('NIFTY BANK')?.['instrument_token']).toBe('260105')
    expect(rowOf('INDIA VIX')?.['instrument_token']).toBe('264969')
    expect(rowOf('Nifty500 Health')).toBeDefined()
  })

  it('has weekly and monthly options and futures, with expiry and strike in their columns', () => {
    const options = rows.filter(({ segment }) => segment === 'NFO-OPT')
    expect(options.some(({ tradingsymbol }) => /^NIFTY263\d{2}\d{5}(CE|PE)$/.test(tradingsymbol ?? ''))).toBe(true)
    for (const { expiry, strike, tradingsymbol, instrument_type: type } of options) {
      expect(expiry).toMatch(/^2026-03-\d{2}$/)
      expect(tradingsymbol?.endsWith(`${strike}${type}`)).toBe(true)
    }
    expect(rowOf('NIFTY26MARFUT')).toMatchObject({ segment: 'NFO-FUT', instrument_type: 'FUT', lot_size: '65' })
    expect(rowOf('CRUDEOIL26MARFUT')).toMatchObject({ exchange: 'MCX', segment: 'MCX-FUT' })
  })

  it('is made at half past eight', async () => {
    const symbols = async () => parse(await (await list('/NFO')).text()).map(({ tradingsymbol }) => tradingsymbol)
    sandbox.control.clock.set(ist('2026-03-31T08:29:59'))
    expect(await symbols()).toContain('NIFTY26MARFUT')
    sandbox.control.clock.set(ist('2026-03-31T08:30:00'))
    expect(await symbols()).not.toContain('NIFTY26MARFUT')
  })

  it('refuses an exchange it does not know, and credentials that are wrong', async () => {
    expect(await getAs(sandbox, '/instruments/LSE')).toMatchObject(refusal(400, 'InputException'))
    expect(await getAs(sandbox, '/instruments', 'token sandbox:wrong')).toMatchObject(refusal(403, 'TokenException'))
  })
})

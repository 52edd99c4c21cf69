import { isIsin, istMidnight } from '@banyan/domain'
import { unzipSync } from 'fflate'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../index.ts'
import { startStill } from '../testing/breeze-client.ts'
import { masterFile } from './master-file.ts'

const day = '2026-09-16'
let sandbox: Sandbox
let texts: Readonly<Record<string, string>>
beforeAll(async () => {
  sandbox = await startStill({ clockStart: istMidnight(day) + 10 * 3_600_000 })
  texts = open(await download('MotherAppMaster'))
})
afterAll(() => sandbox.close())

async function download(folder: string): Promise<Buffer> {
  const reply = await fetch(`${sandbox.urls.icici}/${folder}/SecurityMaster.zip`)
  return Buffer.from(await reply.arrayBuffer())
}

function open(zip: Buffer): Record<string, string> {
  const files = Object.entries(unzipSync(zip))
  return Object.fromEntries(files.map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1')]))
}

type Row = Readonly<Record<string, string>>

/** Rows by the names of their columns, which are trimmed of spaces and of the quotes a space before them leaves. */
function rowsOf(name: string): readonly Row[] {
  const transformHeader = (header: string) => header.replaceAll(/[" ]/g, '')
  const { data, errors } = Papa.parse<Row>(texts[name] ?? '', { header: true, transformHeader })
  expect(errors).toEqual([])
  return data
}
const rowOf = (file: string, code: string) => rowsOf(file).find((row) => row['ShortName'] === code)

describe('SecurityMaster.zip', () => {
  it('holds a file per market, in both places', async () => {
    expect(Object.keys(texts)).toEqual([
      'NSEScripMaster.txt',
      'BSEScripMaster.txt',
      'FONSEScripMaster.txt',
      'FOBSEScripMaster.txt',
      'CDNSEScripMaster.txt',
    ])
    expect(await download('NewSecurityMaster')).toEqual(await download('MotherAppMaster'))
  })

  it('is rebuilt at 08:00 IST', async () => {
    const { clock } = sandbox.control
    const at = async (hours: number) => {
      clock.set(istMidnight(day) + hours * 3_600_000)
      return download('MotherAppMaster')
    }
    // The 15th was the last day of a weekly option.
    const [before, after, evening] = [await at(7.99), await at(8), await at(20)]
    expect(before).not.toEqual(after)
    expect(evening).toEqual(after)
  })

  it('is quoted CSV with CRLF, without a line end after the last row, in latin-1', () => {
    for (const text of Object.values(texts)) {
      expect(text.split('\r\n').every((line) => line.startsWith('"') && !line.includes('\n'))).toBe(true)
      expect(text).not.toMatch(/\n$/)
    }
    expect(texts['NSEScripMaster.txt']).toContain('"CAFÉ PEEPAL, ""THE"" LIMITED"')
  })

  it('has spaces before the names of NSE’s columns, and spells them unlike BSE’s', () => {
    expect(texts['NSEScripMaster.txt']).toMatch(
      /^"Token", "ShortName", "Series", "CompanyName", "ticksize", "Lotsize", /,
    )
    expect(texts['NSEScripMaster.txt']).toMatch(/, "ExchangeCode"\r\n/)
    expect(texts['BSEScripMaster.txt']).toMatch(/^"Token","ShortName","Series","CompanyName","TickSize","LotSize",/)
  })

  it('names every share of NSE by a code of at most 6 characters, all different', () => {
    const rows = rowsOf('NSEScripMaster.txt')
    const codes = rows.map((row) => row['ShortName'] ?? '')
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code).toMatch(/^[A-Z0-9]{1,6}$/)
    expect(new Set(rows.map((row) => row['ticksize']))).toEqual(new Set(['0.01']))
  })

  it.each([
    ['RELIND', 'RELIANCE'],
    ['INFTEC', 'INFY'],
    ['HDFBAN', 'HDFCBANK'],
    ['STABAN', 'SBIN'],
    ['MAHMAH', 'M&M'],
    ['BAAUTO', 'BAJAJ-AUTO'],
    ['TATMOT', 'TMPV'],
    ['ZOMLIM', 'ETERNAL'],
  ])('has code %s of %s, which outlived renames', (code, symbol) => {
    const row = rowOf('NSEScripMaster.txt', code)
    expect(row).toMatchObject({ ExchangeCode: symbol, Series: 'EQ' })
    expect(isIsin(row?.['ISINCode'] ?? '')).toBe(true)
  })

  it('writes an index by name where shares have their token', () => {
    expect(rowOf('NSEScripMaster.txt', 'NIFTY')).toMatchObject({ Token: 'NIFTY 50', ISINCode: '', Series: '0' })
    expect(rowOf('NSEScripMaster.txt', 'CNXBAN')).toMatchObject({ Token: 'NIFTY BANK' })
    expect(rowOf('BSEScripMaster.txt', 'BSESEN')).toMatchObject({ Token: 'SENSEX', ISINCode: '' })
  })

  it('has rows of nothing: token 0, texts for tokens, numbers that only look like ISINs, other series', () => {
    const rows = rowsOf('NSEScripMaster.txt')
    const tokens = rows.map((row) => row['Token'])
    expect(tokens).toEqual(expect.arrayContaining(['0', 'NA', 'nul', 'X9911']))
    expect(rows.filter((row) => row['ISINCode']?.startsWith('INE000000'))).toHaveLength(2)
    expect(new Set(rows.map((row) => row['Series']))).toEqual(
      new Set(['EQ', 'BE', 'SM', 'ST', 'SG', 'N0', 'GB', 'BZ', 'IS', '0']),
    )
  })

  it('has a token or two that are not the exchange’s', async () => {
    const list = await (await fetch(`${sandbox.urls.zerodha.rest}/instruments/NSE`)).text()
    const kite = Papa.parse<Row>(list, { header: true }).data
    const own = new Map(kite.map((row) => [row['tradingsymbol'], row['exchange_token']]))
    const shares = rowsOf('NSEScripMaster.txt').filter(
      (row) => row['Series'] === 'EQ' && own.has(row['ExchangeCode'] ?? ''),
    )
    const wrong = shares.filter((row) => row['Token'] !== own.get(row['ExchangeCode'] ?? ''))
    expect(shares.length).toBeGreaterThan(30)
    expect(wrong.length).toBeGreaterThanOrEqual(1)
    expect(wrong.length).toBeLessThanOrEqual(2)
  })

  it('gives BSE’s shares their scrip code, and the last price for a tick size', () => {
    const row = rowOf('BSEScripMaster.txt', 'RELIND')
    expect(row).toMatchObject({ Token: '500325', ScripCode: '500325', ScripID: 'RELIANCE', Series: 'DR' })
    expect(Number(row?.['TickSize'])).toBeGreaterThan(100)
  })

  it('names derivatives of NSE and BSE differently', () => {
    const kinds = (file: string) => new Set(rowsOf(file).map((row) => row['InstrumentName']))
    expect(kinds('FONSEScripMaster.txt')).toEqual(new Set(['FUTIDX', 'FUTSTK', 'OPTIDX']))
    expect(kinds('FOBSEScripMaster.txt')).toEqual(new Set(['FUTIND']))
    expect(kinds('CDNSEScripMaster.txt')).toEqual(new Set(['FUTCUR']))
    const [first] = rowsOf('FONSEScripMaster.txt')
    expect(first).toMatchObject({ ShortName: 'NIFTY', ExpiryDate: '29-Sep-2026', LotSize: '65', TickSize: '10' })
    expect(rowsOf('FONSEScripMaster.txt').find((row) => row['OptionType'] === 'CE')?.['StrikePrice']).toMatch(/^\d{5}$/)
  })
})

it('a master file has no cell without a column', () => {
  expect(() => masterFile(['a'], [{ b: 1 }])).toThrow('no column b')
})

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isIsin, parseInstrumentId } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { readRows } from '../scripts/data/csv-rows.ts'
import { unpack } from '../scripts/data/packing.ts'

const data = join(import.meta.dirname, '../data')
const day = '2021-06-09'
const read = (path: string) => unpack(path, readFileSync(join(data, path)))
const priceColumns = ['open', 'high', 'low', 'close', 'volume'] as const

const daily = readRows(read('gpl-3.0/daily.csv.gz'), ['symbol', 'date', ...priceColumns])
const indices = ['gpl-3.0', 'mit'].flatMap((folder) =>
  readRows(read(`${folder}/indices.csv.gz`), ['index', 'date', ...priceColumns]),
)
const minutes = readRows(read('gpl-3.0/minutes.csv.gz'), ['symbol', 'timestamp', ...priceColumns])
const adjustments = readRows(read('gpl-3.0/adjustments.csv'), ['symbol', 'ex_date', 'factor', 'kind', 'source'])
const decisions = readRows(read('gpl-3.0/decisions.csv'), ['symbol', 'date', 'decision', 'factor', 'rows', 'reason'])
const instruments = readRows(read('identity/instruments.csv'), [
  'exchange',
  'symbol',
  'isin',
  'kind',
  'sector',
  'aliases',
])
const nifty50 = readRows(read(`identity/nifty50-${day}.csv`), ['symbol']).map((row) => row.symbol)
const tickLines = read(`gpl-3.0/ticks-${day}.csv.gz`).trimEnd().split('\n').slice(1)

const bySymbol = Map.groupBy(daily, (row) => row.symbol)
const ticks = findLastTicks()
const listedLater = new Set(['HDFCLIFE', 'SBILIFE'])

interface Tick {
  readonly time: string
  readonly price: number
  readonly volume: number
}

function findLastTicks(): Map<string, Tick> {
  const last = new Map<string, Tick>()
  for (const line of tickLines) {
    const [symbol = '', time = '', price, volume] = line.split(',')
    last.set(symbol, { time, price: Number(price), volume: Number(volume) })
  }
  return last
}

function isSane(row: Record<(typeof priceColumns)[number], string>): boolean {
  const [open, high, low, close] = [Number(row.open), Number(row.high), Number(row.low), Number(row.close)]
  return low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close) && Number(row.volume) >= 0
}

/** Returns `symbol date` of each change of the adjusted close to outside 1 ± `limit`. */
function findSteps(limit: number): string[] {
  const factors = new Map(adjustments.map((row) => [`${row.symbol} ${row.ex_date}`, Number(row.factor)]))
  return [...bySymbol.values()].flatMap((rows) =>
    rows.flatMap((row, i) => {
      const name = `${row.symbol} ${row.date}`
      const ratio = (Number(row.close) / Number(rows[i - 1]?.close ?? row.close)) * (factors.get(name) ?? 1)
      return Math.abs(ratio - 1) > limit ? [name] : []
    }),
  )
}

describe('the bundled market', () => {
  it('is at most 12 MB', () => {
    const files = readdirSync(data, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(data, name)))
    expect(files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0)).toBeLessThanOrEqual(12_000_000)
  })

  it('has ten years of daily candles, or all since listing, of at least 55 shares up to the replayed day', () => {
    const long = [...bySymbol].filter(
      ([symbol, rows]) => rows.length > 2400 && (rows[0]?.date ?? '') < '2011-06-09' && !listedLater.has(symbol),
    )
    expect(long.length).toBeGreaterThanOrEqual(55)
    expect([...bySymbol.keys()].filter((symbol) => !long.some(([name]) => name === symbol))).toEqual([...listedLater])
    expect([...bySymbol.values()].filter((rows) => rows.at(-1)?.date !== day)).toEqual([])
  })

  it('has NIFTY 50, NIFTY BANK and the sectors from 2015 and SENSEX from 2021', () => {
    const first = new Map<string, string>()
    for (const row of indices) if (!first.has(row.index)) first.set(row.index, row.date)
    const sectors = ['AUTO', 'BANK', 'FIN SERVICE', 'FMCG', 'IT', 'MEDIA', 'METAL', 'PHARMA', 'PSU BANK', 'REALTY']
    for (const name of ['50', ...sectors]) expect(first.get(`NIFTY ${name}`), name).toBe('2015-11-09')
    expect(first.get('NIFTY PVT BANK')?.slice(0, 4)).toBe('2016')
    expect(first.get('BSE:SENSEX')).toBe('2021-01-01')
    expect(indices.findLast((row) => row.index === 'BSE:SENSEX')?.date).toBe(day)
  })

  it('has only bars that can have happened, each once and in order', () => {
    expect([...daily, ...indices, ...minutes].filter((row) => !isSane(row))).toEqual([])
    const keys = [
      daily.map((row) => `${row.symbol},${row.date}`),
      minutes.map((row) => `${row.symbol},${row.timestamp}`),
    ]
    for (const list of keys) {
      expect(
        list.findIndex(
          (key, i) => i > 0 && key.split(',')[0] === list[i - 1]?.split(',')[0] && key <= (list[i - 1] ?? ''),
        ),
      ).toBe(-1)
    }
    expect(
      minutes.filter((row) => !/T(09:(1[5-9]|[2-5]\d)|1[0-4]:\d\d|15:[0-2]\d):00\+05:30$/.test(row.timestamp)),
    ).toEqual([])
  })

  it('knows every symbol it has prices of', () => {
    const known = new Set(instruments.map((row) => `${row.exchange}:${row.symbol}`))
    const priced = [...daily, ...minutes, ...adjustments]
      .map((row) => row.symbol)
      .concat(
        indices.map((row) => row.index),
        [...ticks.keys()],
        nifty50,
      )
    expect(
      [...new Set(priced.map((symbol) => parseInstrumentId(symbol) ?? symbol))].filter((id) => !known.has(id)),
    ).toEqual([])
  })
})

describe('the price basis', () => {
  it('puts the last tick of every share within 1 % of its close of the day', () => {
    const apart = nifty50.filter((symbol) => {
      const close = Number(bySymbol.get(symbol)?.at(-1)?.close)
      return !(Math.abs((ticks.get(symbol)?.price ?? 0) / close - 1) <= 0.01)
    })
    expect(nifty50).toHaveLength(50)
    expect(apart).toEqual([])
  })

  it('leaves volume as traded: the last tick has nearly all of the day’s', () => {
    const shares = nifty50.map(
      (symbol) => (ticks.get(symbol)?.volume ?? 0) / Number(bySymbol.get(symbol)?.at(-1)?.volume),
    )
    expect(Math.min(...shares)).toBeGreaterThan(0.99)
    expect(Math.max(...shares)).toBeLessThanOrEqual(1)
  })

  it.each([
    ['TATASTEEL', '2021-06-08', 1000, 1300],
    ['TITAN', '2011-06-22', 4000, 4500],
    ['DRREDDY', '2011-03-16', 1500, 1650],
  ])('gives %s on %s the price it was traded at', (symbol, date, low, high) => {
    const close = Number(bySymbol.get(symbol)?.find((row) => row.date === date)?.close)
    expect(close).toBeGreaterThan(low)
    expect(close).toBeLessThan(high)
  })
})

describe('corporate actions', () => {
  it('leave no step over 40 % that is not listed as real', () => {
    const real = new Set(decisions.filter((row) => row.decision === 'keep').map((row) => `${row.symbol} ${row.date}`))
    const steps = findSteps(0.4)
    expect(steps).toContain('YESBANK 2020-03-06')
    expect(steps.filter((step) => !real.has(step))).toEqual([])
  })

  it('leave at most 8.5 % on the day of every applied factor', () => {
    const left = new Set(findSteps(0.085))
    expect(adjustments.filter((row) => left.has(`${row.symbol} ${row.ex_date}`))).toEqual([])
    expect(adjustments.filter((row) => !(Number(row.factor) > 1))).toEqual([])
  })

  it('are decided with a reason, and cut series begin on the day of the decision', () => {
    expect(decisions.filter((row) => row.reason === '')).toEqual([])
    const wrong = decisions.filter((row) => row.decision === 'cut' && bySymbol.get(row.symbol)?.[0]?.date !== row.date)
    expect(wrong).toEqual([])
  })
})

describe('the recorded day', () => {
  it('has all 874,994 ticks of 62 symbols, times not falling within a symbol and volume never', () => {
    const last = new Map<string, Tick>()
    let falls = 0
    for (const line of tickLines) {
      const [symbol = '', time = '', price, volume] = line.split(',')
      const tick = { time, price: Number(price), volume: Number(volume) }
      const former = last.get(symbol)
      if (!(tick.price > 0) || (former && (former.time > tick.time || former.volume > tick.volume))) falls++
      last.set(symbol, tick)
    }
    expect(tickLines).toHaveLength(874_994)
    expect(last.size).toBe(62)
    expect(falls).toBe(0)
  })
})

describe('the instruments', () => {
  it('have valid ISINs, each once, and no placeholder', () => {
    const isins = instruments.map((row) => row.isin).filter((isin) => isin !== '')
    expect(isins).toHaveLength(750)
    expect(new Set(isins).size).toBe(750)
    expect(isins.filter((isin) => !isIsin(isin))).toEqual([])
    expect(instruments.map((row) => row.symbol)).not.toContain('DUMMYALCAR')
  })

  it('resolve a scrip code and a former symbol to one instrument each', () => {
    const aliases = instruments.flatMap((row) => (row.aliases === '' ? [] : row.aliases.split(';')))
    expect(new Set(aliases).size).toBe(aliases.length)
    expect(instruments.find((row) => row.symbol === 'RELIANCE')?.aliases).toBe('bse-code=BSE:500325')
    expect(instruments.find((row) => row.symbol === 'ETERNAL')?.aliases).toContain('symbol=NSE:ZOMATO')
  })

  it('keep TATAMOTORS apart from TMPV', () => {
    expect(instruments.find((row) => row.symbol === 'TATAMOTORS')).toMatchObject({ isin: '', kind: 'equity' })
    expect(instruments.find((row) => row.symbol === 'TMPV')?.aliases).not.toContain('TATAMOTORS')
  })

  it('name a sector for the sectoral indices only', () => {
    const sectorOf = (symbol: string) => instruments.find((row) => row.symbol === symbol)?.sector
    expect([sectorOf('NIFTY IT'), sectorOf('NIFTY PVT BANK')]).toEqual(['IT', 'Private Bank'])
    expect([sectorOf('NIFTY 50'), sectorOf('NIFTY MIDCAP 100'), sectorOf('SENSEX')]).toEqual(['', '', ''])
  })
})

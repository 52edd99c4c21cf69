import { isIsin, istMidnight } from '@banyan/domain'
import { unzipSync } from 'fflate'
import Papa from 'papaparse'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../index.ts'

const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Test/1.0' }
const at = (date: string, hours: number) => istMidnight(date) + hours * 3_600_000
// A Wednesday evening; there is a closing auction since 2026-08-03.
const evening = at('2026-09-16', 20)

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7, clockStart: evening })
  sandbox.control.clock.freeze()
})
afterAll(() => sandbox.close())
afterEach(async () => {
  await sandbox.control.clearFaults()
  sandbox.control.clock.set(evening)
})

const get = (path: string, headers: Readonly<Record<string, string>> = browser) =>
  fetch(`${sandbox.urls.exchange}${path}`, { headers })

const [year, month, day] = [(d: string) => d.slice(0, 4), (d: string) => d.slice(5, 7), (d: string) => d.slice(8)]
const compact = (date: string) => date.replaceAll('-', '')
const paths = {
  full: (d: string) => `/products/content/sec_bhavdata_full_${day(d)}${month(d)}${year(d)}.csv`,
  cash: (d: string) => `/content/cm/BhavCopy_NSE_CM_0_0_0_${compact(d)}_F_0000.csv.zip`,
  contracts: (d: string) => `/content/fo/BhavCopy_NSE_FO_0_0_0_${compact(d)}_F_0000.csv.zip`,
  bse: (d: string) => `/download/BhavCopy/Equity/BhavCopy_BSE_CM_0_0_0_${compact(d)}_F_0000.CSV`,
  indices: (d: string) => `/content/indices/ind_close_all_${day(d)}${month(d)}${year(d)}.csv`,
  old: (d: string, mon: string) =>
    `/content/historical/EQUITIES/${year(d)}/${mon}/cm${day(d)}${mon}${year(d)}bhav.csv.zip`,
}

type Row = Readonly<Record<string, string>>

function rowsOf(text: string): readonly Row[] {
  const { data, errors } = Papa.parse<Row>(text, { header: true, skipEmptyLines: true })
  expect(errors).toEqual([])
  return data
}

async function csv(path: string): Promise<string> {
  const reply = await get(path)
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/csv'])
  return reply.text()
}

async function zipped(path: string): Promise<{ readonly name: string; readonly text: string }> {
  const reply = await get(path)
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/zip'])
  const [[name, bytes] = ['', new Uint8Array()]] = Object.entries(unzipSync(new Uint8Array(await reply.arrayBuffer())))
  return { name, text: Buffer.from(bytes).toString('utf8') }
}

describe('sec_bhavdata_full', () => {
  it('EX-5 has a space before all cells but the first, and no ISIN', async () => {
    const text = await csv(paths.full('2026-09-16'))
    const [header = '', ...lines] = text.trimEnd().split('\n')
    expect(header.split(',')).toEqual(
      'SYMBOL, SERIES, DATE1, PREV_CLOSE, OPEN_PRICE, HIGH_PRICE, LOW_PRICE, LAST_PRICE, CLOSE_PRICE, AVG_PRICE, TTL_TRD_QNTY, TURNOVER_LACS, NO_OF_TRADES, DELIV_QTY, DELIV_PER'.split(
        ',',
      ),
    )
    for (const line of lines)
      expect(
        line
          .split(',')
          .slice(1, 13)
          .every((cell) => /^ \S/.test(cell)),
      ).toBe(true)
    expect(lines.every((line) => line.split(',')[2] === ' 16-Sep-2026')).toBe(true)
  })

  it('has all series of the whole market', async () => {
    const series = new Set(rowsOf(await csv(paths.full('2026-09-16'))).map((row) => row[' SERIES']?.trim()))
    expect(series).toEqual(new Set(['EQ', 'BE', 'SM', 'ST', 'SG', 'N0', 'GB']))
  })

  it('tells turnover in 100,000 rupees, and delivery of EQ only: `-` or nothing for others', async () => {
    const rows = rowsOf(await csv(paths.full('2026-09-16')))
    const cells = (series: string) => rows.filter((row) => row[' SERIES'] === ` ${series}`)
    for (const row of cells('EQ')) {
      const [average, volume, turnover] = [' AVG_PRICE', ' TTL_TRD_QNTY', ' TURNOVER_LACS'].map((n) => Number(row[n]))
      expect(Math.abs(Number(average) * Number(volume) - Number(turnover) * 100_000)).toBeLessThan(
        Number(volume) * 0.01 + 1_000,
      )
      expect((Number(row[' DELIV_QTY']) / Number(volume)) * 100).toBeCloseTo(Number(row[' DELIV_PER']), 2)
    }
    expect(new Set(cells('BE').map((row) => row[' DELIV_QTY']))).toEqual(new Set([' -']))
    expect(new Set(cells('SG').map((row) => row[' DELIV_PER']))).toEqual(new Set([' ']))
  })

  it('has bars in order, and for a previous close the close before', async () => {
    const [today, before] = [await csv(paths.full('2026-09-16')), await csv(paths.full('2026-09-15'))].map(rowsOf)
    const closes = new Map(before?.map((row) => [row['SYMBOL'], row[' CLOSE_PRICE']]))
    for (const row of today ?? []) {
      const [open, high, low, close] = [' OPEN_PRICE', ' HIGH_PRICE', ' LOW_PRICE', ' CLOSE_PRICE'].map((n) =>
        Number(row[n]),
      )
      expect(Math.max(Number(open), Number(close), Number(low))).toBeLessThanOrEqual(Number(high))
      expect(Math.min(Number(open), Number(close), Number(high))).toBeGreaterThanOrEqual(Number(low))
      expect(row[' PREV_CLOSE']).toBe(closes.get(row['SYMBOL']))
    }
  })

  it('agrees with what the broker tells of the day', async () => {
    const row = rowsOf(await csv(paths.full('2026-09-16'))).find(({ SYMBOL }) => SYMBOL === 'M&M')
    const list = await (await fetch(`${sandbox.urls.yahoo}/v8/finance/chart/M%26M.NS`, { headers: browser })).json()
    const { meta } = (list as { chart: { result: [{ meta: Record<string, number> }] } }).chart.result[0]
    expect([Number(row?.[' CLOSE_PRICE']), Number(row?.[' HIGH_PRICE'])]).toEqual([
      meta['regularMarketPrice'],
      meta['regularMarketDayHigh'],
    ])
  })
})

const udiffColumns =
  'TradDt,BizDt,Sgmt,Src,FinInstrmTp,FinInstrmId,ISIN,TckrSymb,SctySrs,XpryDt,FininstrmActlXpryDt,StrkPric,OptnTp,FinInstrmNm,OpnPric,HghPric,LwPric,ClsPric,LastPric,PrvsClsgPric,UndrlygPric,SttlmPric,OpnIntrst,ChngInOpnIntrst,TtlTradgVol,TtlTrfVal,TtlNbOfTxsExctd,SsnId,NewBrdLotQty,Rmks,Rsvd1,Rsvd2,Rsvd3,Rsvd4'

describe('UDiFF files', () => {
  it('of NSE’s cash market have 34 columns, ISO dates, ISINs and values in rupees', async () => {
    const { name, text } = await zipped(paths.cash('2026-09-16'))
    expect(name).toBe('BhavCopy_NSE_CM_0_0_0_20260916_F_0000.csv')
    expect(text.split('\n')[0]).toBe(udiffColumns)
    const rows = rowsOf(text)
    const row = rows.find(({ TckrSymb }) => TckrSymb === 'RELIANCE')
    expect(row).toMatchObject({ TradDt: '2026-09-16', Sgmt: 'CM', Src: 'NSE', FinInstrmTp: 'STK', SctySrs: 'EQ' })
    expect(isIsin(row?.['ISIN'] ?? '')).toBe(true)
    expect(Number(row?.['TtlTrfVal']) / Number(row?.['TtlTradgVol'])).toBeGreaterThan(100)
    const names = rows.map(({ FinInstrmNm }) => FinInstrmNm)
    expect(names).toContain('SAND & "SONS", MERCHANTS')
  })

  it('agree with the older file on every row', async () => {
    const full = rowsOf(await csv(paths.full('2026-09-16')))
    const { text } = await zipped(paths.cash('2026-09-16'))
    const told = rowsOf(text).map((row) => [row['TckrSymb'], row['SctySrs'], row['ClsPric'], row['TtlTradgVol']])
    expect(told).toEqual(
      full.map((row) => [
        row['SYMBOL'],
        ...[' SERIES', ' CLOSE_PRICE', ' TTL_TRD_QNTY'].map((name) => row[name]?.trim()),
      ]),
    )
  })

  it('of derivatives tell kind, strike, open interest, and the expiry that was moved off a holiday', async () => {
    const { name, text } = await zipped(paths.contracts('2026-09-16'))
    expect(name).toBe('BhavCopy_NSE_FO_0_0_0_20260916_F_0000.csv')
    const rows = rowsOf(text)
    expect(new Set(rows.map((row) => row['FinInstrmTp']))).toEqual(new Set(['IDF', 'STF', 'IDO']))
    const option = rows.find((row) => row['OptnTp'] === 'PE')
    expect(option).toMatchObject({
      TckrSymb: 'NIFTY',
      Sgmt: 'FO',
      FininstrmActlXpryDt: '2026-09-22',
      NewBrdLotQty: '65',
    })
    expect(Number(option?.['OpnIntrst'])).toBeGreaterThan(0)
    expect(Number(option?.['UndrlygPric'])).toBeGreaterThan(Number(option?.['ClsPric']))
    sandbox.control.clock.set(at('2026-11-05', 20))
    // Tuesday 2026-11-10 is a holiday.
    const weekly = rowsOf((await zipped(paths.contracts('2026-11-05'))).text).find(
      (row) => row['XpryDt'] === '2026-11-10',
    )
    expect(weekly?.['FininstrmActlXpryDt']).toBe('2026-11-09')
  })

  it('of BSE are not zipped; of an auction share ClsPric is the last continuous price and SttlmPric NSE’s close', async () => {
    const rows = rowsOf(await csv(paths.bse('2026-09-16')))
    const of = (symbol: string) => rows.find((row) => row['TckrSymb'] === symbol)
    const nse = rowsOf((await zipped(paths.cash('2026-09-16'))).text)
    const closeOnNse = (symbol: string) => nse.find((row) => row['TckrSymb'] === symbol)?.['ClsPric']
    expect(of('RELIANCE')).toMatchObject({ FinInstrmId: '500325', Src: 'BSE', SctySrs: 'A' })
    expect(of('RELIANCE')?.['SttlmPric']).toBe(closeOnNse('RELIANCE'))
    expect(rows.some((row) => row['ClsPric'] !== row['LastPric'])).toBe(true)
    const other = of('J&KBANK')
    expect([other?.['ClsPric'], other?.['SttlmPric']]).toEqual([other?.['LastPric'], other?.['LastPric']])
  })
})

describe('ind_close_all', () => {
  it('spells names out, writes the day first, and `-` for what there is not', async () => {
    const rows = rowsOf(await csv(paths.indices('2026-09-16')))
    const of = (name: string) => rows.find((row) => row['Index Name'] === name)
    expect(of('Nifty 50')).toMatchObject({ 'Index Date': '16-09-2026' })
    expect(of('Nifty Financial Services')).toBeDefined()
    expect(of('India VIX')).toMatchObject({ Volume: '-', 'P/E': '-' })
    expect(Number(of('Nifty Bank')?.['P/E'])).toBeGreaterThan(5)
    const [close, change, pct] = ['Closing Index Value', 'Points Change', 'Change(%)'].map((n) =>
      Number(of('Nifty 50')?.[n]),
    )
    expect((Number(change) / (Number(close) - Number(change))) * 100).toBeCloseTo(Number(pct), 1)
  })
})

describe('ind_close_all of earlier years', () => {
  it('has the names of then', async () => {
    const names = async (date: string) => rowsOf(await csv(paths.indices(date))).map((row) => row['Index Name'])
    expect(await names('2015-11-06')).toEqual(expect.arrayContaining(['CNX Nifty', 'CNX Bank', 'India VIX']))
    expect(await names('2015-11-09')).toEqual(expect.arrayContaining(['Nifty 50', 'Nifty Bank', 'India VIX']))
  })
})

describe('cm…bhav', () => {
  it('lies there for sessions until 2024-07-05, UDiFF from 2024-07-08 on', async () => {
    const { name, text } = await zipped(paths.old('2024-07-05', 'JUL'))
    expect(name).toBe('cm05JUL2024bhav.csv')
    expect(text.split('\n')[0]).toBe(
      'SYMBOL,SERIES,OPEN,HIGH,LOW,CLOSE,LAST,PREVCLOSE,TOTTRDQTY,TOTTRDVAL,TIMESTAMP,TOTALTRADES,ISIN',
    )
    expect(rowsOf(text).find(({ SYMBOL }) => SYMBOL === 'TCS')).toMatchObject({
      TIMESTAMP: '05-JUL-2024',
      SERIES: 'EQ',
    })
    const statuses = await Promise.all(
      [paths.old('2024-07-08', 'JUL'), paths.cash('2024-07-05'), paths.cash('2024-07-08'), paths.bse('2024-07-05')].map(
        async (path) => (await get(path)).status,
      ),
    )
    expect(statuses).toEqual([404, 404, 200, 404])
  })
})

describe('lists', () => {
  it('tell symbols, ISINs, renames and names of today', async () => {
    const [header] = (await csv('/content/equities/EQUITY_L.csv')).split('\n')
    expect(header).toBe(
      'SYMBOL,NAME OF COMPANY, SERIES, DATE OF LISTING, PAID UP VALUE, MARKET LOT, ISIN NUMBER, FACE VALUE',
    )
    const rows = rowsOf(await csv('/content/equities/EQUITY_L.csv'))
    expect(rows.every((row) => isIsin(row[' ISIN NUMBER'] ?? ''))).toBe(true)
    expect(rows.find(({ SYMBOL }) => SYMBOL === 'SWIGGY')?.[' DATE OF LISTING']).toBe('13-NOV-2024')
    const renames = (await csv('/content/equities/symbolchange.csv')).trim().split('\n')
    expect(renames.map((line) => line.split(',').slice(-3))).toEqual([
      ['ZOMATO', 'ETERNAL', '09-APR-2025'],
      ['TATAMOTORS', 'TMPV', '24-OCT-2025'],
    ])
    expect(rowsOf(await csv('/content/equities/namechange.csv'))[0]).toMatchObject({ NCH_SYMBOL: 'ETERNAL' })
  })

  it('know nothing of the future', async () => {
    sandbox.control.clock.set(at('2024-11-12', 12))
    expect(await csv('/content/equities/EQUITY_L.csv')).not.toContain('SWIGGY')
    expect(await csv('/content/equities/symbolchange.csv')).toBe('')
  })
})

describe('when files appear', () => {
  it('is 18:00 IST of the day, whatever the format', async () => {
    for (const path of [paths.full, paths.cash, paths.contracts, paths.bse, paths.indices]) {
      sandbox.control.clock.set(at('2026-09-16', 18) - 1)
      expect((await get(path('2026-09-16'))).status).toBe(404)
      expect((await get(path('2026-09-15'))).status).toBe(200)
      sandbox.control.clock.set(at('2026-09-16', 18))
      expect((await get(path('2026-09-16'))).status).toBe(200)
    }
    expect((await get(paths.full('2026-09-17'))).status).toBe(404)
  })

  it('EX-6 a weekday holiday and a Sunday have the file of the session before, on NSE', async () => {
    const [friday, monday, sunday] = ['2026-09-11', '2026-09-14', '2026-09-13']
    const file = await csv(paths.full(friday))
    expect(await csv(paths.full(monday))).toBe(file)
    expect(await csv(paths.full(sunday))).toBe(file)
    expect((await zipped(paths.cash(monday))).name).toBe('BhavCopy_NSE_CM_0_0_0_20260911_F_0000.csv')
    expect(await csv(paths.indices(sunday))).toContain('11-09-2026')
    expect((await get(paths.bse(monday))).status).toBe(404)
  })

  it('is never on Saturdays, unless there was a session', async () => {
    for (const path of [paths.full, paths.cash, paths.contracts, paths.bse, paths.indices])
      expect((await get(path('2026-09-12'))).status).toBe(404)
    expect(await csv(paths.full('2024-01-20'))).toContain('20-Jan-2024')
  })

  it('has files of sessions on Sundays and of Muhurat trading', async () => {
    expect(await csv(paths.full('2026-02-01'))).toContain('01-Feb-2026')
    expect(await csv(paths.full('2025-10-21'))).toContain('21-Oct-2025')
    expect(await csv(paths.full('2025-10-22'))).toContain('21-Oct-2025')
  })
})

describe('the holiday list', () => {
  it('is of the current year, by segment, for a browser with the home page’s cookie', async () => {
    const path = '/api/holiday-master?type=trading'
    expect((await get(path)).status).toBe(401)
    const cookie = (await get('/')).headers.get('set-cookie')?.split(';')[0] ?? ''
    const reply = await get(path, { ...browser, cookie })
    const list = (await reply.json()) as Record<string, readonly Readonly<Record<string, unknown>>[]>
    expect(list['CM']?.[1]).toEqual({
      tradingDate: '26-Jan-2026',
      weekDay: 'Monday',
      description: 'Republic Day',
      Sr_no: 2,
    })
    expect(list['CM']?.every(({ tradingDate }) => String(tradingDate).endsWith('-2026'))).toBe(true)
    expect(Object.keys(list)).toEqual(['CM', 'FO', 'CD'])
    expect((await get('/api/holiday-master?type=clearing', { ...browser, cookie })).status).toBe(404)
  })
})

describe('refusals', () => {
  it('are pages: 403 to a program that says what it is, 404 to what is not there', async () => {
    const refused = await get(paths.full('2026-09-16'), { 'user-agent': 'node' })
    expect([refused.status, refused.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8'])
    const missing = ['/products/content/sec_bhavdata_full_31022026.csv', '/content/equities/OTHER.csv', '/nothing']
    for (const path of missing) expect((await get(path)).status).toBe(404)
    const headers = browser
    expect(
      (await fetch(`${sandbox.urls.exchange}${paths.full('2026-09-16')}`, { method: 'POST', headers })).status,
    ).toBe(404)
  })

  it('come by fault', async () => {
    sandbox.control.setFault('exchange', { fault: 'rate_limit' })
    expect([(await get('/')).status, (await get('/')).status]).toEqual([429, 200])
    sandbox.control.setFault('exchange', { fault: 'status:503:<b>gone</b>' })
    expect(await (await get('/')).text()).toContain('&lt;b>gone')
    expect(() => sandbox.control.setFault('exchange', { fault: 'revoke' })).toThrow('exchange has no fault revoke')
  })

  it('stale puts the file of the session before under the name of today', async () => {
    sandbox.control.setFault('exchange', { fault: 'stale' })
    expect(await csv(paths.full('2026-09-16'))).toContain('15-Sep-2026')
  })
})

it('SB-3 the same seed and clock give the same bytes', async () => {
  const read = async (seed: number) => {
    const twin = await startSandbox({ seed, clockStart: evening })
    twin.control.clock.freeze()
    try {
      const replies = [paths.full('2026-09-16'), paths.cash('2026-09-16'), paths.indices('2026-09-16')].map(
        async (path) => {
          const reply = await fetch(`${twin.urls.exchange}${path}`, { headers: browser })
          return Buffer.from(await reply.arrayBuffer()).toString('base64')
        },
      )
      return (await Promise.all(replies)).join()
    } finally {
      await twin.close()
    }
  }
  const [first, same, other] = [await read(7), await read(7), await read(9)]
  expect(same).toBe(first)
  expect(other).not.toBe(first)
})

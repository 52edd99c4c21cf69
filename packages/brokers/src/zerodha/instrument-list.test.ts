import { describe, expect, it } from 'vitest'
import { createZerodhaDirectory } from './instrument-directory.ts'
import { readInstrumentList } from './instrument-list.ts'

const header =
  'instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange'
/** Rows in the vendor's form, with invented instruments; tokens follow the rule. */
const rows = {
  share: '25601,100,ACME,"ACME, ""A"" LTD",0,,0,0.05,1,EQ,NSE,NSE',
  dashed: '25857,101,ACME-AUTO,,0,,0,0.10,1,EQ,NSE,NSE',
  blocked: '26113,102,ACME-BL,ACME,0,,0,0.05,1,EQ,NSE,NSE',
  tradeForTrade: '26369,103,WIDGET-BE,WIDGET,0,,0,0.01,1,EQ,NSE,NSE',
  bond: '26625,104,7AB35-SG,,0,,0,0.01,1,EQ,NSE,NSE',
  index: '27145,106,Nifty500 Wealth,Nifty500 Wealth,0,,0,0,0,EQ,INDICES,NSE',
  bse: '128028676,500112,ACME,ACME LTD,0,,0,0.05,1,EQ,BSE,BSE',
  bseBond: '238592004,932000,8ACME30,,0,,0,0.01,1,EQ,BSE,BSE',
  future: '258,1,NIFTY26AUGFUT,NIFTY,0,2026-08-25,0,0.1,65,FUT,NFO-FUT,NFO',
  option: '514,2,NIFTY2681824350CE,NIFTY,0,2026-08-18,24350,0.05,65,CE,NFO-OPT,NFO',
  currency: '259,1,USDINR26AUGFUT,USDINR,0,2026-08-27,0,0.0025,1,FUT,CDS-FUT,CDS',
  gold: '263,1,GOLDM26SEPFUT,GOLDM,0,2026-09-04,0,1,100,FUT,MCX-FUT,MCX',
  foreign: '262,1,USDINR26AUGFUT,USDINR,0,2026-08-27,0,0.0025,1,FUT,BCD-FUT,BCD',
}
const listOf = (...lines: string[]) => [header, ...lines].join('\n')
const readOne = async (line: string) => (await readInstrumentList(listOf(line))).instruments[0]

describe('readInstrumentList', () => {
  it('reads a share with commas and quotes in its name', async () => {
    expect(await readOne(rows.share)).toEqual({
      token: 25601,
      exchange: 'NSE',
      tradingSymbol: 'ACME',
      id: 'NSE:ACME',
      name: 'ACME, "A" LTD',
      kind: 'equity',
      series: 'EQ',
      expiry: null,
      strike: null,
      lotSize: 1,
      tickSize: '0.05',
    })
  })

  it('reads a row without a name', async () => {
    expect(await readOne(rows.dashed)).toMatchObject({ id: 'NSE:ACME-AUTO', name: null, tickSize: '0.1' })
  })

  it('tells shares, bonds and other things of one type apart', async () => {
    const { instruments } = await readInstrumentList(
      listOf(rows.tradeForTrade, rows.bond, rows.blocked, rows.bse, rows.bseBond),
    )
    expect(instruments.map(({ id, kind, series }) => [id, kind, series])).toEqual([
      ['NSE:WIDGET', 'equity', 'BE'],
      ['NSE:7AB35-SG', 'bond', 'SG'],
      ['NSE:ACME-BL', null, 'BL'],
      ['BSE:ACME', 'equity', null],
      ['BSE:8ACME30', null, null],
    ])
  })

  it('reads an index, however it is written', async () => {
    expect(await readOne(rows.index)).toMatchObject({
      id: 'NSE:NIFTY500 WEALTH',
      tradingSymbol: 'Nifty500 Wealth',
      kind: 'index',
      series: null,
      tickSize: null,
      lotSize: null,
    })
  })

  it('takes expiry and strike from their columns', async () => {
    expect(await readOne(rows.future)).toMatchObject({
      kind: 'future',
      expiry: '2026-08-25',
      strike: null,
      lotSize: 65,
    })
    expect(await readOne(rows.option)).toMatchObject({ kind: 'option', expiry: '2026-08-18', strike: '24350' })
    expect(await readOne(rows.currency)).toMatchObject({ id: 'CDS:USDINR26AUGFUT', tickSize: '0.0025' })
    expect(await readOne(rows.gold)).toMatchObject({ id: 'MCX:GOLDM26SEPFUT', tickSize: '1', lotSize: 100 })
  })

  it('counts rows of exchanges it does not know apart', async () => {
    expect(await readInstrumentList(listOf(rows.share, rows.foreign))).toMatchObject({ dropped: 0, foreign: 1 })
  })

  it('reads columns by name and lines of either ending', async () => {
    const reversed = (line: string) => line.split(',').toReversed().join(',')
    const text = [reversed(header), reversed(rows.option), ''].join('\r\n')
    expect((await readInstrumentList(text)).instruments.map(({ id }) => id)).toEqual(['NFO:NIFTY2681824350CE'])
  })

  it('drops a row that is not understood while it is no more than 1 %', async () => {
    const many = Array.from({ length: 199 }, () => rows.share)
    const wrongToken = rows.share.replace('25601', '25602')
    expect(await readInstrumentList(listOf(...many, wrongToken))).toMatchObject({ dropped: 1 })
    await expect(readInstrumentList(listOf(...many, wrongToken, wrongToken, wrongToken))).rejects.toThrow('3 of 202')
  })

  it.each([
    ['a token that does not follow', rows.share.replace('25601', '25602')],
    ['no token', rows.share.replace('25601', '')],
    ['no symbol', rows.share.replace('ACME,"', ',"')],
    ['an unknown type', rows.share.replace('EQ,NSE', 'XX,NSE')],
    ['a tick that is none', rows.share.replace('0.05', 'small')],
    ['too few cells', '25601,100,ACME'],
  ])('does not understand %s', async (_, line) => {
    await expect(readInstrumentList(listOf(line))).rejects.toThrow('1 of 1')
  })

  it.each([
    ['nothing', ''],
    ['a page', '<!doctype html>\n<html><body>Down</body></html>\n'],
    ['JSON', '{"status":"success","data":[]}'],
    ['a header alone', header],
    ['a list that lacks a column', `${header.replace('segment,', '')}\n${rows.share}`],
    ['a list of foreign exchanges alone', listOf(rows.foreign)],
  ])('rejects %s', async (_, text) => {
    await expect(readInstrumentList(text)).rejects.toThrow(/instrument list/)
  })

  it('reads rows across the pieces it takes a long list in', async () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, i) => `${i * 256 + 1},${i},S${i},"NAME, ${i}",0,,0,0.05,1,EQ,NSE,NSE`,
    )
    const { instruments, dropped } = await readInstrumentList(listOf(...lines))
    expect([instruments.length, dropped]).toEqual([20_000, 0])
    expect(instruments.every(({ name }, i) => name === `NAME, ${i}`)).toBe(true)
  })

  it('gives up on a quote that is never closed', async () => {
    const open = `25601,100,ACME,"${'x'.repeat(3 << 20)}`
    await expect(readInstrumentList(listOf(open))).rejects.toThrow(/not closed/)
  })
})

describe('createZerodhaDirectory', () => {
  it('translates both ways and leaves out what is of no kind', async () => {
    const { instruments } = await readInstrumentList(listOf(...Object.values(rows)))
    const directory = createZerodhaDirectory(instruments)
    expect(directory.find('NSE:WIDGET' as never)).toEqual({ key: 'NSE:WIDGET-BE', token: 26369 })
    expect(directory.find('NSE:NIFTY500 WEALTH' as never)).toEqual({ key: 'NSE:Nifty500 Wealth', token: 27145 })
    expect(directory.find('NSE:ACME-BL' as never)).toBeNull()
    expect([directory.idOf(25601), directory.idOf(26113)]).toEqual(['NSE:ACME', null])
  })

  it('takes the series a share is traded in, wherever it stands in the list', async () => {
    const small = '26881,105,ACME-BE,ACME,0,,0,0.05,1,EQ,NSE,NSE'
    const { instruments } = await readInstrumentList(listOf(small, rows.share))
    expect(createZerodhaDirectory(instruments).find('NSE:ACME' as never)?.token).toBe(25601)
  })

  it('uses the names it is told', async () => {
    const { instruments } = await readInstrumentList(listOf(rows.index, rows.share))
    const directory = createZerodhaDirectory(instruments, (row) =>
      row.kind === 'index' ? ('NSE:WEALTH' as never) : null,
    )
    expect(directory.find('NSE:WEALTH' as never)?.token).toBe(27145)
    expect(directory.idOf(25601)).toBeNull()
  })
})

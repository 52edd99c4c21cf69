import type { InstrumentId } from '@banyan/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTickCsv } from './tick-csv.ts'

const header = 'symbol,timestamp,ltp,volume\n'

async function parse(text: string) {
  const { ticks, rowsRead, rowsRejected } = await parseTickCsv([text])
  const rows = [...ticks.price].map((price, i) => [
    ticks.instruments[ticks.instrument[i] ?? -1],
    ticks.second[i],
    price,
    ticks.volume[i],
  ])
  return { rows, rowsRead, rowsRejected }
}

describe('the tick file reader', () => {
  it('reads canonical IDs, bare symbols and names with spaces, ordered by time over all instruments', async () => {
    const { rows } = await parse(
      `${header}NSE:TCS,09:15:01,10.05,5\nNSE:TCS,09:15:03,11,9\nNIFTY 50,09:15:02,15700.1,0\n`,
    )
    expect(rows).toEqual([
      ['NSE:TCS', 33301, 10.05, 5],
      ['NSE:NIFTY 50', 33302, 15700.1, 0],
      ['NSE:TCS', 33303, 11, 9],
    ])
  })

  it('puts late seconds in order, keeps the order inside a second, and never lets volume fall', async () => {
    const { rows } = await parse(`${header}A,09:15:02,1,100\nA,09:15:01,2,90\nA,09:15:02,3,95\nB,09:15:02,4,1\n`)
    expect(rows).toEqual([
      ['NSE:A', 33301, 2, 90],
      ['NSE:A', 33302, 1, 100],
      ['NSE:A', 33302, 3, 100],
      ['NSE:B', 33302, 4, 1],
    ])
  })

  it('counts and leaves out rows that are no tick', async () => {
    const bad = [
      'A,09:15:01,0,1',
      'A,09:15:01,-1,1',
      'A,24:00:00,1,1',
      'A,9:15:01,1,1',
      'A,09:15:01,x,1',
      'A,09:15:01,1e400,1',
    ]
    const worse = ['A,09:15:01,1', 'A,09:15:01,1,-1', ',09:15:01,1,1', 'A*,09:15:01,1,1', 'A']
    expect(await parse(`${header}${[...bad, ...worse].join('\n')}`)).toEqual({
      rows: [],
      rowsRead: 11,
      rowsRejected: 11,
    })
  })

  it('asks for the instrument of a foreign symbol', async () => {
    const toInstrument = (symbol: string) => (symbol === 'MM' ? ('NSE:M&M' as InstrumentId) : null)
    const { ticks, rowsRejected } = await parseTickCsv([`${header}MM,09:15:01,1,1\nXX,09:15:01,1,1\n`], {
      toInstrument,
    })
    expect([ticks.instruments, rowsRejected]).toEqual([['NSE:M&M'], 1])
  })

  it('reads the same wherever the text is cut, with either line end and with or without the last one', async () => {
    const text = `${header}A,09:15:01,1.5,1\nB,09:15:01,2.5,2\nA,09:15:02,3.5,3`
    const whole = await parseTickCsv([text])
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(text.length), { maxLength: 6 }),
        fc.boolean(),
        fc.boolean(),
        async (cuts, crlf, last) => {
          const written = (last ? `${text}\n` : text).replaceAll('\n', crlf ? '\r\n' : '\n')
          const bounds = [0, ...cuts.sort((a, b) => a - b), written.length]
          const pieces = bounds.slice(1).map((end, i) => written.slice(bounds[i], end))
          expect(await parseTickCsv(pieces)).toEqual(whole)
        },
      ),
    )
  })

  it('reads an empty file as an empty day', async () => {
    expect((await parse('')).rowsRead).toBe(0)
    expect((await parse(header)).rows).toEqual([])
  })
})

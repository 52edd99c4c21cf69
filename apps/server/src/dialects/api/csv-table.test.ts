import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { type CsvRow, readCsvRows } from './csv-table.ts'

/** Cuts a text at the given places, as a connection would. */
async function* piecesOf(text: string, cuts: readonly number[] = []): AsyncGenerator<string> {
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length]
  for (const [i, place] of places.entries()) if (i > 0) yield text.slice(places[i - 1], place)
}

async function rowsOf(text: string, cuts?: readonly number[]): Promise<CsvRow[]> {
  const rows: CsvRow[] = []
  for await (const row of readCsvRows(piecesOf(text, cuts))) rows.push(row)
  return rows
}

const cellsOf = async (text: string) => (await rowsOf(text)).map(({ cells }) => cells)

describe('rows of CSV text', () => {
  it('end with LF or CRLF, mixed as they may be, and keep line ends within quotes', async () => {
    expect(await cellsOf('a,b\r\n1,"x\r\ny"\n2,z\r\n3,"q"\r\n')).toEqual([
      ['a', 'b'],
      ['1', 'x\r\ny'],
      ['2', 'z'],
      ['3', 'q'],
    ])
  })

  it('have commas, semicolons or tabs, as the first line says', async () => {
    for (const delimiter of [',', ';', '\t'])
      expect(await cellsOf(`a${delimiter}b\n"1"${delimiter}"x,;y"`)).toEqual([
        ['a', 'b'],
        ['1', 'x,;y'],
      ])
  })

  it('know the line they begin on, blank ones and those within quotes counted', async () => {
    const rows = await rowsOf('a\n\n  \n"x\ny"\r\nz\n')
    expect(rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'a'],
      [4, 'x\ny'],
      [6, 'z'],
    ])
  })

  it('whose quotes do not match are told apart', async () => {
    const rows = await rowsOf('a,b\n1,"x"y\n2,z\n')
    expect(rows.some(({ isBroken }) => isBroken)).toBe(true)
    expect(rows[0]?.isBroken).toBe(false)
  })

  it('are none in an empty text', async () => {
    expect([await rowsOf(''), await rowsOf('\n'), await rowsOf(' \r\n\r\n')]).toEqual([[], [], []])
  })

  it('do not grow without end when a quote stays open', async () => {
    const reading = rowsOf(`a\n1\n"${'x'.repeat(300_000)}`, [100_000, 200_000, 290_000])
    await expect(reading).rejects.toMatchObject({
      code: 'invalid_parameter',
      details: [{ field: 'body', reason: expect.stringContaining('line 3') }],
    })
  })

  it('are what was written, wherever the text is cut', async () => {
    const cell = fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', '\t', ' ', 'a', 'ß', "'", '\\') })
    const table = fc.array(
      fc.tuple(
        cell,
        cell,
        cell.map((text) => `${text}.`),
      ),
      { minLength: 1, maxLength: 8 },
    )
    await fc.assert(
      fc.asyncProperty(table, fc.array(fc.nat(), { maxLength: 6 }), async (rows, cuts) => {
        const written = Papa.unparse([['one', 'two', 'three'], ...rows], { newline: '\r\n' })
        const read = await rowsOf(`${written}\r\n`, cuts)
        expect(read.map(({ cells }) => cells)).toEqual([['one', 'two', 'three'], ...rows])
        expect(read.map(({ line }) => line)).toEqual(linesOf([['one'], ...rows]))
        expect(read.every(({ isBroken }) => !isBroken)).toBe(true)
      }),
    )
  })
})

function linesOf(rows: readonly (readonly string[])[]): readonly number[] {
  let line = 1
  return rows.map((row) => {
    const own = line
    line += 1 + row.reduce((breaks, cell) => breaks + (cell.match(/\n/g)?.length ?? 0), 0)
    return own
  })
}

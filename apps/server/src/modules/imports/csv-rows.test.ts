import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from './csv-rows.ts'

async function read(chunks: readonly (string | Buffer)[], isLatin1 = false) {
  const rows: (readonly string[])[] = []
  const lines: number[] = []
  const broken: number[] = []
  for await (const chunk of readCsv(Readable.from(chunks.map((one) => Buffer.from(one))), () => isLatin1)) {
    for (const index of chunk.broken ?? []) broken.push(rows.length + index)
    rows.push(...chunk.rows)
    lines.push(...chunk.lines)
  }
  return { rows, lines, broken }
}

describe('readCsv', () => {
  it('numbers rows by the line they begin on, counting blank lines and line breaks in quotes', async () => {
    const { rows, lines } = await read(['a,b\n\n1,"two\nlines"\r\n3,"x ""y"""\n'])
    expect(rows).toEqual([
      ['a', 'b'],
      ['1', 'two\nlines'],
      ['3', 'x "y"'],
    ])
    expect(lines).toEqual([1, 3, 5])
  })

  it('gives the same rows and lines wherever the stream is cut', async () => {
    const cell = fc.stringMatching(/^[a-zé€ 0-9]{0,5}$/)
    const quoted = fc.stringMatching(/^[a-z,\n ]{0,6}$/).map((text) => `"${text.replaceAll('\n', '\r\n')}"`)
    const row = fc.tuple(fc.oneof(cell, quoted), fc.oneof(cell, quoted)).map((cells) => `x,${cells.join(',')}`)
    const table = fc.tuple(fc.array(row, { minLength: 1, maxLength: 8 }), fc.constantFrom('\n', '\r\n'))
    // The head is padded past the size up to which the stream is held back, so that cuts behind it matter.
    const pad = `${'p'.repeat(70_000)},q,r\n`
    await fc.assert(
      fc.asyncProperty(table, fc.array(fc.nat(200), { maxLength: 6 }), async ([rows, end], cuts) => {
        const bytes = Buffer.from(pad + rows.join(end))
        const whole = await read([bytes])
        const places = [...cuts]
          .map((cut) => pad.length + (cut % Math.max(1, bytes.length - pad.length)))
          .sort((a, b) => a - b)
        const parts = [0, ...places].map((from, i) => bytes.subarray(from, places[i] ?? bytes.length))
        expect(await read(parts)).toEqual(whole)
        expect(whole.rows).toHaveLength(rows.length + 1)
      }),
      { numRuns: 200 },
    )
  })

  it('drops a byte order mark and reads latin-1 when told', async () => {
    expect((await read(['\ufeffa,b\n'])).rows).toEqual([['a', 'b']])
    expect((await read([Buffer.from('a,É\n', 'latin1')], true)).rows).toEqual([['a', 'É']])
  })

  it('names rows whose quotes do not match', async () => {
    const { rows, broken } = await read(['a,b\n1,"x"y\n2,"z"\n'])
    expect(broken).toEqual([1])
    expect(rows[0]).toEqual(['a', 'b'])
  })

  it('gives up on a quote that is never closed instead of reading the file into memory', async () => {
    const lines = Array.from({ length: 40 }, () => `${'x,y\n'.repeat(16_000)}`)
    await expect(read(['a,b\n1,"open\n', ...lines])).rejects.toThrow(/Line 2: .*quote is probably not closed/)
  })

  it.each([
    ['a;b;c\n1;2;3\n', ['1', '2', '3']],
    ['a\tb\n1\t2\n', ['1', '2']],
    ['a|b\n1|2\n', ['1', '2']],
  ])('takes the delimiter from the first line of %j', async (text, row) => {
    expect((await read([text])).rows[1]).toEqual(row)
  })

  it.each([
    ['', /empty/],
    ['\n \n', /empty/],
    ['  <html>', /web page/],
    ['a\0b', /not text/],
  ])('refuses %j', async (text, message) => {
    await expect(read([text])).rejects.toThrow(message)
  })
})

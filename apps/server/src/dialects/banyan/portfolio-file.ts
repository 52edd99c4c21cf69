import { BanyanError } from '@banyan/domain'
import Papa from 'papaparse'
import {
  type FileRow,
  nearestFormat,
  type PortfolioFile,
  readTableHeader,
  type TableHeader,
  tableFormats,
} from '../../modules/portfolio/index.ts'
import { readCsvRows } from '../api/csv-table.ts'

/** Vendors write some lines above the header: the account, the dates, a title. More than these are no such lines. */
const mostTitles = 60
const mostTitleLength = 1 << 16
const delimiters = [',', ';', '\t']

/**
 * Finds the header of a file, with the lines above it. Throws `invalid_parameter` about the `body` when none of a known format is there, or
 * when it names a column twice.
 */
export async function openPortfolioFile(pieces: AsyncIterable<string>): Promise<PortfolioFile> {
  const text = createLineReader(pieces)
  const titles: string[] = []
  let length = 0
  for (let line = await text.peek(); line !== null; line = await text.peek()) {
    if (line.includes('\0')) throw refusal('must be UTF-8 text: save the file as CSV UTF-8, not as Unicode (UTF-16)')
    const header = headerOf(line)
    if (header !== null) return { titles: titles.map(toTitle), header, rows: rowsBelow(text.rest(), titles.length) }
    titles.push(line)
    length += line.length
    if (titles.length > mostTitles || length > mostTitleLength) break
    text.advance()
  }
  throw unknownFormat(titles)
}

/** The header's own line decides the delimiter. */
function headerOf(line: string): TableHeader | null {
  for (const delimiter of delimiters) {
    const header = readTableHeader(cellsOf(line, delimiter))
    if (header === null) continue
    if (header.doubled.length > 0) throw refusal(`has two columns for ${header.doubled.join(', ')}: remove one`)
    return header
  }
  return null
}

function cellsOf(line: string, delimiter: string): readonly string[] {
  return Papa.parse<string[]>(line, { delimiter }).data[0] ?? []
}

function toTitle(line: string): readonly string[] {
  return line.split(/[,;\t]/).map((cell) => cell.replaceAll('"', '').trim())
}

async function* rowsBelow(text: AsyncIterable<string>, linesAbove: number): AsyncGenerator<FileRow> {
  let isHeader = true
  for await (const row of readCsvRows(text)) {
    if (!isHeader) yield { ...row, line: row.line + linesAbove }
    isHeader = false
  }
}

/** Gives lines one by one, and what is left as it arrives. */
function createLineReader(pieces: AsyncIterable<string>) {
  const iterator = pieces[Symbol.asyncIterator]()
  let [text, at, end, isDone] = ['', 0, 0, false]
  return {
    /** Returns the line to come without its end; null behind the last. */
    async peek(): Promise<string | null> {
      for (end = text.indexOf('\n', at); end === -1 && !isDone; end = text.indexOf('\n', at)) {
        if (text.length - at > mostTitleLength) break
        const next = await iterator.next()
        if (next.done === true) isDone = true
        else text += next.value
      }
      if (end === -1) end = text.length
      return at >= text.length ? null : text.slice(at, end).replace(/\r$/, '')
    },
    advance(): void {
      at = end + 1
    },
    async *rest(): AsyncGenerator<string> {
      yield text.slice(at)
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
    },
  }
}

function unknownFormat(lines: readonly string[]): BanyanError {
  const nearest = nearestFormat(lines.flatMap((line) => delimiters.map((delimiter) => cellsOf(line, delimiter))))
  if (nearest === null)
    return refusal(`has no header line of a known format: ${tableFormats.map(({ title }) => title).join(', ')}`)
  const { format, missing } = nearest
  return refusal(
    `has no header line of a known format; a ${format.title} file also has the columns ${missing.join(', ')}`,
  )
}

function refusal(reason: string): BanyanError {
  return new BanyanError('invalid_parameter', { details: [{ field: 'body', reason }] })
}

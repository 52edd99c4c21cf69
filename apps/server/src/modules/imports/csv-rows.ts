import type { Readable } from 'node:stream'
import Papa, { type ParseError } from 'papaparse'
import { ImportFileError } from './import-file-error.ts'

/** Some rows of a file, in order. Blank lines are no rows. */
export interface CsvChunk {
  readonly rows: readonly (readonly string[])[]
  /** 1-based line each row begins on. */
  readonly lines: readonly number[]
  /** Indices of rows whose quotes do not match, so that their cells cannot be trusted; null when all do. */
  readonly broken: ReadonlySet<number> | null
}

/** The first chunk carries at least this much text, or the whole file: enough to see the header and how far bars lie apart. */
const headBytes = 1 << 16
/** A row longer than this has an open quote. */
const maxRowLength = 1 << 20

/**
 * Reads a CSV stream in chunks of some thousand rows with flat memory. The delimiter (comma, tab, semicolon, bar) is taken from the
 * first line; text is UTF-8, or latin-1 when `isLatin1` says so of the head. LF and CRLF may be mixed.
 */
export async function* readCsv(stream: Readable, isLatin1: (head: string) => boolean): AsyncGenerator<CsvChunk> {
  let parser: ChunkParser | null = null
  for await (const text of decoded(stream, isLatin1)) {
    if (parser === null) refuseOtherText(text)
    parser ??= createChunkParser(delimiterOf(text))
    const chunk = parser.push(text)
    if (chunk.rows.length > 0) yield chunk
  }
  const rest = parser?.end()
  if (rest && rest.rows.length > 0) yield rest
}

async function* decoded(stream: Readable, isLatin1: (head: string) => boolean): AsyncGenerator<string> {
  let decoder: Decoder | null = null
  let held: Buffer[] = []
  let heldBytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (decoder !== null) {
      yield decoder.write(chunk)
      continue
    }
    held.push(chunk)
    heldBytes += chunk.length
    if (heldBytes < headBytes) continue
    const head = Buffer.concat(held)
    held = []
    decoder = createDecoder(head, isLatin1)
    yield decoder.write(head)
  }
  const head = Buffer.concat(held)
  decoder ??= createDecoder(head, isLatin1)
  yield decoder.write(head) + decoder.end()
}

interface Decoder {
  write(bytes: Uint8Array): string
  end(): string
}

function createDecoder(head: Buffer, isLatin1: (head: string) => boolean): Decoder {
  const decoder = new TextDecoder(isLatin1(head.toString('latin1')) ? 'latin1' : 'utf-8')
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
}

/** An error page, a spreadsheet or a picture under a `.csv` name. */
function refuseOtherText(head: string): void {
  if (head.trim() === '') throw new ImportFileError('malformed', 'The file is empty.')
  if (/^\s*<(?:!doctype|html|\?xml|head|body)/i.test(head)) {
    throw new ImportFileError('malformed', 'The file is a web page, not data; the download was probably refused.')
  }
  if (head.includes('\0')) throw new ImportFileError('malformed', 'The file is not text.')
}

function delimiterOf(head: string): string {
  const line = head.slice(0, head.indexOf('\n') + 1 || undefined)
  const counts = [',', '\t', ';', '|'].map((d) => [line.split(d).length, d] as const)
  return counts.reduce((best, next) => (next[0] > best[0] ? next : best))[1]
}

interface ChunkParser {
  push(text: string): CsvChunk
  end(): CsvChunk
}

/** Papaparse's own stream reader hides where rows begin, so its parser is fed here: it leaves an unfinished last row for the next chunk. */
function createChunkParser(delimiter: string): ChunkParser {
  let carry = ''
  let line = 1
  const parse = (text: string, isLast: boolean): CsvChunk => {
    const parsed = new Papa.Parser({ delimiter, newline: '\n' }).parse(text, 0, !isLast) as {
      data: string[][]
      errors: ParseError[]
      meta: { cursor: number }
    }
    carry = isLast ? '' : text.slice(parsed.meta.cursor)
    if (carry.length > maxRowLength) {
      throw new ImportFileError(
        'malformed',
        `Line ${line + parsed.data.length}: a row is longer than 1 MiB; a quote is probably not closed.`,
      )
    }
    const chunk = numberRows(parsed.data, parsed.errors, line, text.includes('"'))
    line = chunk.nextLine
    return chunk
  }
  return {
    push: (text) => parse(joinLines(carry, text), false),
    end: () => parse(carry, true),
  }
}

/** Returns both texts with LF line ends. A CR at the very end is kept: its LF may come with the next text. */
function joinLines(carry: string, text: string): string {
  const joined = carry + text
  return joined.includes('\r\n') ? joined.replaceAll('\r\n', '\n') : joined
}

function numberRows(data: string[][], errors: ParseError[], firstLine: number, mayBeQuoted: boolean) {
  const bad = errors.length > 0 ? new Set(errors.map((error) => error.row)) : null
  const rows: string[][] = []
  const lines: number[] = []
  const broken = new Set<number>()
  let line = firstLine
  data.forEach((row, index) => {
    if (row.length > 1 || row[0]?.trim() !== '') {
      if (bad?.has(index)) broken.add(rows.length)
      rows.push(row)
      lines.push(line)
    }
    line += mayBeQuoted ? 1 + lineBreaksIn(row) : 1
  })
  return { rows, lines, broken: broken.size > 0 ? broken : null, nextLine: line }
}

function lineBreaksIn(row: readonly string[]): number {
  let count = 0
  for (const cell of row) if (cell.includes('\n')) count += cell.split('\n').length - 1
  return count
}

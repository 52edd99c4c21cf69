import { type InstrumentId, parseInstrumentId } from '@banyan/domain'
import { sortTicks, type TickDay } from './tick-day.ts'

export interface TickCsvOptions {
  /** Turns the file's symbol into an instrument; null leaves its rows out. By default a canonical ID or bare NSE symbol. */
  readonly toInstrument?: (symbol: string) => InstrumentId | null
}

export interface TickCsv {
  readonly ticks: TickDay
  readonly rowsRead: number
  /** Rows left out: a field missing, no time of day, a price that is not above zero, or a symbol nobody knows. */
  readonly rowsRejected: number
}

/**
 * Reads `symbol,timestamp,ltp,volume` (time of day `HH:MM:SS` IST, volume cumulative) from pieces of text cut anywhere.
 * The first line is the header. Fields carry no quotes. More than a million rows a second: it runs at every start.
 */
export async function parseTickCsv(
  chunks: Iterable<string> | AsyncIterable<string>,
  options: TickCsvOptions = {},
): Promise<TickCsv> {
  const rows = createTickRows(options.toInstrument ?? parseInstrumentId)
  let rest = ''
  for await (const chunk of chunks) {
    const text = rest + chunk
    const end = text.lastIndexOf('\n') + 1
    addLines(rows, text, end)
    rest = text.slice(end)
  }
  if (rest !== '') addLines(rows, `${rest}\n`, rest.length + 1)
  return rows.finish()
}

type TickRows = ReturnType<typeof createTickRows>

/** Adds the lines up to `end`, each of which ends in a line feed. Cutting fields by position makes no array per row. */
function addLines(rows: TickRows, text: string, end: number): void {
  for (let start = 0, newline = 0; start < end; start = newline + 1) {
    newline = text.indexOf('\n', start)
    const lineEnd = text[newline - 1] === '\r' ? newline - 1 : newline
    if (lineEnd > start) addLine(rows, text, start, lineEnd)
  }
}

function addLine(rows: TickRows, text: string, start: number, end: number): void {
  const first = text.indexOf(',', start)
  const second = first < 0 ? -1 : text.indexOf(',', first + 1)
  const third = second < 0 ? -1 : text.indexOf(',', second + 1)
  if (third < 0 || third > end) {
    rows.addBroken()
    return
  }
  const time = secondOfDay(text, first + 1, second)
  rows.add(text.slice(start, first), time, text.slice(second + 1, third), text.slice(third + 1, end))
}

function createTickRows(toInstrument: (symbol: string) => InstrumentId | null) {
  const positions = new Map<string, number>()
  const instruments: InstrumentId[] = []
  let columns = createColumns(1 << 16)
  let length = 0
  let lines = 0

  const positionOf = (symbol: string): number => {
    const known = positions.get(symbol)
    if (known !== undefined) return known
    const id = toInstrument(symbol)
    const position = id === null ? -1 : place(instruments, id)
    positions.set(symbol, position)
    return position
  }

  const add = (symbol: string, second: number, priceText: string, volumeText: string): void => {
    if (lines++ === 0) return
    const position = positionOf(symbol)
    const price = Number(priceText)
    const volume = Number(volumeText)
    if (position < 0 || second < 0 || !isPrice(price) || !isVolume(volume, volumeText)) return
    if (length === columns.price.length) columns = createColumns(length * 2, columns)
    columns.instrument[length] = position
    columns.second[length] = second
    columns.price[length] = price
    columns.volume[length] = volume
    length += 1
  }

  const addBroken = (): void => {
    lines += 1
  }

  const finish = (): TickCsv => {
    const rowsRead = Math.max(0, lines - 1)
    const ticks = sortTicks({
      instruments,
      instrument: columns.instrument.subarray(0, length),
      second: columns.second.subarray(0, length),
      price: columns.price.subarray(0, length),
      volume: columns.volume.subarray(0, length),
    })
    return { ticks, rowsRead, rowsRejected: rowsRead - length }
  }
  return { add, addBroken, finish }
}

type Columns = Omit<TickDay, 'instruments'>

/** Returns columns of `length` that begin with what `old` holds. */
function createColumns(length: number, old?: Columns): Columns {
  const columns = {
    instrument: new Uint16Array(length),
    second: new Uint32Array(length),
    price: new Float64Array(length),
    volume: new Float64Array(length),
  }
  if (old === undefined) return columns
  columns.instrument.set(old.instrument)
  columns.second.set(old.second)
  columns.price.set(old.price)
  columns.volume.set(old.volume)
  return columns
}

function place(instruments: InstrumentId[], id: InstrumentId): number {
  const at = instruments.indexOf(id)
  return at === -1 ? instruments.push(id) - 1 : at
}

const isPrice = (price: number) => Number.isFinite(price) && price > 0
const isVolume = (volume: number, text: string) => text !== '' && Number.isFinite(volume) && volume >= 0

/** Returns the second of the day written `HH:MM:SS` in `[from, to)`, −1 when it is none. */
function secondOfDay(text: string, from: number, to: number): number {
  if (to - from !== 8 || text[from + 2] !== ':' || text[from + 5] !== ':') return -1
  const [hour, minute, second] = [twoDigits(text, from), twoDigits(text, from + 3), twoDigits(text, from + 6)]
  return hour < 24 && minute < 60 && second < 60 ? (hour * 60 + minute) * 60 + second : -1
}

/** Returns 0 to 99, or 100 when the two characters are not digits. */
function twoDigits(text: string, at: number): number {
  const [tens, units] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48]
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : 100
}

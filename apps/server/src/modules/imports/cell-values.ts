import { dayMs, type EpochMs, istMidnight, parseTimestamp, parseTradingDate, type TradingDate } from '@banyan/domain'

/** `1,23,456.50` and `123,456.50`: what spreadsheets and exchange pages write inside quotes. */
const groupedNumber = /^-?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/
const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/

/** Returns the number a cell holds, null when it is blank or `-` (the exchanges' "none"), NaN when it is anything but a finite decimal number. */
export function parseNumber(cell: string): number | null {
  return parsePlainDigits(cell) ?? parseAnyNumber(cell.trim())
}

const powersOfTen = Array.from({ length: 16 }, (_, i) => 10 ** i)

/**
 * Returns the value of up to 15 digits with at most one point, null for any other text: nine tenths of all cells, at a third of the cost.
 * Both the digits as a whole number and the power of ten are exact, so their quotient is the double nearest to the text.
 */
function parsePlainDigits(cell: string): number | null {
  let digits = 0
  let value = 0
  let point = -1
  for (let i = 0; i < cell.length; i++) {
    const code = cell.charCodeAt(i)
    if (code >= 48 && code <= 57) {
      value = value * 10 + code - 48
      digits++
    } else if (code === 46 && point < 0) point = i
    else return null
  }
  if (digits === 0 || digits > 15) return null
  return point < 0 ? value : value / (powersOfTen[cell.length - point - 1] ?? Number.NaN)
}

function parseAnyNumber(text: string): number | null {
  if (text === '' || text === '-') return null
  if (plainNumber.test(text)) return finite(Number(text))
  return groupedNumber.test(text) ? finite(Number(text.replaceAll(',', ''))) : Number.NaN
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/** Returns the date written `2026-08-21`, `20260821`, `21-Aug-2026`, `21AUG2026` or, only when `dayFirst`, `21-08-2026`; else null. */
export function parseDate(cell: string, options: { dayFirst: boolean }): TradingDate | null {
  const text = cell.trim()
  const named = /^(\d{1,2})[- ]?([A-Za-z]{3})[- ]?(\d{4})$/.exec(text)
  if (named) return joinDate(named[3], String(months.indexOf((named[2] ?? '').toUpperCase()) + 1), named[1])
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (compact) return joinDate(compact[1], compact[2], compact[3])
  const dayFirst = options.dayFirst ? /^(\d{2})[-/](\d{2})[-/](\d{4})$/.exec(text) : null
  if (dayFirst) return joinDate(dayFirst[3], dayFirst[2], dayFirst[1])
  return parseTradingDate(text)
}

function joinDate(year = '', month = '', day = ''): TradingDate | null {
  return parseTradingDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}

/**
 * Returns a function from a cell to the epoch ms of its date (00:00 IST) or timestamp, NaN when unparsable. A timestamp without an
 * offset is read as IST, which is what every Indian file without one means. Dates repeat by the thousand, so they are remembered.
 */
export function createTimeParser(options: { dayFirst: boolean }): (cell: string) => EpochMs {
  const known = new Map<string, number>()
  const midnightOf = (text: string): number => {
    const found = known.get(text)
    if (found !== undefined) return found
    const date = parseDate(text, options)
    const midnight = date === null ? Number.NaN : istMidnight(date)
    // Copied: a slice would keep the whole chunk of the file it was cut from in memory.
    if (known.size < 100_000) known.set(Buffer.from(text).toString(), midnight)
    return midnight
  }
  return (cell) => {
    const text = cell.trim()
    const time = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\+05:?30)?$/.exec(text)
    if (!time?.[1]) return text.length > 11 ? (parseTimestamp(text) ?? Number.NaN) : midnightOf(text)
    const seconds = (Number(time[2]) * 60 + Number(time[3])) * 60 + Number(time[4] ?? 0)
    const inDay = Number(time[2]) < 24 && Number(time[3]) < 60 && Number(time[4] ?? 0) < 60 && seconds * 1000 < dayMs
    return inDay ? midnightOf(time[1]) + seconds * 1000 : Number.NaN
  }
}

/** Returns the date a daily file's name tells (`…_21082026.csv`, `cm21AUG2026bhav.csv`, `…_20260821_F_0000.csv`, `…2026-08-21…`), or null. */
export function dateInName(name: string): TradingDate | null {
  const dashed = /(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)/.exec(name)?.[1]
  if (dashed) return parseTradingDate(dashed)
  const named = /(?<!\d)(\d{2}[A-Za-z]{3}\d{4})(?!\d)/.exec(name)?.[1]
  if (named) return parseDate(named, { dayFirst: false })
  const digits = /(?<!\d)(\d{8})(?!\d)/.exec(name)?.[1]
  if (!digits) return null
  const yearFirst = /^(?:19|20)/.test(digits) ? parseDate(digits, { dayFirst: false }) : null
  return yearFirst ?? joinDate(digits.slice(4), digits.slice(2, 4), digits.slice(0, 2))
}

import {
  type Decimal,
  dayMs,
  type Exchange,
  isIsin,
  parseDecimal,
  parseTradingDate,
  roundDecimal,
  type TradingDate,
} from '@banyan/domain'

/** What became of one cell, or why it cannot be taken and what its owner can do. Reasons go on from the column's name. */
export type Cell<T> = { readonly value: T } | { readonly reason: string; readonly remedy: string }

/** More is no quantity and no price of anybody's, and would not be exact as a JSON number. */
const most = 1_000_000_000
const decimals = 6

const number = /^(?:₹|rs\.?|inr)?\s*(-?)\s*(\d+|\d{1,3}(?:,\d{2,3})*,\d{3})(\.\d*)?$/i

/** Reads units, 0 or more, with up to 6 decimals. */
export function readQuantity(text: string): Cell<Decimal> {
  const amount = readAmount(text)
  if ('reason' in amount) return amount
  if (!roundDecimal(amount.value, decimals).eq(amount.value))
    return { reason: `has more than ${decimals} decimals`, remedy: 'Write the units as the broker counts them.' }
  return amount
}

/** Reads rupees a unit, 0 or more. Averages come with any number of digits: what is behind the sixth is rounded. */
export function readPrice(text: string): Cell<Decimal> {
  const amount = readAmount(text)
  return 'reason' in amount ? amount : { value: roundDecimal(amount.value, decimals) }
}

function readAmount(text: string): Cell<Decimal> {
  const [, sign, digits, fraction = ''] = text.length > 60 ? [] : (number.exec(text) ?? [])
  const value =
    digits === undefined ? null : parseDecimal(`${digits.replaceAll(',', '')}${fraction.replace(/\.$/, '')}`)
  if (value === null)
    return { reason: 'is not a number', remedy: 'Write it as 1234.5 or 1,23,456.50, with a point before decimals.' }
  if (sign === '-' && !value.eq(0))
    return { reason: 'is below 0', remedy: 'Short positions and corrections cannot be imported: leave the row out.' }
  if (value.gt(most)) return { reason: 'is more than 1,000,000,000', remedy: 'Correct the number.' }
  return { value }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const dateForms = [
  /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})/,
  /^(?<d>\d{1,2})[-/.](?<m>\d{1,2})[-/.](?<y>\d{4}|\d{2})/,
  /^(?<d>\d{1,2})[- /](?<m>[a-z]{3})[a-z]*[- /,]+(?<y>\d{4}|\d{2})/i,
]

/** Reads a day as 2026-03-12, 12-03-2026, 12/03/26 (the day first) or 12-Mar-2026; a time after it is left to {@link readTime}. */
export function readDate(text: string): Cell<TradingDate> {
  const remedy = 'Write it as 2026-03-12, 12-03-2026 (the day first) or 12-Mar-2026.'
  for (const form of dateForms) {
    const match = form.exec(text)
    if (match?.groups === undefined || !/^(?:$|[T ,])/.test(text.slice(match[0].length))) continue
    const { y = '', m = '', d = '' } = match.groups
    const month = /\d/.test(m) ? m : String(months.indexOf(m.toLowerCase()) + 1)
    const year = y.length === 2 ? `20${y}` : y
    const date = parseTradingDate(`${year}-${month.padStart(2, '0')}-${d.padStart(2, '0')}`)
    return date === null ? { reason: 'is not an existing date', remedy } : { value: date }
  }
  return { reason: 'is not a date', remedy }
}

/** Reads the time of day in India that stands in a text, as `09:15:02`, `9:15` or `02:15:02 PM`, in milliseconds since midnight. */
export function readTime(text: string): Cell<number> {
  const match = /(?:^|[T ])(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s*([ap])m)?(?:\+05:?30)?$/i.exec(text)
  const [hour, minute, second] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3] ?? 0)]
  const isRight = match !== null && minute < 60 && second < 60 && (match[4] ? hour >= 1 && hour <= 12 : hour < 24)
  if (!isRight) return { reason: 'is not a time', remedy: 'Write it as 09:15:02, in India.' }
  const inDay = match[4] ? (hour % 12) + (match[4].toLowerCase() === 'p' ? 12 : 0) : hour
  return { value: (((inDay * 60 + minute) * 60 + second) * 1000) % dayMs }
}

/** Reads which way a trade went, in the words of any broker. */
export function readSide(text: string): Cell<'buy' | 'sell'> {
  if (/^(b|buy|bought|purchase)$/i.test(text)) return { value: 'buy' }
  if (/^(s|sell|sold|sale)$/i.test(text)) return { value: 'sell' }
  return { reason: 'is neither buy nor sell', remedy: 'Write buy or sell.' }
}

/** Reads the exchange of a share. */
export function readExchange(text: string): Cell<Exchange> {
  const name = /^(NSE|BSE)(?:[ _-]?(?:EQ|CM|CASH))?$/i.exec(text)?.[1]?.toUpperCase()
  if (name === 'NSE' || name === 'BSE') return { value: name }
  return { reason: 'is neither NSE nor BSE', remedy: 'Only shares and funds can be imported: leave the row out.' }
}

/** Reads the market segment for what it must be: that of shares or funds. */
export function readSegment(text: string): Cell<null> {
  if (/^(eq|equity|mf|cash|cm|nse|bse|rolling|normal|tt|t2t)$/i.test(text)) return { value: null }
  return {
    reason: 'is not the segment of shares or funds',
    remedy: 'Derivatives, currencies and commodities cannot be imported: leave the row out.',
  }
}

/** Reads the remarks on a trade for what they must not be: those on shares that nobody paid for. */
export function readRemarks(text: string): Cell<null> {
  if (!/\b(split|bonus)\b/i.test(text)) return { value: null }
  return {
    reason: 'tell of a split or bonus, which has no price',
    remedy: 'Write 0 as its price, or leave the row out.',
  }
}

export function readIsin(text: string): Cell<string> {
  const isin = text.toUpperCase()
  if (isIsin(isin)) return { value: isin }
  return { reason: 'is not an ISIN', remedy: 'An ISIN has 12 letters and digits, the last a check digit.' }
}

/** Reads the name or number an account or a trade has at its broker. */
export function readCode(text: string): Cell<string> {
  if (/^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,39}$/.test(text)) return { value: text }
  return { reason: 'is no number or name', remedy: 'Use up to 40 letters, digits and . _ / - characters.' }
}

/** Reads a symbol or a name: plain text of at most 64 characters. */
export function readName(text: string): Cell<string> {
  if (/^[\x20-\x7e]{1,64}$/.test(text) && !/[<>]/.test(text)) return { value: text }
  return { reason: 'is not a symbol', remedy: 'Use up to 64 plain characters.' }
}

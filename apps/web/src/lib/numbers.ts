const decimals = new Intl.NumberFormat('en-IN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const whole = new Intl.NumberFormat('en-IN', { maximumFractionDigits: 0 })

/** What stands where a number is not known: an en dash, never 0. */
const unknown = '–'

const minus = '\u2212'

/** Returns `12,34,567.89`: Indian grouping, 2 decimals, a real minus sign. Null gives {@link unknown}. */
export function formatRupees(value: number | null): string {
  return value === null ? unknown : decimals.format(value).replace('-', minus)
}

/** Returns a change in rupees or points with its sign, `+14.50`, `−3.10`, `0.00`; null gives {@link unknown}. */
export function formatChange(value: number | null): string {
  if (value === null) return unknown
  const text = decimals.format(Math.abs(value))
  return `${signOf(text, value)}${text}`
}

/** Returns a change in per cent with its sign, `+0.43%`; 0.43 means 0.43 %. Null gives {@link unknown}. */
export function formatPercent(value: number | null): string {
  return value === null ? unknown : `${formatChange(value)}%`
}

/** A change that is displayed as 0.00 has no sign, so that sign, colour and digits never contradict each other. */
function signOf(text: string, value: number): string {
  if (/^[0.]+$/.test(text)) return ''
  return value > 0 ? '+' : minus
}

/** Returns which way a change reads once it is rounded for display. */
export function directionOf(change: number | null): 'up' | 'down' | 'flat' {
  if (change === null) return 'flat'
  const text = formatChange(change)
  if (text.startsWith('+')) return 'up'
  return text.startsWith(minus) ? 'down' : 'flat'
}

/** Returns a number of units as `4,210`, `12.34 L` (lakh, 1,00,000) or `1.20 Cr` (crore, 1,00,00,000). */
export function formatVolume(units: number | null): string {
  if (units === null) return unknown
  const size = Math.abs(units)
  // 99,99,500 and more would read "100.00 L" when rounded to two decimals, which is one crore.
  if (size >= 9_999_500) return `${decimals.format(units / 10_000_000)} Cr`
  return size >= 100_000 ? `${decimals.format(units / 100_000)} L` : whole.format(units)
}

/** Returns rupees where there is little room: `₹842`, `₹12.35 L`, `−₹1.20 Cr`; null gives {@link unknown}. */
export function formatCompactRupees(value: number | null): string {
  if (value === null) return unknown
  const text = formatVolume(Math.abs(value))
  return `${value < 0 && text !== '0' ? minus : ''}₹${text}`
}

const upToFour = new Intl.NumberFormat('en-IN', { maximumFractionDigits: 4 })

/** Returns units held, `1,250` or `0.0042`, with a real minus sign for what was sold; null gives {@link unknown}. */
export function formatUnits(value: number | null): string {
  return value === null ? unknown : upToFour.format(value).replace('-', minus)
}

/** Which entries of the journal the address asks for: `?symbol=NSE:TCS&tag=swing&from=2026-01-01&to=2026-03-31`. */
export interface JournalSearch {
  symbol?: string
  tag?: string
  from?: string
  to?: string
}

/** Returns what is well-formed in an address and leaves out the rest. */
export function parseJournalSearch(search: Record<string, unknown>): JournalSearch {
  const symbol = textOf(search['symbol']).toUpperCase()
  const tag = textOf(search['tag'])
  const [from, to] = [dateOf(search['from']), dateOf(search['to'])]
  return {
    ...(symbol === '' ? {} : { symbol }),
    ...(tag === '' ? {} : { tag }),
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

function dateOf(value: unknown): string {
  const text = textOf(value)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : ''
}

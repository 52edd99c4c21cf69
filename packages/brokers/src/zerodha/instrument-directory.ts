import type { InstrumentId } from '@banyan/domain'
import type { ZerodhaInstrument } from './instrument-list.ts'

/** What the vendor calls an instrument. */
export interface ZerodhaName {
  /** As it is asked for: `NSE:IDEA-BE`. */
  readonly key: string
  readonly token: number
}

/** The day's instrument list as a two-way dictionary. */
export interface ZerodhaDirectory {
  find(id: InstrumentId): ZerodhaName | null
  idOf(token: number): InstrumentId | null
}

/** Which series a share's plain symbol means when it is listed in several: the one it is traded in. */
const seriesOrder = ['EQ', 'BE', 'BZ', 'SM', 'ST', 'SZ', 'IV', 'RR']

/**
 * Returns the dictionary of a list. `toInstrument` gives the ID under which a row is known here, null for none; by default the row's
 * own. Rows of no known kind are not in it.
 */
export function createZerodhaDirectory(
  instruments: readonly ZerodhaInstrument[],
  toInstrument: (row: ZerodhaInstrument) => InstrumentId | null = (row) => row.id,
): ZerodhaDirectory {
  const names = new Map<InstrumentId, ZerodhaName>()
  const ids = new Map<number, InstrumentId>()
  for (const row of instruments.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    const id = row.kind === null ? null : toInstrument(row)
    if (id === null || names.has(id)) continue
    names.set(id, { key: `${row.exchange}:${row.tradingSymbol}`, token: row.token })
    ids.set(row.token, id)
  }
  return { find: (id) => names.get(id) ?? null, idOf: (token) => ids.get(token) ?? null }
}

function rankOf({ series }: ZerodhaInstrument): number {
  const rank = series === null ? 0 : seriesOrder.indexOf(series)
  return rank === -1 ? seriesOrder.length : rank
}

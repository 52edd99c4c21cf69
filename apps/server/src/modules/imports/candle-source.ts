/** What is known about an origin of candles before its first row: see `CandleSource` of the candles module. */
export interface SourceDefinition {
  readonly id: string
  readonly rank: number
  readonly note: string | null
}

/** `sourceId` of a file whose rows each name their source. */
export const sourceByRow = 'by-row'

/** `sourceId` of a file that holds no candles. */
export const sourceOfLists = 'lists'

/** `sourceId` of a table of candles whose origin nobody named. */
export const sourceOfTables = 'csv'

const known: readonly SourceDefinition[] = [
  { id: 'nse', rank: 10, note: "Raw prices of NSE's end-of-day files." },
  { id: 'indices', rank: 15, note: "The index provider's daily values." },
  { id: 'bse', rank: 20, note: "Raw prices of BSE's end-of-day files." },
  { id: 'ticks', rank: 25, note: 'Minutes built from recorded ticks, prices as traded that day.' },
  { id: 'bundle', rank: 35, note: 'Bundled candles, on the price basis of the recorded day.' },
  { id: 'eod2', rank: 30, note: 'Partly adjusted for splits, as of May 2023.' },
  { id: 'yahoo', rank: 40, note: 'Adjusted for splits, not for dividends.' },
]

const form = /^[a-z0-9][a-z0-9:._-]{0,39}$/

/** Tells whether a text can name a source, in any case. */
export function isSourceId(text: string): boolean {
  return toSource(text) !== null
}

/** Returns the definition of a source by its id in any case, or null when the text cannot be one. */
export function toSource(text: string): SourceDefinition | null {
  const id = text.trim().toLowerCase()
  if (!form.test(id) || id === sourceByRow || id === sourceOfLists) return null
  const found = known.find((source) => source.id === id)
  if (found) return found
  // A source column names provider and compiler: `nse:eod2`. What an exchange published comes before what a vendor did.
  if (/^(?:nse|bse|niftyindices):/.test(id)) return { id, rank: 16, note: null }
  return { id, rank: id.startsWith('yahoo:') ? 40 : 50, note: 'Price basis as the file gave it.' }
}

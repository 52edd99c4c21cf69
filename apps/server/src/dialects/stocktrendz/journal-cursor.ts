import type { EntryPlace } from '../../modules/journal/index.ts'
import type { Parsed } from '../api/parameters.ts'

/** Returns the cursor of the page that begins behind an entry: its place in the order, so that entries that come or go meanwhile neither repeat nor hide others. */
export function cursorAfter(place: EntryPlace | null): string | null {
  return place && Buffer.from(`${place.openedAt} ${place.id}`).toString('base64url')
}

export function parseCursor(text: string): Parsed<EntryPlace> {
  const plain = /^[\w-]{1,100}$/.test(text) ? Buffer.from(text, 'base64url').toString() : ''
  const [, openedAt, id] = /^(-?\d{1,15}) (jrn_[\w-]{16})$/.exec(plain) ?? []
  if (openedAt === undefined || id === undefined) return { reason: 'must be the next_cursor of a page' }
  return { value: { openedAt: Number(openedAt), id } }
}

import { placeOf, type Signal, type SignalOrder, type SignalPlace } from '../../modules/analysis/index.ts'
import type { Parsed } from '../api/parameters.ts'
import { nameOfOrder } from './signal-sort.ts'

/** A place, and the name of the order it is a place of; empty for the rank's own. */
export interface SignalCursor extends SignalPlace {
  readonly order: string
}

/**
 * Returns the cursor of the page that begins behind a signal: its place in the order, so that signals which come or go meanwhile neither
 * repeat nor hide the others. Clients treat it as opaque.
 */
export function cursorAfter(signal: Signal | undefined, order: SignalOrder | null): string | null {
  if (signal === undefined) return null
  const { key, rank } = placeOf(signal, order)
  return Buffer.from(JSON.stringify([nameOfOrder(order), key, ...rank])).toString('base64url')
}

export const cursorReason = 'must be the next_cursor of a page in the same order'

export function parseCursor(text: string): Parsed<SignalCursor> {
  const cursor = /^[\w-]{1,600}$/.test(text) ? parsePlace(Buffer.from(text, 'base64url').toString()) : null
  return cursor === null ? { reason: cursorReason } : { value: cursor }
}

function parsePlace(json: string): SignalCursor | null {
  const list = parseList(json)
  const [order, key, verdict, confidence, symbol, rest] = list ?? []
  if (list?.length !== 6 || typeof order !== 'string' || !isKey(key)) return null
  if (typeof symbol !== 'string' || typeof rest !== 'string') return null
  if (typeof verdict !== 'number' || typeof confidence !== 'number') return null
  return { order, key, rank: [verdict, confidence, symbol, rest] }
}

const isKey = (value: unknown): value is SignalPlace['key'] =>
  value === null || typeof value === 'string' || typeof value === 'number'

function parseList(json: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

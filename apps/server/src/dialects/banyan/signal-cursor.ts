import { rankOf, type Signal, type SignalRank } from '../../modules/analysis/index.ts'
import type { Parsed } from '../api/parameters.ts'

/**
 * Returns the cursor of the page that begins behind a signal: its place in the order, so that signals which come or go meanwhile neither
 * repeat nor hide the others. Clients treat it as opaque.
 */
export function cursorAfter(signal: Signal | undefined): string | null {
  return signal === undefined ? null : Buffer.from(JSON.stringify(rankOf(signal))).toString('base64url')
}

export function parseCursor(text: string): Parsed<SignalRank> {
  const rank = /^[\w-]{1,400}$/.test(text) ? parseRank(Buffer.from(text, 'base64url').toString()) : null
  return rank === null ? { reason: 'must be the next_cursor of a page' } : { value: rank }
}

function parseRank(json: string): SignalRank | null {
  const list = parseList(json)
  const [verdict, confidence, symbol, rest] = list ?? []
  if (list?.length !== 4 || typeof symbol !== 'string' || typeof rest !== 'string') return null
  return typeof verdict === 'number' && typeof confidence === 'number' ? [verdict, confidence, symbol, rest] : null
}

function parseList(json: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

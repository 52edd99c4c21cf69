import type {
  CandlesReply,
  Instrument,
  InstrumentsReply,
  MarketMapReply,
  MoversReply,
  QuotesReply,
  Snapshot,
} from '@banyan/contracts'
import { inventedCandles } from './invented-candles.ts'
import { inventedIndices, inventedSectors, inventedShares, type Listed } from './invented-listings.ts'
import {
  disclaimer,
  inventedPrice,
  inventedProvenance,
  marketTimestamp,
  modeOf,
  recordedDate,
  type Scene,
  unpriced,
} from './invented-prices.ts'

export const replayOpen: Scene = { mode: 'replay', state: 'open', prices: 'all' }

const all = [...inventedIndices, ...inventedSectors, ...inventedShares]

export function inventedSnapshot(scene: Scene, elapsedMs: number): Snapshot {
  const nifty = index(scene, 'NSE:NIFTY 50', elapsedMs)
  const banknifty = index(scene, 'NSE:NIFTY BANK', elapsedMs)
  const sensex = index(scene, 'BSE:SENSEX', elapsedMs)
  return {
    nifty_price: nifty.last_price,
    nifty_change: nifty.change_percent,
    banknifty_price: banknifty.last_price,
    banknifty_change: banknifty.change_percent,
    sensex_price: sensex.last_price,
    sensex_change: sensex.change_percent,
    indices: { nifty, banknifty, sensex },
    signals: [],
    sectors: sectorMoves(scene, elapsedMs),
    market: {
      is_open: scene.state === 'open',
      as_of_ist: nifty.as_of,
      state: scene.state,
      next_open_ist: '2026-11-23T09:15:00+05:30',
      holiday: null,
      calendar_warning: null,
      ...modeOf(scene),
    },
    disclaimer,
  }
}

function index(scene: Scene, instrument: string, elapsedMs: number): Snapshot['indices']['nifty'] {
  const listed = all.find((candidate) => candidate.instrument === instrument)
  if (!listed || scene.prices === 'none') return { instrument, ...unpriced, change_percent: null }
  const { change: _points, ...price } = inventedPrice(listed, elapsedMs)
  return { instrument, ...price, ...inventedProvenance(scene, elapsedMs) }
}

function sectorMoves(scene: Scene, elapsedMs: number): Snapshot['sectors'] {
  if (scene.prices === 'none') return []
  return inventedSectors
    .map((sector) => ({ sector, change: inventedPrice(sector, 0).change_percent }))
    .sort((a, b) => b.change - a.change)
    .map(({ sector, change }) => ({
      name: sector.symbol,
      instrument: sector.instrument,
      change,
      ...inventedProvenance(scene, elapsedMs),
    }))
}

export function inventedMovers(scene: Scene, limit: number, elapsedMs: number): MoversReply {
  const rows = shareMoves(scene, elapsedMs)
  const rising = rows.filter(({ change }) => change > 0).sort((a, b) => b.change_percent - a.change_percent)
  const falling = rows.filter(({ change }) => change < 0).sort((a, b) => a.change_percent - b.change_percent)
  return {
    gainers: rising.slice(0, limit),
    losers: falling.slice(0, limit),
    priced_count: rows.length,
    as_of_ist: marketTimestamp(elapsedMs),
    market: modeOf(scene),
  }
}

function shareMoves(scene: Scene, elapsedMs: number) {
  const shares = scene.prices === 'none' ? [] : inventedShares
  return shares.map((share) => ({
    instrument: share.instrument,
    name: share.name,
    sector: share.sector,
    ...inventedPrice(share, elapsedMs),
    ...inventedProvenance(scene, elapsedMs),
  }))
}

/** Of the first share the most is traded, of each after it a little less, at the same pace all day. */
export function inventedMarketMap(scene: Scene, limit: number, elapsedMs: number): MarketMapReply {
  const moves = shareMoves(scene, elapsedMs)
  const traded = scene.volumes === 'none' ? [] : moves
  const shares = traded.map((move, place) => {
    const volume = Math.round(6_000_000_000 / (place + 3) / move.prev_close)
    return { ...move, volume, traded_value: Math.round(volume * move.last_price * 100) / 100 }
  })
  return {
    shares: shares.slice(0, limit),
    traded_count: shares.length,
    without_volume_count: moves.length - shares.length,
    as_of_ist: marketTimestamp(elapsedMs),
    market: modeOf(scene),
  }
}

export function inventedQuotes(scene: Scene, symbols: readonly string[], elapsedMs: number): QuotesReply {
  const known = all.filter(({ instrument }) => symbols.includes(instrument))
  const quote = (listed: Listed) =>
    scene.prices === 'none'
      ? { ...unpriced, change: null, change_percent: null }
      : { ...inventedPrice(listed, elapsedMs), ...inventedProvenance(scene, elapsedMs) }
  return {
    quotes: Object.fromEntries(
      known.map((listed) => [listed.instrument, { currency: 'INR', fallback_reason: null, ...quote(listed) }]),
    ),
    missing: symbols.filter((symbol) => !known.some(({ instrument }) => instrument === symbol)),
    as_of_ist: marketTimestamp(elapsedMs),
    market: modeOf(scene),
  }
}

interface CandleQuestion {
  readonly instrument: string
  readonly interval: CandlesReply['interval']
  readonly from: string | null
  readonly adjusted: boolean
}

/** Returns null for an instrument no list knows. */
export function inventedCandlesReply(scene: Scene, question: CandleQuestion): CandlesReply | null {
  const { instrument, interval, from, adjusted } = question
  const listed = all.find((candidate) => candidate.instrument === instrument)
  if (!listed) return null
  const candles = scene.prices === 'none' ? [] : inventedCandles(listed, interval, recordedDate, from)
  const { source, as_of, age_ms, delay } = candles.length === 0 ? unpriced : inventedProvenance(scene, 0)
  return {
    instrument,
    interval,
    adjusted,
    candles,
    truncated: false,
    adjustments: [],
    unexplained_jumps: [],
    source_note: null,
    source,
    as_of,
    age_ms,
    delay,
    market: modeOf(scene),
  }
}

export function inventedInstruments(q: string, limit: number): InstrumentsReply {
  const wanted = q.toUpperCase()
  const found = all.filter(({ symbol, name }) => symbol.includes(wanted) || name.toUpperCase().includes(wanted))
  return { instruments: found.slice(0, limit).map(entry), total: found.length }
}

function entry({ instrument, symbol, name, sector, kind }: Listed): Instrument {
  const exchange = instrument.startsWith('BSE') ? 'BSE' : 'NSE'
  const share = kind === 'equity'
  const series = share ? 'EQ' : null
  return {
    instrument,
    symbol,
    exchange,
    name,
    isin: null,
    kind,
    series,
    sector,
    lot_size: share ? 1 : null,
    tick_size: null,
  }
}

import { type EpochMs, formatIst, type InstrumentId } from '@banyan/domain'
import type { MarketModule, PricedQuote } from '../../modules/market/index.ts'
import { flattened, toAscii } from './ascii-json.ts'
import { toAgeMs } from './provenance.ts'
import { dropOldest } from './remembered.ts'
import { roundedChange } from './rounded-change.ts'

interface PreparedQuote {
  readonly lastPrice: number
  readonly prevClose: number | null
  readonly asOf: EpochMs
  readonly source: string
  /** Everything from the key up to the age. */
  readonly text: string
}

/** More instruments than this are not kept prepared; the oldest preparation goes first. */
const keptAtMost = 20_000

/** Renders one member of `quotes`. */
export type QuoteText = (instrument: InstrumentId, quote: PricedQuote | null, now: EpochMs) => string

/**
 * Returns the function that renders one member of `quotes` as ASCII JSON text. What only changes with a price is prepared once per price;
 * per answer only the age and the delay class are put in.
 */
export function createQuoteTexts(market: Pick<MarketModule, 'fallbackReason'>): QuoteText {
  const prepared = new Map<InstrumentId, PreparedQuote>()
  return (instrument, quote, now) => {
    if (quote === null) return `${JSON.stringify(instrument)}:${unpriced}`
    let known = prepared.get(instrument)
    if (known === undefined || !isSamePrice(known, quote)) {
      known = prepare(instrument, quote)
      prepared.delete(instrument)
      prepared.set(instrument, known)
      if (prepared.size > keptAtMost) dropOldest(prepared)
    }
    return `${known.text}${toAgeMs(now, quote.asOf)},"delay":"${quote.delay}","fallback_reason":${reasonText(market, quote)}}`
  }
}

function reasonText(market: Pick<MarketModule, 'fallbackReason'>, { source }: PricedQuote): string {
  const reason = market.fallbackReason(source)
  return reason === null ? 'null' : toAscii(JSON.stringify(reason))
}

const unpriced =
  '{"last_price":null,"prev_close":null,"change":null,"change_percent":null,"currency":"INR","source":null,"as_of":null,"age_ms":null,"delay":null,"fallback_reason":null}'

function isSamePrice(known: PreparedQuote, quote: PricedQuote): boolean {
  return (
    known.lastPrice === quote.lastPrice &&
    known.asOf === quote.asOf &&
    known.prevClose === quote.prevClose &&
    known.source === quote.source
  )
}

function prepare(instrument: InstrumentId, quote: PricedQuote): PreparedQuote {
  const { lastPrice, prevClose, asOf, source } = quote
  const { change, changePercent } = roundedChange(quote)
  const priced = { last_price: lastPrice, prev_close: prevClose, change, change_percent: changePercent }
  const head = toAscii(JSON.stringify({ ...priced, currency: 'INR', source, as_of: formatIst(asOf) }))
  const text = flattened(`${JSON.stringify(instrument)}:${head.slice(0, -1)},"age_ms":`)
  return { lastPrice, prevClose, asOf, source, text }
}

import { addDays, type EpochMs, istDate, type TradingDate } from '@banyan/domain'
import { FaultOrderError } from '../core/fault.ts'
import type { ImitatedUpstream, SandboxAnswer, SandboxCall, SandboxContext } from '../core/upstream.ts'
import { createVendorFaults } from '../core/vendor-faults.ts'
import { type AskedRange, readRange } from './asked-range.ts'
import { chartBody } from './chart-body.ts'
import { closeBefore, type DailyBarsParts, dailyBars, openingOf, type YahooBar } from './daily-bars.ts'
import { findSymbol } from './yahoo-symbols.ts'

const chartPath = '/v8/finance/chart/'
const lagMs = 15 * 60_000

/** Yahoo's chart endpoint as upstreams.md §4 describes it: daily bars with all their faults, and prices of a quarter of an hour ago. */
export function createYahoo({ clock, seed, market }: SandboxContext): ImitatedUpstream {
  const faults = createVendorFaults()
  const priceTime = () => faults.pricesAt(clock.now()) - lagMs

  const answerChart = (symbol: string, query: URLSearchParams): SandboxAnswer => {
    const asOf = priceTime()
    const found = findSymbol(symbol, market, istDate(asOf))
    const price = found && market.price(found.instrument.id, asOf)
    if (!found || !price) return failure(404, null)
    const asked = readRange(query, asOf)
    if (asked === null) return failure(422, 'Invalid input - range or period1 and period2 are not valid')
    if ((query.get('interval') ?? '1d') !== '1d') return failure(422, 'Invalid input - interval is not supported')
    const parts = { market, seed, instrument: found.instrument, asOf }
    const bars = barsIn(asked, parts, istDate(price.lastTradeAt))
    const kept = found.isNearlyEmpty ? bars.slice(-1) : bars
    const previousClose = previousCloseOf(kept, parts, price.prevClose)
    const wantsDividends = (query.get('events') ?? '').split(/[|,]/).includes('div')
    return json(200, chartBody({ symbol, price, bars: kept, asked, previousClose, wantsDividends, ...found }))
  }

  return {
    provider: 'yahoo',
    operationOf: ({ path }) => (path.startsWith(chartPath) ? 'chart' : null),
    answer({ method, path, query, headers }: SandboxCall) {
      // Programs that say what they are get nothing.
      if (faults.use('rate_limit') || !/Mozilla/.test(headers['user-agent'] ?? '')) return failure(429, null)
      const symbol = path.startsWith(chartPath) ? decoded(path.slice(chartPath.length)) : null
      if (symbol === null || method !== 'GET') return failure(404, null)
      return answerChart(symbol, query)
    },
    failure,
    secretsIn: () => [],
    applyFault(fault) {
      if (fault.kind !== 'rate_limit' && fault.kind !== 'stale') {
        throw new FaultOrderError(`yahoo has no fault ${fault.kind}`)
      }
      faults.apply(fault, clock.now())
    },
  }
}

function barsIn(asked: AskedRange, parts: DailyBarsParts, latest: TradingDate): readonly YahooBar[] {
  if (asked.kind === 'last') return dailyBars(parts, addDays(latest, -asked.bars * 2 - 15), latest).slice(-asked.bars)
  const from = istDate(Math.max(asked.from, 0))
  return from > latest ? [] : dailyBars(parts, from, latest).filter(({ date }) => isWithin(date, asked))
}

/** A bar counts by its stamp, which is the opening. */
function isWithin(date: TradingDate, { from, to }: { readonly from: EpochMs; readonly to: EpochMs }): boolean {
  return openingOf(date) >= from && openingOf(date) < to
}

/** The close before the start of the range, whatever its length; of the first bar there is, its own open. */
function previousCloseOf(bars: readonly YahooBar[], parts: DailyBarsParts, beforeLatest: number): number {
  const [first] = bars
  if (first === undefined) return beforeLatest
  return closeBefore(parts, first.date) ?? first.open ?? beforeLatest
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

const errorCodes: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  404: 'Not Found',
  422: 'Unprocessable Entity',
}

/** Returns a failure as Yahoo sends it: a block is a plain text, all others JSON. */
function failure(status: number, text: string | null): SandboxAnswer {
  if (status === 429)
    return { status, headers: { 'content-type': 'text/plain' }, body: text ?? 'Too Many Requests\r\n' }
  const description =
    text ?? (status === 404 ? 'No data found, symbol may be delisted' : 'The service is not available')
  return json(status, { chart: { result: null, error: { code: errorCodes[status] ?? 'Bad Request', description } } })
}

function json(status: number, body: object): SandboxAnswer {
  return { status, headers: { 'content-type': 'application/json;charset=utf-8' }, body: JSON.stringify(body) }
}

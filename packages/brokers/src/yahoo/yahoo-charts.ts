import type { InstrumentId, TradingDate } from '@banyan/domain'
import { addDays, istMidnight } from '@banyan/domain'
import type { UpstreamPort } from '../http/upstream-port.ts'
import { type Chart, type ChartBar, readChart } from './chart.ts'
import { browserHeaders, yahooOperations } from './operations.ts'
import { yahooSymbolOf } from './symbols.ts'

type Asked = readonly (readonly [string, string])[]

/** Returns the chart of today; null for an instrument Yahoo does not know or has no name for. Rejects as the port does. */
export function fetchToday(port: UpstreamPort, instrument: InstrumentId, signal: AbortSignal): Promise<Chart | null> {
  const query = [
    ['interval', '1d'],
    ['range', '1d'],
  ] as const
  return fetchChart(port, { instrument, query, range: 'day', rank: 'quotes', signal })
}

/**
 * Returns the daily bars from one date to another, both included, ascending, adjusted for splits and not for dividends. Bars of days on which
 * nothing was traded are among them: the caller's calendar decides (upstreams.md §4). Null for an instrument Yahoo does not know.
 */
export async function fetchDailyBars(
  port: UpstreamPort,
  asked: {
    readonly instrument: InstrumentId
    readonly from: TradingDate
    readonly to: TradingDate
    readonly signal: AbortSignal
  },
): Promise<readonly ChartBar[] | null> {
  const { instrument, from, to, signal } = asked
  const seconds = (date: TradingDate) => String(istMidnight(date) / 1_000)
  const query = [
    ['period1', seconds(from)],
    ['period2', seconds(addDays(to, 1))],
    ['interval', '1d'],
    ['events', 'div|split'],
  ] as const
  const chart = await fetchChart(port, { instrument, query, range: 'longer', rank: 'history', signal })
  return chart === null ? null : chart.bars.filter(({ date }) => date >= from && date <= to)
}

async function fetchChart(
  port: UpstreamPort,
  asked: {
    readonly instrument: InstrumentId
    readonly query: Asked
    readonly range: 'day' | 'longer'
    readonly rank: 'quotes' | 'history'
    readonly signal: AbortSignal
  },
): Promise<Chart | null> {
  const symbol = yahooSymbolOf(asked.instrument)
  if (symbol === null) return null
  return port.call({
    operation: yahooOperations.chart,
    path: { symbol },
    query: asked.query,
    headers: browserHeaders,
    limitKey: null,
    rank: asked.rank,
    secrets: [],
    signal: asked.signal,
    read: (answer) => readChart(answer, asked.range),
  })
}

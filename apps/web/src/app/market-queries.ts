import type { BanyanClient } from '@banyan/client'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { daysBefore } from '../lib/ist.ts'
import { patient } from '../lib/retry.ts'
import { ranges, type View } from '../lib/view.ts'
import { createAnalysisQueries } from './analysis-queries.ts'

/** How often each is asked while the page is visible, in milliseconds. */
export const pollMs = { snapshot: 2_000, movers: 5_000, marketMap: 5_000, candles: 30_000 } as const

/** Shares on the market map: more would be tiles too small for their symbols. */
const mapShares = 120

const sparklineDays = 120

export type MarketQueries = ReturnType<typeof createMarketQueries>

/**
 * Returns the page's only questions to the server. None polls by itself: one component asks for each interval, all others
 * read the same answer, so that twenty rows are not twenty timers.
 */
export function createMarketQueries(client: BanyanClient) {
  return {
    ...createAnalysisQueries(client),
    snapshot: queryOptions({
      queryKey: ['snapshot'],
      queryFn: ({ signal }) => client.snapshot({ signal }),
      staleTime: pollMs.snapshot,
      ...patient,
    }),
    movers: queryOptions({
      queryKey: ['movers'],
      queryFn: ({ signal }) => client.movers(6, { signal }),
      staleTime: pollMs.movers,
      ...patient,
    }),
    marketMap: queryOptions({
      queryKey: ['market-map'],
      queryFn: ({ signal }) => client.marketMap(mapShares, { signal }),
      staleTime: pollMs.marketMap,
      ...patient,
    }),
    quote: (instrument: string) =>
      queryOptions({
        queryKey: ['quote', instrument],
        queryFn: ({ signal }) => client.quotes([instrument], { signal }),
        staleTime: pollMs.snapshot,
        ...patient,
      }),
    candles: (view: View, date: string | null) =>
      queryOptions({
        queryKey: ['candles', view, date],
        queryFn: ({ signal }) =>
          client.candles(view.instrument, {
            interval: view.interval,
            adjusted: view.adjusted,
            ...startOf(view, date),
            signal,
          }),
        staleTime: pollMs.candles,
        ...patient,
      }),
    recentCloses: (instrument: string, date: string) =>
      queryOptions({
        queryKey: ['recent-closes', instrument, date],
        queryFn: ({ signal }) => client.candles(instrument, { from: daysBefore(date, sparklineDays), signal }),
        select: ({ candles }) => candles.map(({ close }) => close),
        staleTime: 300_000,
        ...patient,
      }),
    search: (q: string) =>
      queryOptions({
        queryKey: ['instruments', q],
        queryFn: ({ signal }) => client.instruments(q, 8, { signal }),
        placeholderData: keepPreviousData,
        staleTime: 60_000,
        ...patient,
      }),
    /** The list entry of one instrument; null when the list does not know it. */
    instrument: (instrument: string) =>
      queryOptions({
        queryKey: ['instrument', instrument],
        queryFn: ({ signal }) => client.instruments(instrument.slice(instrument.indexOf(':') + 1), 50, { signal }),
        select: ({ instruments }) => instruments.find((candidate) => candidate.instrument === instrument) ?? null,
        staleTime: Number.POSITIVE_INFINITY,
        ...patient,
      }),
  }
}

function startOf(view: View, date: string | null): { from?: string } {
  const days = ranges.find(({ value }) => value === view.range)?.days ?? null
  return days === null || date === null ? {} : { from: daysBefore(date, days) }
}

const MarketQueriesContext = createContext<MarketQueries | null>(null)

export const MarketQueriesProvider = MarketQueriesContext.Provider

export function useMarketQueries(): MarketQueries {
  const queries = useContext(MarketQueriesContext)
  if (!queries) throw new Error('MarketQueriesProvider is missing above this component.')
  return queries
}

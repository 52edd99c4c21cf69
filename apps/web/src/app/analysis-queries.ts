import type { BanyanClient, InstrumentPatternsReply } from '@banyan/client'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { patient } from '../lib/retry.ts'
import { filterOf, type SignalsSearch } from '../lib/signals-search.ts'

/** The server looks for patterns when a bar is complete; asking more often brings the same. */
const freshMs = 60_000

export type PatternInterval = InstrumentPatternsReply['interval']

/** Returns the questions about patterns, signals and what resembles the present. */
export function createAnalysisQueries(client: BanyanClient) {
  return {
    catalogue: queryOptions({
      queryKey: ['patterns'],
      queryFn: ({ signal }) => client.patterns({ signal }),
      staleTime: freshMs,
      // While the records are measured their figures grow; afterwards they stay for the day.
      refetchInterval: ({ state }) => (state.data?.measuring ? 5_000 : false),
      ...patient,
    }),
    patternsOf: (instrument: string, interval: PatternInterval) =>
      queryOptions({
        queryKey: ['patterns', instrument, interval],
        queryFn: ({ signal }) => client.instrumentPatterns(instrument, { interval, signal }),
        staleTime: freshMs,
        refetchInterval: freshMs,
        ...patient,
      }),
    analysis: (instrument: string) =>
      queryOptions({
        queryKey: ['analysis', instrument],
        queryFn: ({ signal }) => client.analysis(instrument, { signal }),
        staleTime: freshMs,
        refetchInterval: freshMs,
        ...patient,
      }),
    matches: (instrument: string) =>
      queryOptions({
        queryKey: ['matches', instrument],
        queryFn: ({ signal }) => client.matches(instrument, { signal }),
        staleTime: 10 * freshMs,
        ...patient,
      }),
    /** Daily adjusted closes of another instrument's past stretch. */
    stretch: (instrument: string, from: string, to: string) =>
      queryOptions({
        queryKey: ['stretch', instrument, from, to],
        queryFn: ({ signal }) => client.candles(instrument, { from, to, signal }),
        select: ({ candles }) => candles.map(({ close }) => close),
        staleTime: Number.POSITIVE_INFINITY,
        ...patient,
      }),
    signals: (search: SignalsSearch) =>
      infiniteQueryOptions({
        queryKey: ['signals', filterOf(search), search.order ?? null],
        queryFn: ({ signal, pageParam }) =>
          client.signals({
            ...filterOf(search),
            ...(search.order === undefined ? {} : { sort: search.order }),
            limit: signalsPerPage,
            signal,
            ...(pageParam === null ? {} : { cursor: pageParam }),
          }),
        initialPageParam: null as string | null,
        getNextPageParam: ({ next_cursor }) => next_cursor,
        placeholderData: keepPreviousData,
        staleTime: freshMs,
        // A list somebody has scrolled far into is not asked for anew page by page; it says as of when it is.
        refetchOnMount: isShort,
        refetchOnWindowFocus: isShort,
        refetchOnReconnect: isShort,
        ...patient,
      }),
  }
}

function isShort({
  state,
}: {
  readonly state: { readonly data?: { readonly pages: readonly unknown[] } | undefined }
}) {
  return (state.data?.pages.length ?? 0) <= 2
}

/** The most the server gives at once. */
const signalsPerPage = 100

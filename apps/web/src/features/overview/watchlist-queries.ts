import type { BanyanClient, Watchlist } from '@banyan/client'
import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import { accountQuery, noticing, useAccount } from '../../app/account.ts'
import { pollMs } from '../../app/market-queries.ts'
import { pageClock } from '../../lib/clock.ts'
import type { HeardQuote } from '../../lib/feed-types.ts'
import { patient } from '../../lib/retry.ts'

/** The server prices so many instruments a call. */
const pricedAtOnce = 50

/** What the server said of a list's instruments. */
interface ToldPrices {
  readonly quotes: Readonly<Record<string, HeardQuote>>
  /** Instruments no list of an exchange knows. */
  readonly missing: readonly string[]
}

/** Returns the account's watchlists, the prices of one, and what puts instruments in and takes them out. */
export function useWatchlists() {
  const { client } = useAccount()
  const queries = useQueryClient()
  const lists = accountQuery(['watchlists'], client.watchlists.list)
  return {
    lists,
    prices: (instruments: readonly string[]) =>
      queryOptions({
        queryKey: ['quotes', ...instruments],
        queryFn: ({ signal }) => askPrices(client, instruments, signal),
        enabled: instruments.length > 0,
        placeholderData: keepPreviousData,
        staleTime: pollMs.snapshot,
        ...patient,
      }),
    /** Rejects with what the server says of the instruments. Null makes the first list. */
    async write(list: Watchlist | null, instruments: readonly string[]): Promise<void> {
      await noticing(
        list === null
          ? client.watchlists.create({ name: 'Watchlist', instruments: [...instruments] })
          : client.watchlists.update(list.id, { instruments: [...instruments] }),
      )
      await queries.invalidateQueries({ queryKey: lists.queryKey })
    },
  }
}

/** Asks for the prices of any number of instruments, each stamped with when it came. */
async function askPrices(
  { quotes: ask }: Pick<BanyanClient, 'quotes'>,
  instruments: readonly string[],
  signal: AbortSignal,
): Promise<ToldPrices> {
  const parts = Array.from({ length: Math.ceil(instruments.length / pricedAtOnce) }, (_, i) =>
    instruments.slice(i * pricedAtOnce, (i + 1) * pricedAtOnce),
  )
  const replies = await Promise.all(parts.map((part) => ask(part, { signal })))
  const heardAt = pageClock.now()
  const quotes = replies.flatMap((reply) => Object.entries(reply.quotes))
  return {
    quotes: Object.fromEntries(quotes.map(([instrument, quote]) => [instrument, { ...quote, heardAt }])),
    missing: replies.flatMap(({ missing }) => missing),
  }
}

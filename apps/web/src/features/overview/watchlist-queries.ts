import type { Watchlist } from '@banyan/client'
import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import { accountQuery, noticing, useAccount } from '../../app/account.ts'
import { pollMs } from '../../app/market-queries.ts'
import { patient } from '../../lib/retry.ts'

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
        queryFn: ({ signal }) => client.quotes(instruments, { signal }),
        enabled: instruments.length > 0,
        placeholderData: keepPreviousData,
        staleTime: pollMs.snapshot,
        refetchInterval: pollMs.movers,
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

import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { accountQuery, useAccount } from '../../app/account.ts'
import { type PortfolioSearch, parsePortfolioSearch } from '../../lib/portfolio-search.ts'
import { patient } from '../../lib/retry.ts'

/** Returns the questions of the portfolio's screen. */
export function usePortfolioQueries() {
  const { client } = useAccount()
  return {
    book: accountQuery(['portfolio', 'book'], client.portfolio.book),
    returns: accountQuery(['portfolio', 'returns'], client.portfolio.returns),
    brokers: accountQuery(['portfolio', 'brokers'], client.brokers.list),
    positions: (type: 'net' | 'day') =>
      accountQuery(['portfolio', 'positions', type], (options) => client.portfolio.positions({ type, ...options })),
    pnl: (days: number) =>
      accountQuery(['portfolio', 'pnl', days], (options) => client.portfolio.pnl({ days, ...options })),
    /** Daily candles of the index a portfolio is held against. */
    nifty: (from: string, to: string) =>
      queryOptions({
        queryKey: ['nifty', from, to],
        queryFn: ({ signal }) => client.candles('NSE:NIFTY 50', { from, to, signal }),
        select: ({ candles }) => candles,
        staleTime: 300_000,
        ...patient,
      }),
  }
}

/** Returns a function that asks for all of it again after a change; drafts of the journal follow a sync too. */
export function useRefreshPortfolio(): () => void {
  const queries = useQueryClient()
  return () => {
    for (const part of ['portfolio', 'journal']) void queries.invalidateQueries({ queryKey: ['account', part] })
  }
}

/** Returns what of the screen the address restores, and a function that changes parts of it. */
export function usePortfolioSearch(): [
  PortfolioSearch,
  (change: { [K in keyof PortfolioSearch]: PortfolioSearch[K] | undefined }) => void,
] {
  const search = parsePortfolioSearch({ ...useSearch({ strict: false }) })
  const navigate = useNavigate()
  const change = (part: object) =>
    void navigate({
      to: '/portfolio',
      search: parsePortfolioSearch({ ...search, ...part }),
      replace: true,
      resetScroll: false,
    })
  return [search, change]
}

/** The part of the portfolio that the address restores: `?sort=day&asc=1&by=sector&days=90&pos=day`. */
export interface PortfolioSearch {
  sort?: HoldingSort
  asc?: '1'
  by?: AllocationBy
  days?: TrendDays
  pos?: 'day'
}

const holdingSorts = ['name', 'value', 'pnl', 'day'] as const
export type HoldingSort = (typeof holdingSorts)[number]

const allocationsBy = ['holding', 'sector', 'broker'] as const
export type AllocationBy = (typeof allocationsBy)[number]

const trendRanges = ['30', '90', '180', '365'] as const
export type TrendDays = (typeof trendRanges)[number]

/** Returns what is well-formed in an address and leaves out the rest. */
export function parsePortfolioSearch(search: Record<string, unknown>): PortfolioSearch {
  const sort = holdingSorts.find((one) => one === search['sort'])
  const by = allocationsBy.find((one) => one === search['by'])
  const days = trendRanges.find((one) => one === search['days'])
  return {
    ...(sort === undefined ? {} : { sort }),
    ...(search['asc'] === '1' ? { asc: '1' as const } : {}),
    ...(by === undefined ? {} : { by }),
    ...(days === undefined ? {} : { days }),
    ...(search['pos'] === 'day' ? { pos: 'day' as const } : {}),
  }
}

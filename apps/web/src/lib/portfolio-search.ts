/** The part of the portfolio that the address restores: `?sort=day&asc=1&by=sector&days=90&vs=nifty50&pos=day&psort=pnl&pasc=1`. */
export interface PortfolioSearch {
  sort?: HoldingSort
  asc?: '1'
  by?: AllocationBy
  days?: TrendDays
  /** The index beside the trend. */
  vs?: 'nifty50'
  pos?: 'day'
  psort?: PositionSort
  pasc?: '1'
}

const holdingSorts = ['name', 'quantity', 'average', 'price', 'invested', 'value', 'day', 'pnl'] as const
export type HoldingSort = (typeof holdingSorts)[number]

const positionSorts = ['name', 'quantity', 'average', 'price', 'realised', 'day', 'pnl'] as const
export type PositionSort = (typeof positionSorts)[number]

const allocationsBy = ['holding', 'sector', 'broker'] as const
export type AllocationBy = (typeof allocationsBy)[number]

const trendRanges = ['30', '90', '180', '365'] as const
export type TrendDays = (typeof trendRanges)[number]

/** Returns what is well-formed in an address and leaves out the rest. */
export function parsePortfolioSearch(search: Record<string, unknown>): PortfolioSearch {
  const sort = holdingSorts.find((one) => one === search['sort'])
  const positionSort = positionSorts.find((one) => one === search['psort'])
  const by = allocationsBy.find((one) => one === search['by'])
  const days = trendRanges.find((one) => one === search['days'])
  return {
    ...(sort === undefined ? {} : { sort }),
    ...(search['asc'] === '1' ? { asc: '1' as const } : {}),
    ...(by === undefined ? {} : { by }),
    ...(days === undefined ? {} : { days }),
    ...(search['vs'] === 'nifty50' ? { vs: 'nifty50' as const } : {}),
    ...(search['pos'] === 'day' ? { pos: 'day' as const } : {}),
    ...(positionSort === undefined ? {} : { psort: positionSort }),
    ...(search['pasc'] === '1' ? { pasc: '1' as const } : {}),
  }
}

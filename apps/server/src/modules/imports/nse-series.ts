/** NSE series whose prices are a share's (upstreams.md §5.3): normal, trade-for-trade, small companies. A share moves between them. */
const shareSeries = new Set(['EQ', 'BE', 'BZ', 'SM', 'ST'])

/** BSE groups of debt and government securities; every other group of an `STK` row is a share or fund (unconfirmed). */
const bseDebtGroups = new Set(['F', 'G', 'D'])

/** Tells whether a bhavcopy row of this NSE series is part of a share's price history. */
export function isShareSeries(series: string): boolean {
  return shareSeries.has(series)
}

/** Tells whether a bhavcopy row of this BSE group is part of a share's price history. */
export function isShareGroup(group: string): boolean {
  return /^[A-Z]{1,2}$/.test(group) && !bseDebtGroups.has(group)
}

import { changeOf, type Quote, roundHalfAway } from '@banyan/domain'

/** Returns the change against the previous close in rupees and per cent, 2 decimals half away from zero; nulls when unknown. */
export function roundedChange(quote: Pick<Quote, 'lastPrice' | 'prevClose'>) {
  const { change, changePct } = changeOf(quote)
  return {
    change: change === null ? null : roundHalfAway(change, 2),
    changePercent: changePct === null ? null : roundHalfAway(changePct, 2),
  }
}

import type { ScriptedPrice } from '../core/scripted-price.ts'

/** What one user owns. Read from JSON as it stands. */
export interface IciciPortfolio {
  readonly holdings: readonly IciciHolding[]
  readonly positions: readonly IciciPosition[]
}

interface IciciHolding {
  /** Of the market: `NSE:M&M`, `BSE:TCS`. A share. */
  readonly instrument: string
  /** Units owned, pledged ones included. */
  readonly quantity: number
  /** Of `quantity`, pledged. */
  readonly pledgedQuantity?: number
  readonly averagePrice: ScriptedPrice
}

interface IciciPosition {
  /** Of the market, or `NFO:NIFTY FUT`, `NFO:NIFTY CE`, `NFO:NIFTY PE`: the contract that expires next, of options the middle strike. */
  readonly instrument: string
  /** `Margin`, `MTF`, `Futures`, `Options` … */
  readonly product: string
  readonly action: 'buy' | 'sell'
  /** Units, 0 or more. */
  readonly quantity: number
  readonly averagePrice: ScriptedPrice
}

/** Who may sign in unless other portfolios are given: one who owns every trap there is, one who owns little, one who owns nothing. */
export const defaultPortfolios: Readonly<Record<string, IciciPortfolio>> = {
  BANYAN01: {
    holdings: [
      { instrument: 'NSE:RELIANCE', quantity: 14, averagePrice: 1188.35 },
      { instrument: 'BSE:RELIANCE', quantity: 6, averagePrice: 1190.1 },
      { instrument: 'NSE:INFY', quantity: 30, pledgedQuantity: 20, averagePrice: 1395.6 },
      { instrument: 'NSE:ITC', quantity: 75, pledgedQuantity: 75, averagePrice: 402.25 },
      { instrument: 'NSE:M&M', quantity: 9, averagePrice: 2655.8 },
      { instrument: 'NSE:ETERNAL', quantity: 120, averagePrice: 187.45 },
      { instrument: 'NSE:RELINFRA-BE', quantity: 35, averagePrice: 176.9 },
    ],
    positions: [
      { instrument: 'NSE:SBIN', product: 'Margin', action: 'sell', quantity: 40, averagePrice: '100.4%' },
      { instrument: 'NSE:HDFCBANK', product: 'Margin', action: 'buy', quantity: 0, averagePrice: 0 },
      { instrument: 'NFO:NIFTY FUT', product: 'Futures', action: 'sell', quantity: 65, averagePrice: '99.2%' },
      { instrument: 'NFO:NIFTY CE', product: 'Options', action: 'buy', quantity: 130, averagePrice: '104%' },
    ],
  },
  BANYAN02: { holdings: [{ instrument: 'NSE:TCS', quantity: 11, averagePrice: 3022.15 }], positions: [] },
  BANYAN00: { holdings: [], positions: [] },
}

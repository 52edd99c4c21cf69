import type { ScriptedPrice } from '../core/scripted-price.ts'

/** What one user owns and traded. Read from JSON as it stands. */
export interface ZerodhaPortfolio {
  readonly holdings: readonly ScriptedHolding[]
  readonly positions: readonly ScriptedPosition[]
}

export interface ScriptedHolding {
  /** Of the market: `NSE:M&M`. A share: it needs an ISIN. */
  readonly instrument: string
  /** Settled shares. */
  readonly quantity: number
  /** Bought and not delivered yet, not part of `quantity`. */
  readonly t1Quantity?: number
  /** Of `quantity`, sold today. */
  readonly usedQuantity?: number
  /** Of `quantity`, pledged. */
  readonly collateralQuantity?: number
  readonly averagePrice: ScriptedPrice
  /** The broker doubts the average price. */
  readonly discrepancy?: boolean
  /** Bought on margin funding, not part of `quantity`. */
  readonly mtf?: { readonly quantity: number; readonly averagePrice: ScriptedPrice }
}

export interface ScriptedPosition {
  /** Of the market, or `MCX:CRUDEOIL FUT`, `NFO:NIFTY CE`, `NFO:NIFTY PE`: the contract that expires next, of options the middle strike. */
  readonly instrument: string
  readonly product: string
  /** Units of the underlying one unit of the price stands for: 1 for shares, 100 for crude oil. */
  readonly multiplier?: number
  /** Held since before today; a short one is negative. */
  readonly overnight?: { readonly quantity: number; readonly price: ScriptedPrice }
  /** Today's, in their order; the same every day. */
  readonly trades?: readonly ScriptedTrade[]
}

export interface ScriptedTrade {
  readonly side: 'buy' | 'sell'
  readonly quantity: number
  readonly price: ScriptedPrice
}

/** Who may sign in unless other portfolios are given: one who owns every trap there is, one who owns little, one who owns nothing. */
export const defaultPortfolios: Readonly<Record<string, ZerodhaPortfolio>> = {
  AB1234: {
    holdings: [
      { instrument: 'NSE:RELIANCE', quantity: 25, averagePrice: 1205.5 },
      { instrument: 'NSE:INFY', quantity: 10, t1Quantity: 5, averagePrice: 1481.78125 },
      { instrument: 'NSE:M&M', quantity: 12, averagePrice: 2710.45 },
      { instrument: 'NSE:SBIN', quantity: 15, averagePrice: 640.2, mtf: { quantity: 40, averagePrice: 812.35 } },
      { instrument: 'NSE:TCS', quantity: 4, averagePrice: 3105.1 },
      { instrument: 'BSE:TCS', quantity: 6, averagePrice: 3098.65 },
      { instrument: 'NSE:TATASTEEL', quantity: 200, averagePrice: 96.4, discrepancy: true },
      { instrument: 'NSE:HDFCBANK', quantity: 30, usedQuantity: 10, averagePrice: 702.333333 },
      { instrument: 'NSE:RELINFRA-BE', quantity: 50, averagePrice: 181.3 },
      { instrument: 'NSE:IDEA', quantity: 1_000, collateralQuantity: 500, averagePrice: 9.15 },
      { instrument: 'NSE:ITC', quantity: 0, t1Quantity: 20, averagePrice: '99.5%' },
    ],
    positions: [
      closedToday('NSE:SBIN', 'MIS', 50),
      { instrument: 'MCX:CRUDEOIL FUT', product: 'NRML', multiplier: 100, trades: [bought(2, '100.1%')] },
      { instrument: 'NSE:HDFCBANK', product: 'CNC', trades: [sold(10, '100.2%')] },
      {
        instrument: 'NFO:NIFTY FUT',
        product: 'NRML',
        overnight: { quantity: 130, price: '99%' },
        trades: [sold(65, '100.15%')],
      },
      { instrument: 'NFO:NIFTY CE', product: 'NRML', overnight: { quantity: -65, price: '108%' } },
      { instrument: 'NSE:TATASTEEL', product: 'MTF', trades: [bought(30, '99.9%')] },
      { instrument: 'NSE:WIPRO', product: 'MIS', trades: [sold(20, '100.3%')] },
      { instrument: 'CDS:USDINR FUT', product: 'NRML', multiplier: 1_000, overnight: { quantity: 3, price: '99.8%' } },
    ],
  },
  CD5678: {
    holdings: [
      { instrument: 'NSE:ICICIBANK', quantity: 40, averagePrice: 1010.05 },
      { instrument: 'BSE:RELIANCE', quantity: 8, averagePrice: 1299 },
    ],
    positions: [],
  },
  ZZ0001: { holdings: [], positions: [] },
}

function bought(quantity: number, price: ScriptedPrice): ScriptedTrade {
  return { side: 'buy', quantity, price }
}

function sold(quantity: number, price: ScriptedPrice): ScriptedTrade {
  return { side: 'sell', quantity, price }
}

function closedToday(instrument: string, product: string, quantity: number): ScriptedPosition {
  return { instrument, product, trades: [bought(quantity, '99.6%'), sold(quantity, '100.4%')] }
}

import type { Exchange } from '@banyan/domain'

/** `instrument_token = exchange_token × 256 + segment`. True of every row seen, so it checks a list and tells a packet's price unit. */
const segmentNumbers = { NSE: 1, NFO: 2, CDS: 3, BSE: 4, BFO: 5, MCX: 7 } as const satisfies Record<Exchange, number>
const bcdSegment = 6
const indexSegment = 9

/** Returns the token the rule gives. */
export function tokenOf(exchange: Exchange, isIndex: boolean, exchangeToken: number): number {
  return exchangeToken * 256 + (isIndex ? indexSegment : segmentNumbers[exchange])
}

export function isIndexToken(token: number): boolean {
  return (token & 0xff) === indexSegment
}

/** Returns by what a ticker's whole-number price is divided to give rupees. */
export function priceDivisorOf(token: number): number {
  switch (token & 0xff) {
    case segmentNumbers.CDS:
      return 10_000_000
    case bcdSegment:
      return 10_000
    default:
      return 100
  }
}

import type { TradingDate } from '@banyan/domain'
import type { SandboxInstrument, SandboxMarket } from './upstream.ts'

/**
 * Returns what a script names: an instrument of the market, or for `NFO:NIFTY FUT`, `NFO:NIFTY CE` and the like the contract that expires
 * next, of options the one with the middle strike. Throws when there is none.
 */
export function scriptedInstrument(market: SandboxMarket, text: string, on: TradingDate): SandboxInstrument {
  const instrument = market.instrument(text, on) ?? nearestContract(market, text, on)
  if (instrument === null) throw new Error(`The portfolio's instrument ${text} is not listed on ${on}.`)
  return instrument
}

function nearestContract(market: SandboxMarket, text: string, on: TradingDate): SandboxInstrument | null {
  const [, exchange, root, what] = /^(\w+):(\S+) (FUT|CE|PE)$/.exec(text) ?? []
  const contracts = market
    .instruments(on)
    .filter((known) => known.exchange === exchange && known.name === root && known.expiry !== null)
    .filter(({ right }) => (right ?? 'FUT') === what)
    .sort((a, b) => ((a.expiry ?? '') < (b.expiry ?? '') ? -1 : 1))
  const next = contracts.filter(({ expiry }) => expiry === contracts[0]?.expiry)
  const byStrike = next.sort((a, b) => (a.strike ?? 0) - (b.strike ?? 0))
  return byStrike[byStrike.length >> 1] ?? null
}

import type { SandboxExchange, SandboxInstrument, SandboxMarket } from '../../core/upstream.ts'
import { spelledDate } from '../../exchange/spelled-date.ts'
import type { BreezeCodes } from '../breeze-codes.ts'
import { contractColumns } from './master-columns.ts'
import { type MasterRow, masterFile } from './master-file.ts'

/** Returns a file of one exchange's futures and options. */
export function contractFile(
  exchange: SandboxExchange,
  listed: readonly SandboxInstrument[],
  codes: BreezeCodes,
  market: SandboxMarket,
): string {
  const contracts = listed.filter((instrument) => instrument.exchange === exchange)
  return masterFile(
    contractColumns,
    contracts.map((contract) => {
      const { underlying, expiry } = contract
      return contractRow(
        contract,
        codes.codeOf(contract),
        underlying && expiry && market.instrument(underlying, expiry),
      )
    }),
  )
}

function contractRow(contract: SandboxInstrument, code: string, underlying: SandboxInstrument | '' | null): MasterRow {
  const { exchange, expiry, strike, right, lotSize, tickSize, exchangeToken, name, symbol } = contract
  const followed = underlying || null
  return {
    Token: String(exchangeToken),
    InstrumentName: `${right === null ? 'FUT' : 'OPT'}${groupOf(exchange, followed)}`,
    ShortName: code,
    Series: right === null ? 'FUTURE' : 'OPTION',
    ExpiryDate: expiry === null ? '' : spelledDate(expiry),
    StrikePrice: String(strike ?? 0),
    OptionType: right ?? 'XX',
    LotSize: lotSize,
    // In paise.
    TickSize: Math.round(tickSize * 10_000) / 100,
    CompanyName: (followed?.name ?? name ?? symbol).toUpperCase(),
    ExchangeCode: followed?.symbol ?? name ?? symbol,
  }
}

/** The two exchanges do not name alike. */
function groupOf(exchange: SandboxExchange, followed: SandboxInstrument | null): string {
  if (followed === null) return 'CUR'
  if (followed.kind !== 'index') return 'STK'
  return exchange === 'BFO' ? 'IND' : 'IDX'
}

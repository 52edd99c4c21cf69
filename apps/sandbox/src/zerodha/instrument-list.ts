import { gzipSync } from 'node:zlib'
import { addDays, type EpochMs, istDate, istTimeOfDayMs, type TradingDate } from '@banyan/domain'
import type { SandboxAnswer, SandboxInstrument } from '../core/upstream.ts'
import { tokenOf } from './instrument-token.ts'

const columns =
  'instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange'

/** The list of a day is made in the morning. */
const madeAtMs = 8.5 * 3_600_000

/** Returns the day whose list is served. */
export function listDate(now: EpochMs): TradingDate {
  const today = istDate(now)
  return istTimeOfDayMs(now) < madeAtMs ? addDays(today, -1) : today
}

/** Returns the list, gzipped; the vendor's content type comes with a charset and without. */
export function instrumentList(instruments: readonly SandboxInstrument[], contentType: string): SandboxAnswer {
  const text = [columns, ...instruments.map(row), ''].join('\n')
  return { status: 200, headers: { 'content-type': contentType, 'content-encoding': 'gzip' }, body: gzipSync(text) }
}

function row(instrument: SandboxInstrument): string {
  const { exchangeToken, tradingSymbol, name, expiry, strike, tickSize, lotSize, exchange } = instrument
  return [
    tokenOf(instrument),
    exchangeToken,
    tradingSymbol,
    quoted(name ?? ''),
    0,
    expiry ?? '',
    strike ?? 0,
    tickSize,
    lotSize,
    typeOf(instrument),
    segmentOf(instrument),
    exchange,
  ].join(',')
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** Bonds and indices are `EQ` too. */
function typeOf({ right, expiry }: SandboxInstrument): string {
  return right ?? (expiry === null ? 'EQ' : 'FUT')
}

function segmentOf({ kind, exchange, right, expiry }: SandboxInstrument): string {
  if (kind === 'index') return 'INDICES'
  if (expiry === null) return exchange
  return right === null ? `${exchange}-FUT` : `${exchange}-OPT`
}

import { addDays, type EpochMs, istDate, istMidnight, istTimeOfDayMs, type TradingDate } from '@banyan/domain'
import type { SandboxMarket } from '../../core/upstream.ts'
import { datedZip } from '../../exchange/dated-zip.ts'
import { breezeCodesOn } from '../breeze-codes.ts'
import { bseFile, nseFile } from './cash-files.ts'
import { contractFile } from './contract-files.ts'

const rebuiltAtMs = 8 * 3_600_000

/** Returns a function from an instant to `SecurityMaster.zip` as it lay there then: it is rebuilt at 08:00 IST of every day. */
export function createSecurityMaster(market: SandboxMarket): (now: EpochMs) => Buffer {
  let latest: { readonly on: TradingDate; readonly zip: Buffer } | null = null
  return (now) => {
    const today = istDate(now)
    const on = istTimeOfDayMs(now) < rebuiltAtMs ? addDays(today, -1) : today
    if (latest?.on !== on) latest = { on, zip: buildZip(market, on) }
    return latest.zip
  }
}

function buildZip(market: SandboxMarket, on: TradingDate): Buffer {
  const codes = breezeCodesOn(market, on)
  const listed = market.instruments(on)
  const builtAt = istMidnight(on) + rebuiltAtMs
  const priceOf = (id: string) => market.price(id, builtAt)?.last ?? null
  const files = {
    'NSEScripMaster.txt': nseFile(codes),
    'BSEScripMaster.txt': bseFile(codes, priceOf),
    'FONSEScripMaster.txt': contractFile('NFO', listed, codes, market),
    'FOBSEScripMaster.txt': contractFile('BFO', listed, codes, market),
    'CDNSEScripMaster.txt': contractFile('CDS', listed, codes, market),
  }
  const entries = Object.entries(files).map(([name, text]) => [name, Buffer.from(text, 'latin1')] as const)
  return datedZip(Object.fromEntries(entries), on)
}

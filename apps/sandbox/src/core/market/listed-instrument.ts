import { type EpochMs, type Segment, type SessionGroup, segmentByExchange, type TradingDate } from '@banyan/domain'
import type { SandboxExchange, SandboxInstrument } from '../upstream.ts'

/** Where an instrument's price comes from. */
export type Pricing =
  /** A level of its own that gains `yearlyGain` (0.08 is 8 %) a year and wanders, by up to half either way where `swing` is 1. */
  | { readonly kind: 'walk'; readonly base: number; readonly yearlyGain: number; readonly swing: number }
  /** `factor` times the price of another. */
  | { readonly kind: 'scaled'; readonly of: string; readonly factor: number }
  | { readonly kind: 'future'; readonly of: string; readonly expiry: TradingDate }
  | {
      readonly kind: 'option'
      readonly of: string
      readonly expiry: TradingDate
      readonly strike: number
      readonly right: 'CE' | 'PE'
    }

/** What the market knows of an instrument beside what it tells. */
export interface ListedInstrument extends SandboxInstrument {
  readonly pricing: Pricing
  /** Units traded on a usual day, and by how much that varies: 0.5 is between 0.6 and 1.6 times as much. */
  readonly usualVolume: number
  readonly volumeSwing: number
  /** Contracts open on a usual day; null but for futures and options. */
  readonly usualOpenInterest: number | null
  readonly group: SessionGroup
}

export function segmentOf(exchange: SandboxExchange): Segment {
  return exchange === 'BCD' ? 'NSE_CD' : segmentByExchange[exchange]
}

/** An index has no tick, yet two decimals; its steps here are those of the futures on it. */
const indexStep = 0.05

/** Returns the smallest step of its price in rupees. */
export function priceStepOf({ tickSize }: SandboxInstrument): number {
  return tickSize === 0 ? indexStep : tickSize
}

/** Returns what turns whole steps of its price into rupees. */
export function rupeesOf(instrument: SandboxInstrument): (steps: number) => number {
  const step = priceStepOf(instrument)
  return (steps) => Math.round(steps * step * 10_000) / 10_000
}

/** `[from, to)` of continuous trading. */
export interface TradingSpan {
  readonly from: EpochMs
  readonly to: EpochMs
}

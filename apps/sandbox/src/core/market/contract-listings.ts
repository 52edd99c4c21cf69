import { addDays, dayNumberOf, type InstrumentKind, type TradingCalendar, type TradingDate } from '@banyan/domain'
import type { SandboxExchange } from '../upstream.ts'
import {
  type ContractTerm,
  type ExpiryRule,
  everyTuesday,
  lastThursday,
  lastTuesday,
  nineteenth,
  termOf,
  termsOn,
  twentySeventh,
} from './contract-dates.ts'
import { type ListedInstrument, segmentOf } from './listed-instrument.ts'

interface ContractSpec {
  readonly exchange: SandboxExchange
  /** Symbol before the date: `NIFTY`. */
  readonly root: string
  /** Followed by the price; null: the contract has a price of its own. */
  readonly underlying: string | null
  /** Rupees the price wanders around where the contract has one of its own. */
  readonly base: number
  readonly rule: ExpiryRule
  readonly terms: number
  readonly lotSize: number
  readonly tickSize: number
  /** Numbers of its contracts begin here and are used again in turn, as the exchanges do. */
  readonly firstToken: number
  readonly usualVolume: number
}

const futures: readonly ContractSpec[] = [
  { ...onNfo('NIFTY', 'NSE:NIFTY 50', 65, 0.1, 35_001), terms: 3, usualVolume: 6e6 },
  { ...onNfo('BANKNIFTY', 'NSE:NIFTY BANK', 30, 0.2, 35_011), terms: 2, usualVolume: 2e6 },
  { ...onNfo('RELIANCE', 'NSE:RELIANCE', 500, 0.1, 35_021), terms: 1, usualVolume: 4e6 },
  { ...onNfo('M&M', 'NSE:M&M', 200, 0.1, 35_031), terms: 1, usualVolume: 1e6 },
  {
    ...onNfo('SENSEX', 'BSE:SENSEX', 20, 0.05, 8_001),
    exchange: 'BFO',
    rule: lastThursday,
    terms: 1,
    usualVolume: 4e4,
  },
  { ...currency('CDS', 1_101), usualVolume: 9e5 },
  { ...currency('BCD', 1_201), usualVolume: 4e4 },
  { ...onMcx('CRUDEOIL', 5_600, 100, 1, 51_001, nineteenth), usualVolume: 4e4 },
  { ...onMcx('GOLDM', 124_000, 10, 1, 51_011, twentySeventh), usualVolume: 2e4 },
]

const niftyOptions: ContractSpec = {
  ...onNfo('NIFTY', 'NSE:NIFTY 50', 65, 0.05, 40_001),
  rule: everyTuesday,
  terms: 2,
  usualVolume: 2e7,
}

/** Strikes lie this far apart around the level of the index at this many days before the expiry. */
const strikeStep = 250
const strikesEachSide = 2
const strikesFixedDays = 21

function onNfo(root: string, underlying: string, lotSize: number, tickSize: number, firstToken: number) {
  return { exchange: 'NFO', root, underlying, base: 0, rule: lastTuesday, lotSize, tickSize, firstToken } as const
}

function currency(exchange: 'CDS' | 'BCD', firstToken: number) {
  const tickSize = 0.0025
  return {
    exchange,
    root: 'USDINR',
    underlying: null,
    base: 89.2,
    rule: twentySeventh,
    terms: 1,
    lotSize: 1,
    tickSize,
    firstToken,
  } as const
}

function onMcx(root: string, base: number, lotSize: number, tickSize: number, firstToken: number, rule: ExpiryRule) {
  return { exchange: 'MCX', root, underlying: null, base, rule, terms: 1, lotSize, tickSize, firstToken } as const
}

/** Tells the price of an underlying at the end of a day; see `DayPlans.closeOn`. */
export type CloseOn = (id: string, dayNumber: number) => number

/** Returns the futures and options that have not expired on the date. */
export function listContracts(
  date: TradingDate,
  calendar: TradingCalendar,
  closeOn: CloseOn,
): readonly ListedInstrument[] {
  return [
    ...futures.flatMap((spec) => contractsOf(spec, date, calendar).map((contract) => futureOf(spec, contract))),
    ...contractsOf(niftyOptions, date, calendar).flatMap((contract) => optionsOf(niftyOptions, contract, closeOn)),
  ]
}

interface Contract extends ContractTerm {
  readonly listedOn: TradingDate
}

function contractsOf(spec: ContractSpec, date: TradingDate, calendar: TradingCalendar): readonly Contract[] {
  const segment = segmentOf(spec.exchange)
  return termsOn(date, spec.rule, spec.terms, calendar, segment).map((term) => ({
    ...term,
    // It appears when the one that makes room for it has expired.
    listedOn: addDays(termOf(term.number - spec.terms, spec.rule, calendar, segment).expiry, 1),
  }))
}

function futureOf(spec: ContractSpec, contract: Contract): ListedInstrument {
  const { underlying, base } = spec
  return {
    ...contractFields(spec, contract, `${monthlyRoot(spec.root, contract)}FUT`, contract.number % spec.terms),
    kind: kindOf(spec),
    strike: null,
    right: null,
    pricing:
      underlying === null
        ? { kind: 'walk', base, yearlyGain: 0.03, swing: spec.exchange === 'MCX' ? 0.6 : 0.15 }
        : { kind: 'future', of: underlying, expiry: contract.expiry },
  }
}

function kindOf({ exchange }: ContractSpec): InstrumentKind {
  if (exchange === 'MCX') return 'commodity'
  return exchange === 'CDS' || exchange === 'BCD' ? 'currency' : 'future'
}

function optionsOf(spec: ContractSpec, contract: Contract, closeOn: CloseOn): readonly ListedInstrument[] {
  const { underlying } = spec
  if (underlying === null) return []
  const middle = Math.round(closeOn(underlying, dayNumberOf(contract.expiry) - strikesFixedDays) / strikeStep)
  const root = contract.isMonthly ? monthlyRoot(spec.root, contract) : weeklyRoot(spec.root, contract)
  const perTerm = (strikesEachSide * 2 + 1) * 2
  return Array.from({ length: perTerm }, (_, i) => {
    const strike = (middle - strikesEachSide + (i >> 1)) * strikeStep
    const right = i % 2 === 0 ? 'CE' : 'PE'
    return {
      ...contractFields(spec, contract, `${root}${strike}${right}`, (contract.number % spec.terms) * perTerm + i),
      kind: 'option',
      strike,
      right,
      pricing: { kind: 'option', of: underlying, expiry: contract.expiry, strike, right },
    } as const
  })
}

function contractFields(spec: ContractSpec, { expiry, listedOn }: Contract, tradingSymbol: string, place: number) {
  return {
    id: `${spec.exchange}:${tradingSymbol}`,
    exchange: spec.exchange,
    tradingSymbol,
    symbol: tradingSymbol,
    name: spec.root,
    isin: null,
    series: null,
    exchangeToken: spec.firstToken + place,
    lotSize: spec.lotSize,
    tickSize: spec.tickSize,
    listedOn,
    expiry,
    underlying: spec.underlying,
    usualVolume: spec.usualVolume,
    volumeSwing: 0.5,
    usualOpenInterest: Math.round(spec.usualVolume * 1.5),
    group: 'auction',
  } as const
}

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] as const

/** `NIFTY26AUG`. */
function monthlyRoot(root: string, { month }: ContractTerm): string {
  return `${root}${month.slice(2, 4)}${monthNames[Number(month.slice(5, 7)) - 1]}`
}

/** `NIFTY26818`: the month is one character. */
function weeklyRoot(root: string, { expiry }: ContractTerm): string {
  return `${root}${expiry.slice(2, 4)}${'123456789OND'[Number(expiry.slice(5, 7)) - 1]}${expiry.slice(8, 10)}`
}

import { addDays, dayNumberOf, type EpochMs, istDate, istMidnight, type TradingDate, weekday } from '@banyan/domain'
import { createNoise } from '../core/seeded-noise.ts'
import type { SandboxBar, SandboxInstrument, SandboxMarket } from '../core/upstream.ts'

/** A daily bar as Yahoo has it: rupees; of a bar that is not there everything is null. */
export interface YahooBar {
  readonly date: TradingDate
  readonly open: number | null
  readonly high: number | null
  readonly low: number | null
  readonly close: number | null
  readonly volume: number | null
}

export interface DailyBarsParts {
  readonly market: SandboxMarket
  readonly seed: number
  readonly instrument: SandboxInstrument
  /** What was traded later is not in. */
  readonly asOf: EpochMs
}

/** Days without a session that Yahoo has bars of all the same (upstreams.md §4). */
const phantomDates: readonly TradingDate[] = ['2026-01-15', '2026-05-01', '2026-05-28']

/**
 * Steps that belong to no trade: prices before the date are multiplied by the factor. Two demergers that Yahoo did not adjust, of which 65 % and
 * 40 % of the price went that day, and a series of which only the part since the new year was adjusted again; that share is chosen here.
 */
const falseSteps = [
  { symbol: 'VEDL', date: '2026-04-30', factor: 1 / 0.35 },
  { symbol: 'TMPV', date: '2025-10-14', factor: 1 / 0.6 },
  { symbol: 'TITAN', date: '2026-01-01', factor: 0.5 },
] as const

/** A session shorter than this is Muhurat trading, which Yahoo leaves out as it does weekends. */
const shortSessionMs = 3 * 3_600_000

/** One bar in so many is none at all, has no volume, or a high below its close; counted from the data, and made frequent enough to be met. */
const oneIn = { missing: 40, volumeless: 60, impossible: 120 } as const

/** Returns the bars of the dates from `from` to `to`, both included, with all that is wrong with them. The latest session's bar is sound. */
export function dailyBars(parts: DailyBarsParts, from: TradingDate, to: TradingDate): readonly YahooBar[] {
  const { market, seed, instrument, asOf } = parts
  const traded = market.candles(instrument.id, 'day', istMidnight(from), istMidnight(to), asOf)
  const latest = istDate(market.price(instrument.id, asOf)?.lastTradeAt ?? asOf)
  const sound = traded.map((bar) => ({ ...bar, date: istDate(bar.time) })).filter(({ date }) => isKept(market, date))
  const real = sound.map((bar) => (bar.date === latest ? bar : spoilt(bar, seed, instrument)))
  const phantoms = phantomDates
    .filter((date) => date >= from && date <= to && date < latest && !market.calendar.isTradingDay(date))
    .flatMap((date) => phantomBar(parts, date) ?? [])
  return [...real, ...phantoms]
    .sort((a, b) => dayNumberOf(a.date) - dayNumberOf(b.date))
    .map((bar) => withFalseStep(bar, instrument.symbol))
}

function isKept({ calendar }: SandboxMarket, date: TradingDate): boolean {
  const session = calendar.sessionOf(date)
  const isWeekend = weekday(date) === 0 || weekday(date) === 6
  return !isWeekend && session !== null && session.to - session.from >= shortSessionMs
}

function spoilt(
  bar: SandboxBar & { readonly date: TradingDate },
  seed: number,
  instrument: SandboxInstrument,
): YahooBar {
  const { date, open, high, low, close, volume } = bar
  const noise = createNoise(seed, `yahoo/${instrument.id}`)
  const place = Math.floor((noise.at(dayNumberOf(date)) + 1) * 0x1000_0000)
  if (place % oneIn.missing === 0) return { date, open: null, high: null, low: null, close: null, volume: null }
  const isImpossible = place % oneIn.impossible === 1 && low < Math.max(open, close)
  return {
    date,
    open,
    high: isImpossible ? low : high,
    low,
    close,
    volume: place % oneIn.volumeless === 2 ? 0 : volume,
  }
}

/** Nothing moved: the close before, all over. Null before the instrument was listed. */
function phantomBar({ market, instrument }: DailyBarsParts, date: TradingDate): YahooBar | null {
  if (date <= instrument.listedOn) return null
  const close = market.price(instrument.id, istMidnight(date))?.last
  return close === undefined ? null : { date, open: close, high: close, low: close, close, volume: 0 }
}

function withFalseStep(bar: YahooBar, symbol: string): YahooBar {
  const step = falseSteps.find((known) => known.symbol === symbol && bar.date < known.date)
  if (step === undefined) return bar
  const before = (price: number | null) => price && price * step.factor
  return { ...bar, open: before(bar.open), high: before(bar.high), low: before(bar.low), close: before(bar.close) }
}

/** No market is shut for as long. */
const lookBackDays = 20

/** Returns the close of the session before a date; null when there was none. */
export function closeBefore({ market, instrument, asOf }: DailyBarsParts, date: TradingDate): number | null {
  const [from, to] = [addDays(date, -lookBackDays), addDays(date, -1)].map(istMidnight)
  const last = market.candles(instrument.id, 'day', from ?? 0, to ?? 0, asOf).at(-1)
  return last ? withFalseStep({ ...last, date: istDate(last.time) }, instrument.symbol).close : null
}

const openingMs = 9.25 * 3_600_000

/** Returns the stamp of a daily bar: 09:15 IST, 03:45 UTC. */
export function openingOf(date: TradingDate): EpochMs {
  return istMidnight(date) + openingMs
}

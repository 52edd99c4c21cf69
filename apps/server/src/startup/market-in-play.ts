import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { createLiveClock, processTimers, type QuoteSource } from '@banyan/brokers'
import {
  createReplayClock,
  createReplayDay,
  createReplaySource,
  type FollowedInstrument,
  parseTickCsv,
} from '@banyan/brokers/replay'
import type { Clock, MarketClock, TradingCalendar, TradingDate } from '@banyan/domain'
import { type Config, ConfigurationError } from '../config.ts'
import type { CandlesModule } from '../modules/candles/index.ts'
import type { InstrumentsModule } from '../modules/instruments/index.ts'

/** Which market this process shows, decided before anything asks for the time. */
export interface MarketInPlay {
  readonly clock: MarketClock
  /** File of the recorded ticks; null when nothing is replayed. */
  readonly recording: string | null
}

/** Returns the recorded market unless `MARKET=live`, a key of Zerodha's is set, or nothing is recorded. */
export function chooseMarket(config: Config, dataFolder: string, wall: Clock): MarketInPlay {
  const recording = join(dataFolder, 'gpl-3.0', `ticks-${config.replayDate}.csv.gz`)
  if (config.market === 'live' || (config.market === 'auto' && config.zerodhaApiKey !== null))
    return { clock: createLiveClock(wall), recording: null }
  if (existsSync(recording)) return { clock: replayClockOf(config, wall), recording }
  const recorded = listRecordings(dataFolder)
  if (config.market === 'auto' && recorded.length === 0) return { clock: createLiveClock(wall), recording: null }
  throw new ConfigurationError([
    `REPLAY_DATE must be a recorded day: ${recorded.join(', ') || 'none is in the data folder of the project'}.`,
  ])
}

/** Returns the quote sources in order of preference: the recorded day with the daily closes around it, or those of a live market. */
export async function createSources(parts: {
  readonly inPlay: MarketInPlay
  readonly seed: number
  readonly calendar: TradingCalendar
  readonly instruments: InstrumentsModule
  readonly candles: CandlesModule
  /** Builds the sources of a live market. */
  live(): readonly QuoteSource[]
}): Promise<readonly QuoteSource[]> {
  const { recording, clock } = parts.inPlay
  const date = clock.recordedDate
  if (recording === null || date === null) return parts.live()
  const text = createReadStream(recording).pipe(createGunzip()).setEncoding('utf8')
  const { ticks } = await parseTickCsv(text)
  const followed = await listFollowed(parts, date)
  const day = createReplayDay({ date, calendar: parts.calendar, ticks, followed })
  return [createReplaySource({ day, clock, seed: parts.seed, timers: processTimers })]
}

/** Every instrument with a daily row on the recorded date has a place in the replay, with or without ticks. */
async function listFollowed(
  { instruments, candles }: { instruments: InstrumentsModule; candles: CandlesModule },
  date: TradingDate,
): Promise<readonly FollowedInstrument[]> {
  const followed: FollowedInstrument[] = []
  const traded = new Set(await candles.listTraded(date))
  for (const { key, id, kind } of instruments.list()) {
    if (!traded.has(key)) continue
    followed.push({ id, hasVolume: kind !== 'index', closes: await candles.listDailyCloses(id, date, 3) })
  }
  return followed
}

function listRecordings(dataFolder: string): readonly string[] {
  const folder = join(dataFolder, 'gpl-3.0')
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => /^ticks-(\d{4}-\d{2}-\d{2})\.csv\.gz$/.exec(name)?.[1] ?? [])
}

function replayClockOf({ replayDate, replaySpeed, replayStart, replayLoop }: Config, wall: Clock): MarketClock {
  return createReplayClock({ wall, date: replayDate, speed: replaySpeed, startMs: replayStart, loop: replayLoop })
}

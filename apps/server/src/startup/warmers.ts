import type { Warmer } from '../infra/tasks/warmer.ts'
import type { CandlesModule } from '../modules/candles/index.ts'
import type { InstrumentsModule } from '../modules/instruments/index.ts'
import type { MarketModule, MarketUpkeep } from '../modules/market/index.ts'

/** Bars the first screen shows of an index. */
const shownBars = 2_500

export interface WarmerParts {
  readonly market: MarketModule & MarketUpkeep
  readonly instruments: InstrumentsModule
  readonly candles: CandlesModule
  /** Gives a text that changes with every imported file. */
  importRevision(): Promise<string>
}

/** Returns the background tasks of this release. */
export function listWarmers(parts: WarmerParts): readonly Warmer[] {
  return [warmSnapshot(parts), followImports(parts), warmIndexCandles(parts)]
}

function warmSnapshot({ market }: WarmerParts): Warmer {
  return {
    name: 'index_snapshot',
    everyMs: { open: 5_000, closed: 60_000 },
    runsOn: 'leader',
    run: () => market.refreshSnapshot(),
  }
}

/** Longest pause that, varied by a tenth and with the reading after it, shows another instance's import within 5 s. */
const importCheckMs = 4_000

/** Another instance, or a command beside none, may have imported: of new instruments, and without Redis of candles, nobody tells this one. */
function followImports({ importRevision, instruments, candles }: WarmerParts): Warmer {
  let seen: string | null = null
  return {
    name: 'instrument_index',
    everyMs: { open: importCheckMs, closed: importCheckMs },
    runsOn: 'each',
    async run() {
      const revision = await importRevision()
      if (revision === seen) return
      await instruments.refresh()
      await candles.invalidate([])
      seen = revision
    },
  }
}

function warmIndexCandles({ instruments, candles }: WarmerParts): Warmer {
  return {
    name: 'index_candles',
    everyMs: { open: 600_000, closed: 3_600_000 },
    runsOn: 'each',
    async run(signal) {
      const query = { interval: 'day', from: null, to: null, adjusted: true, limit: shownBars } as const
      for (const { id, kind } of instruments.list()) {
        signal.throwIfAborted()
        if (kind === 'index') await candles.getCandles({ instrument: id, ...query })
      }
    },
  }
}

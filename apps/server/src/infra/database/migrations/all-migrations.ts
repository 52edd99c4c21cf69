import { marketData } from './0001-market-data.ts'
import { identity } from './0002-identity.ts'
import { analysis } from './0003-analysis.ts'
import { journal } from './0004-journal.ts'
import { portfolio } from './0005-portfolio.ts'
import { trades } from './0006-trades.ts'
import { watchlists } from './0007-watchlists.ts'
import { calibration } from './0008-calibration.ts'
import type { Migration } from './migration.ts'

/** Every migration, oldest first. New ones are appended; released ones never change. */
export const allMigrations: readonly Migration[] = [
  marketData,
  identity,
  analysis,
  journal,
  portfolio,
  trades,
  watchlists,
  calibration,
]

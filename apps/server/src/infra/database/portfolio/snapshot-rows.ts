import type { Insertable, Selectable } from 'kysely'
import type { PnlSnapshot } from '../../../modules/portfolio/index.ts'
import type { SnapshotsTable } from '../portfolio-schema.ts'
import { decimalOrNull, textOf } from './book-rows.ts'

export function toSnapshotRow(accountId: number, snapshot: PnlSnapshot): Insertable<SnapshotsTable> {
  return {
    account_id: accountId,
    date: snapshot.date,
    invested: textOf(snapshot.invested),
    current_value: textOf(snapshot.currentValue),
    holdings_pnl: textOf(snapshot.holdingsPnl),
    positions_pnl: textOf(snapshot.positionsPnl),
    total_pnl: textOf(snapshot.totalPnl),
    day_pnl: textOf(snapshot.dayPnl),
    unpriced_count: snapshot.unpricedCount,
    stale_brokers: snapshot.staleBrokers.join(),
  }
}

export function toSnapshot(row: Selectable<SnapshotsTable>): PnlSnapshot {
  return {
    date: row.date,
    invested: decimalOrNull(row.invested),
    currentValue: decimalOrNull(row.current_value),
    holdingsPnl: decimalOrNull(row.holdings_pnl),
    positionsPnl: decimalOrNull(row.positions_pnl),
    totalPnl: decimalOrNull(row.total_pnl),
    dayPnl: decimalOrNull(row.day_pnl),
    unpricedCount: row.unpriced_count,
    staleBrokers: row.stale_brokers === '' ? [] : row.stale_brokers.split(','),
  }
}

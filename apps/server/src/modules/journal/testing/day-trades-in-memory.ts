import type { DayPosition, DayTrades } from '../index.ts'

/** Day positions that a test puts, as a sync would: those of an account and a day replace the ones before. */
export function createDayTradesInMemory() {
  const byAccountAndDay = new Map<string, readonly DayPosition[]>()
  const dayTrades: DayTrades = {
    listDayPositions: async (accountId, since) =>
      [...byAccountAndDay]
        .filter(([key]) => key.startsWith(`${accountId} `))
        .flatMap(([, positions]) => positions)
        .filter(({ date }) => date >= since),
  }
  return {
    dayTrades,
    async put(accountId: number, date: string, positions: readonly Omit<DayPosition, 'date'>[]): Promise<void> {
      byAccountAndDay.set(
        `${accountId} ${date}`,
        positions.map((position) => ({ ...position, date })),
      )
    },
  }
}

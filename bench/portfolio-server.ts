// The server of the portfolio benchmark, in a process of its own: the real core, modules and APIs, and a market that replays the recorded
// day from 11:00. Books are written through the portfolio's store, since no file and no sandbox speaks for five brokers.
// Arguments: how many people, and the address of an empty PostgreSQL database; without it SQLite. Says
// {port, people, place} and ends with its standard input.
import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { startIdentityServer } from '../apps/server/src/dialects/testing/identity-server.ts'
import { createSystemClock } from '../apps/server/src/infra/clock.ts'
import { createPortfolioStore } from '../apps/server/src/infra/database/portfolio/create-portfolio-store.ts'
import { toSnapshotRow } from '../apps/server/src/infra/database/portfolio/snapshot-rows.ts'
import { dataFolderPaths } from '../apps/server/src/infra/database/sqlite/data-folder.ts'
import { createLog } from '../apps/server/src/infra/http/log.ts'
import { createInstrumentsInMemory, instrumentOf } from '../apps/server/src/infra/http/testing/market-in-memory.ts'
import { createMarketModule } from '../apps/server/src/modules/market/index.ts'
import { snapshotOf } from '../apps/server/src/modules/portfolio/figures.ts'
import { processTimers } from '../packages/brokers/src/index.ts'
import {
  createReplayClock,
  createReplayDay,
  createReplaySource,
  parseTickCsv,
} from '../packages/brokers/src/replay/index.ts'
import { addDays, createTradingCalendar, istDate, parseCalendarData } from '../packages/domain/src/index.ts'
import { benchNow, benchShares, inventBooks, inventCloses, inventSnapshots } from './portfolio-data.ts'

const [, , count, url] = process.argv
const data = new URL('../data/', import.meta.url)
const calendarFile = new URL('calendar/nse.json', data)
const calendar = createTradingCalendar(parseCalendarData(JSON.parse(readFileSync(calendarFile, 'utf8'))))
const { ticks } = await parseTickCsv(
  createReadStream(new URL('gpl-3.0/ticks-2021-06-09.csv.gz', data)).pipe(createGunzip()).setEncoding('utf8'),
)
const listed = new Set([...benchShares.map(({ id }) => id), ...ticks.instruments])
const instruments = createInstrumentsInMemory([...listed].map((id, i) => instrumentOf(id, { key: i + 1 })))
const server = await startIdentityServer({
  now: benchNow,
  ...(url === undefined ? {} : { database: { kind: 'postgres', url } as const }),
  http: { log: createLog({ level: 'warn' }) },
  instruments,
  market: await replayMarket(),
})
const people = await Promise.all(
  Array.from({ length: Number(count) }, async (_, i) => {
    const { account, tokens } = await server.addAccount(`trader${i}@example.com`)
    await storePortfolio(account.id)
    return { accountId: account.id, token: tokens.access }
  }),
)
const place = url ?? dataFolderPaths(join(server.folder, 'home')).database
process.stdout.write(`${JSON.stringify({ port: server.port, people, place })}\n`)
process.stdin.resume().once('end', () => void server.close().then(() => process.exit()))

async function replayMarket() {
  const date = '2021-06-09'
  const wallClock = createSystemClock()
  const followed = benchShares.map(({ id, isRecorded }, i) => ({
    id,
    hasVolume: true,
    closes: isRecorded ? [] : inventCloses(i, date),
  }))
  const marketClock = createReplayClock({ wall: wallClock, date, startMs: 11 * 3_600_000 })
  const day = createReplayDay({ date, calendar, ticks, followed })
  const market = createMarketModule({
    sources: [createReplaySource({ day, clock: marketClock, seed: 1, timers: processTimers })],
    ...{ instruments, calendar, marketClock, wallClock, timers: processTimers, shelf: null },
    onProblem(_what, _name, error) {
      throw error
    },
  })
  await market.start()
  return market
}

async function storePortfolio(accountId: number): Promise<void> {
  const today = istDate(benchNow)
  const snapshots = inventSnapshots(addDays(today, -1)).map((snapshot) => toSnapshotRow(accountId, snapshot))
  await server.database.transact((trx) => trx.insertInto('pnl_snapshots').values(snapshots).execute())
  const store = createPortfolioStore(server.database)
  for (const book of inventBooks(addDays(today, -1)))
    await store.replaceBook(accountId, book, (all) => snapshotOf(all, today))
}

import { readFileSync } from 'node:fs'
import type { BrokerSession } from '@banyan/brokers'
import { createManualTime, createMemoryBroker, type MemoryBroker } from '@banyan/brokers/memory'
import { createTradingCalendar, parseCalendarData, parseTimestamp } from '@banyan/domain'
import type { KyselyPlugin } from 'kysely'
import type { Database } from '../../../infra/database/database.ts'
import { createIdentityStore } from '../../../infra/database/identity/create-identity-store.ts'
import { openDatabase } from '../../../infra/database/open-database.ts'
import { createPortfolioStore } from '../../../infra/database/portfolio/create-portfolio-store.ts'
import { createTradeStore } from '../../../infra/database/portfolio/trades-store.ts'
import { accountOf } from '../../../infra/database/testing/identity-context.ts'
import { createSqlitePlace, type TestPlace, testEnvironment } from '../../../infra/database/testing/open-stores.ts'
import { createPortfolioModule, type PortfolioModule, type PortfolioParts } from '../index.ts'

const calendarFile = new URL('../../../../../../data/calendar/nse.json', import.meta.url)
const calendar = createTradingCalendar(parseCalendarData(JSON.parse(readFileSync(calendarFile, 'utf8'))))

export const ist = (text: string) => parseTimestamp(`${text}+05:30`) ?? Number.NaN

export interface TestPortfolioOptions {
  readonly times?: PortfolioParts['times']
  /** SQLite in a folder of its own by default. */
  readonly place?: TestPlace
  /** Modules over the one database, as many instances of the server have. */
  readonly instances?: number
}

export type TestPortfolio = Awaited<ReturnType<typeof openTestPortfolio>>

/** Opens real portfolios on a real database, with two brokers in memory and a clock the test turns: 2026-03-12 at 10:00 in India, a Thursday. */
export async function openTestPortfolio({ times, place: given, instances = 1 }: TestPortfolioOptions = {}) {
  const place = given ?? (await createSqlitePlace())
  const database = await openDatabase(place.options, testEnvironment)
  const statements = createStatementCounter()
  const time = createManualTime(ist('2026-03-12T10:00:00'))
  const open = () =>
    createPortfolioModule({
      store: createPortfolioStore(statements.watch(database)),
      trades: createTradeStore(database),
      calendar,
      clock: time,
      ...(times && { times }),
    })
  const modules = Array.from({ length: instances }, open)
  const [portfolio] = modules as [PortfolioModule]
  const zerodha = createMemoryBroker({ clock: time })
  const icici = createMemoryBroker({ clock: time, id: 'icici' })
  return {
    portfolio,
    modules,
    zerodha,
    icici,
    time,
    statements,
    turnTo: (text: string) => time.set(ist(text)),
    /** Signs in at a broker and syncs. */
    sync: (accountId: number, broker: MemoryBroker, account = 'AB1234', module = portfolio) =>
      module.sync(accountId, broker, (signal): Promise<BrokerSession> => broker.open(broker.signIn(account), signal)),
    async addAccount(): Promise<number> {
      const inserted = await createIdentityStore(database).atomically((tx) => tx.insertAccount(accountOf()))
      if ('taken' in inserted) throw new Error(`${inserted.taken} is taken.`)
      return inserted.id
    },
    /** Everything that is stored of an account's portfolio, to be compared. */
    async stored(accountId: number): Promise<unknown> {
      const { trend } = await portfolio.pnl(accountId, 365)
      return JSON.parse(JSON.stringify([await portfolio.books(accountId), trend]))
    },
    async close() {
      await database.close()
      await place.remove()
    },
  }
}

/** Counts the statements of writing transactions, and makes one of them fail when told. */
function createStatementCounter() {
  let count = 0
  let failing: number | null = null
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      count += 1
      if (count === failing) throw new Error('the disk is on fire')
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return {
    watch: (database: Database): Database => ({
      ...database,
      transact: (work) => database.transact((trx) => work(trx.withPlugin(plugin) as typeof trx)),
    }),
    /** Makes the nth statement from now on fail; null makes all go well. */
    failAt(nth: number | null): void {
      count = 0
      failing = nth
    },
  }
}

import type { BookReply, JournalReply, JournalStatisticsReply, PnlReply } from '@banyan/contracts'
import { createOwnDatabase, isPostgresMissing } from '../acceptance/shared-services.ts'
import { holdingsInAll, snapshotDays } from './portfolio-data.ts'
import { type PortfolioProcess, startPortfolioServer, type Trader } from './portfolio-process.ts'
import { type Figure, round } from './report.ts'
import { median, percentile } from './statistics.ts'
import { createTimedCall, type TimedCall } from './timed-call.ts'

interface Plan {
  /** Calls of each route for each person, after half as many to warm up. */
  readonly samples: number
}

/** Trades of the two people, in the journal and in the tradebooks each. */
const [few, many] = [1_000, 20_000]
const targetMs = 50

/** A route, and under which name the peer sends its rows. */
interface Measured {
  readonly what: string
  readonly path: string
  readonly rows: string
  /** Returns how many of what was stored are in the reply. */
  count(reply: unknown): number
  /** How many there must be. */
  readonly expected: number | 'trades'
}

const routes: readonly Measured[] = [
  {
    what: `book of ${holdingsInAll} holdings over 5 brokers`,
    path: '/api/portfolio/book',
    rows: 'book',
    count: (reply) =>
      (reply as BookReply).groups.flatMap(({ rows }) => rows.filter((row) => row.price_from === 'market')).length,
    expected: holdingsInAll,
  },
  {
    what: `trend of ${snapshotDays} days`,
    path: `/api/portfolio/pnl?days=${snapshotDays}`,
    rows: 'trend',
    count: (reply) => (reply as PnlReply).trend.length,
    expected: snapshotDays,
  },
  {
    what: 'a page of the journal',
    path: '/api/journal',
    rows: 'journal',
    count: (reply) => (reply as JournalReply).entries.length,
    expected: 50,
  },
  {
    what: 'statistics of the journal',
    path: '/api/journal/statistics',
    rows: 'statistics',
    count: (reply) => (reply as JournalStatisticsReply).entries,
    expected: 'trades',
  },
]

/**
 * Measures the pages of a person with many trades as a client beside the server sees them, call after call on one connection, and what
 * they take the same person with few trades. The peer reads the same rows with bare SQL and sends them as they are.
 */
export async function benchPortfolio(plan: Plan): Promise<Figure[]> {
  const onSqlite = await benchOn('SQLite', null, plan)
  if (await isPostgresMissing(process.env)) return onSqlite
  const database = await createOwnDatabase(process.env)
  try {
    return [...onSqlite, ...(await benchOn('PostgreSQL', database.url, plan))]
  } finally {
    await database.remove()
  }
}

async function benchOn(engine: string, databaseUrl: string | null, plan: Plan): Promise<Figure[]> {
  const server = await startPortfolioServer(databaseUrl, [few, many])
  try {
    const figures: Figure[] = []
    for (const route of routes) {
      const measured: Measurement[] = []
      for (const trader of server.traders) measured.push(await openMeasurement(server, route, trader))
      await takeTurns(measured, plan.samples)
      figures.push(...toFigures(`${route.what}, ${engine}`, measured))
    }
    return figures
  } finally {
    await server.stop()
  }
}

/** The times of one route for one person, in ms. */
interface Measurement {
  readonly ours: Side
  readonly peer: Side
}

interface Side {
  readonly call: TimedCall
  readonly ms: number[]
}

async function openMeasurement(server: PortfolioProcess, route: Measured, trader: Trader): Promise<Measurement> {
  const ours = createTimedCall(`${server.origin}${route.path}`, trader.headers)
  const counted = route.count(JSON.parse((await ours()).body))
  const expected = route.expected === 'trades' ? trader.trades : route.expected
  if (counted !== expected) throw new Error(`${route.path} has ${counted} instead of ${expected} of what was stored`)
  const peer = createTimedCall(`${server.bareOrigin}/${route.rows}/${trader.accountId}`, {})
  return { ours: { call: ours, ms: [] }, peer: { call: peer, ms: [] } }
}

/** All sides see the same noise of the machine, and none is always the one behind the slowest. */
async function takeTurns(measured: readonly Measurement[], samples: number): Promise<void> {
  const sides = [...measured.map(({ ours }) => ours), ...measured.map(({ peer }) => peer)]
  for (let i = -Math.ceil(samples / 2); i < samples; i++)
    for (const { call, ms } of i % 2 === 0 ? sides : sides.toReversed()) {
      const { elapsedMs } = await call()
      if (i >= 0) ms.push(elapsedMs)
    }
}

function toFigures(what: string, [ofFew, ofMany]: readonly Measurement[]): Figure[] {
  if (!ofFew || !ofMany) throw new Error('the benchmark compares two people')
  const [ours, peer] = [median(ofMany.ours.ms), median(ofMany.peer.ms)]
  const growth = (side: 'ours' | 'peer') => (median(ofMany[side].ms) / median(ofFew[side].ms)).toFixed(2)
  return [
    {
      what: `${what}, ${round(many)} trades, ms`,
      ours: `${ours.toFixed(1)} (p99 ${percentile(ofMany.ours.ms, 0.99).toFixed(1)})`,
      peer: `${peer.toFixed(1)} (p99 ${percentile(ofMany.peer.ms, 0.99).toFixed(1)}) bare SQL and JSON`,
      ratio: (peer / ours).toFixed(2),
      target: `< ${targetMs}`,
      meets: ours < targetMs,
    },
    {
      what: `${what}, times as long as with ${round(few)}`,
      ours: `${growth('ours')} (${median(ofFew.ours.ms).toFixed(1)} ms)`,
      peer: `${growth('peer')} (${median(ofFew.peer.ms).toFixed(1)} ms) bare SQL and JSON`,
      ratio: '',
      target: '',
      meets: null,
    },
  ]
}

import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomWalk } from '../../../../packages/patterns/src/formations/testing/random-walk.ts'
import { createEdgeStore } from '../infra/database/analysis/edge-store.ts'
import { createInstrumentStore } from '../infra/database/instrument-store.ts'
import {
  createSqlitePlace,
  type OpenStores,
  openStores,
  type TestPlace,
} from '../infra/database/testing/open-stores.ts'
import { createEdgeRules, type EdgeRun } from '../modules/analysis/index.ts'
import { createMemoryEdgeStore } from '../modules/analysis/testing/memory-edge-store.ts'
import {
  asDays,
  ist,
  openRecordedShares,
  type RecordedShares,
  share,
} from '../modules/analysis/testing/recorded-shares.ts'
import { createInstrumentsModule } from '../modules/instruments/index.ts'
import { testCalendar } from '../modules/market/testing/create-test-market.ts'
import { type OpenAnalysis, openAnalysis } from './open-analysis.ts'

const calendarFile = fileURLToPath(new URL('../../../../data/calendar/nse.json', import.meta.url))
const never = new AbortController().signal

describe('analysis on worker threads', () => {
  let place: TestPlace
  let given: RecordedShares
  let onOneThread: EdgeRun | null = null
  let stores: OpenStores
  let opened: OpenAnalysis
  const deaths: Error[] = []
  const open = async (home: TestPlace) => {
    const instruments = createInstrumentsModule({ store: createInstrumentStore(stores.database) })
    await instruments.refresh()
    return openAnalysis({
      database: stores.database,
      databaseOptions: home.options,
      calendarFiles: [calendarFile, `${calendarFile}.none`],
      instruments,
      calendar: testCalendar,
      marketClock: {
        mode: 'replay',
        recordedDate: '2021-06-09',
        now: () => ist('2021-06-09T11:00:30'),
        wallTimeOf: (instant) => instant,
      },
      rules: createEdgeRules(50),
      cores: 2,
      onWorkerDeath: (error) => deaths.push(error),
    })
  }
  beforeAll(async () => {
    place = await createSqlitePlace()
    const shares = Array.from({ length: 20 }, (_, i) => ({
      symbol: `S${i}`,
      days: asDays(randomWalk(500, i + 1), '2021-06-09'),
    }))
    given = await openRecordedShares({ ...place, remove: async () => undefined }, shares, createMemoryEdgeStore())
    await given.analysis.measure('1', never)
    onOneThread = given.analysis.edges()
    await given.close()
    stores = await openStores(place)
    opened = await open(place)
  })
  afterAll(async () => {
    await opened.close()
    await stores.close()
    await place.remove()
  })

  it('finds what one thread finds, and stores it', async () => {
    const { analysis } = opened
    await Promise.all([analysis.measure('1', never), analysis.follow('1', never)])
    const run = await createEdgeStore(stores.database).readRun()
    expect(run).toMatchObject({ number: analysis.edges()?.number, instruments: 20 })
    expect(run && withoutRounding(run)).toEqual(onOneThread && withoutRounding(onOneThread))
    expect(run?.edges.length).toBeGreaterThan(300)
    expect(analysis.topSignals().length).toBe(10)
  })

  it('answers requests while it measures, and leaves the event loop alone', async () => {
    const { analysis } = opened
    let turns = 0
    const heartbeat = setInterval(() => turns++, 1)
    const measuring = analysis.measure('2', never)
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => analysis.findPatterns(share(`S${i}`), 'day')),
    )
    await measuring
    clearInterval(heartbeat)
    expect(answers.every(({ candles }) => candles === 499)).toBe(true)
    expect(turns).toBeGreaterThan(10)
  })

  it('passes the module’s typed errors through, from thread to caller', async () => {
    const query = { instrument: share('S1'), metric: 'cosine', window: 500, k: 1 } as const
    await expect(opened.analysis.findMatches(query)).rejects.toMatchObject({ code: 'invalid_parameter' })
    expect(deaths).toEqual([])
  })

  it('fails jobs as unavailable while its workers cannot start, and works again when they can', async () => {
    const broken = await open({ ...place, options: { kind: 'sqlite', homeDir: '/nowhere' } })
    await expect(broken.analysis.findPatterns(share('S1'), 'day')).rejects.toMatchObject({ code: 'unavailable' })
    expect(deaths.length).toBe(1)
    await broken.close()
    expect((await opened.analysis.findPatterns(share('S11'), 'day')).candles).toBe(499)
  })
})

/** Returns what must be equal whichever thread counted first: a sum of returns may differ in its last digit, the order of rows by store. */
function withoutRounding({ edges }: EdgeRun) {
  return edges
    .map(({ meanReturnPct, ...edge }) => ({ ...edge, meanReturnPct: meanReturnPct.toFixed(9) }))
    .map((edge) => JSON.stringify(edge, Object.keys(edge).sort()))
    .sort()
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import type { TestPlace } from '../../../infra/database/testing/open-stores.ts'
import { createPostgresPlaces } from '../../../infra/database/testing/postgres-places.ts'
import { type IdentityCore, type IdentityCoreOptions, openIdentityCore } from './identity-core.ts'

/** What a test is given on either engine. */
export interface Given {
  /** Cores over one database and one key folder: one on SQLite, two, as two processes would be, on PostgreSQL. */
  readonly cores: readonly [IdentityCore, ...IdentityCore[]]
  /** Turns the clock of every core. */
  turn(ms: number): void
}

/**
 * Runs the same tests on SQLite with one instance and on PostgreSQL with two. Accounts of earlier tests stay: use addresses of your own.
 * `env` is the test's own environment.
 */
export async function describeOnBothEngines(
  env: NodeJS.ProcessEnv,
  name: string,
  tests: (given: () => Given) => void,
  options: IdentityCoreOptions = {},
): Promise<void> {
  const places = createPostgresPlaces(env)
  const isPostgresAbsent = await places.isAbsent()
  describe(`${name}, on SQLite`, () => {
    run(async () => [await openIdentityCore(options)], tests)
  })
  describe.skipIf(isPostgresAbsent)(`${name}, on two instances over PostgreSQL`, () => {
    let place: TestPlace | null = null
    const keyFolder = mkdtempSync(join(tmpdir(), 'banyan-keys-'))
    afterAll(async () => {
      await place?.remove()
      rmSync(keyFolder, { recursive: true, force: true })
    })
    run(async () => {
      place = await places.createPlace()
      const shared = { ...options, database: place.options, keyFolder }
      return [await openIdentityCore(shared), await openIdentityCore(shared)]
    }, tests)
  })
}

function run(open: () => Promise<Given['cores']>, tests: (given: () => Given) => void): void {
  let cores: Given['cores']
  beforeAll(async () => {
    cores = await open()
  })
  afterAll(async () => {
    for (const core of cores) await core.close()
  })
  tests(() => ({
    cores,
    turn(ms) {
      for (const core of cores) core.turn(ms)
    },
  }))
}

/** Runs `times` pieces of work at once, in turn over the cores. */
export function inParallel<T>(
  { cores }: Given,
  times: number,
  work: (core: IdentityCore, n: number) => Promise<T>,
): Promise<readonly T[]> {
  return Promise.all(Array.from({ length: times }, (_, n) => work(cores[n % cores.length] ?? cores[0], n)))
}

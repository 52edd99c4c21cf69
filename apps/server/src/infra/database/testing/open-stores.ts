import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database, DatabaseEnvironment, DatabaseOptions } from '../database.ts'
import { openDatabase } from '../open-database.ts'
import { type OpenImportStore, openImportStore } from '../open-import-store.ts'

/** 2026-03-12T11:42:07+05:30. */
export const testNow = 1_773_295_927_000

export const testEnvironment: DatabaseEnvironment = {
  clock: { now: () => testNow },
  onBackgroundError(error) {
    throw error
  },
}

/** A place of its own for one test's database. */
export interface TestPlace {
  readonly options: DatabaseOptions
  remove(): Promise<void>
}

export interface OpenStores {
  readonly database: Database
  readonly imports: OpenImportStore
  close(): Promise<void>
}

export async function openStores({ options }: TestPlace): Promise<OpenStores> {
  const database = await openDatabase(options, testEnvironment)
  const imports = await openImportStore(options, testEnvironment)
  return {
    database,
    imports,
    async close() {
      await imports.close()
      await database.close()
    },
  }
}

export function createTestFolder(): { homeDir: string; remove(): void } {
  const homeDir = mkdtempSync(join(tmpdir(), 'banyan-test-'))
  return { homeDir, remove: () => rmSync(homeDir, { recursive: true, force: true }) }
}

export async function createSqlitePlace(): Promise<TestPlace> {
  const { homeDir, remove } = createTestFolder()
  return { options: { kind: 'sqlite', homeDir }, remove: async () => remove() }
}

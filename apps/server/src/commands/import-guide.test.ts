import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSqlitePlace } from '../infra/database/testing/open-stores.ts'
import { rejectReasons } from '../modules/imports/index.ts'
import { openImportBench } from '../modules/imports/testing/import-bench.ts'
import { importHelp } from './import-arguments.ts'

const guide = readFileSync(fileURLToPath(new URL('../../../../docs/guides/import.md', import.meta.url)), 'utf8')

function section(title: string): string {
  return guide.split(/^## /m).find((part) => part.startsWith(title)) ?? ''
}

/** Returns the first cells of a section's table rows, each once, sorted. */
function firstCells(title: string, form: RegExp): readonly string[] {
  return [...section(title).matchAll(form)].map((match) => match[1] ?? '').sort()
}

let folder: string
let bench: Awaited<ReturnType<typeof openImportBench>>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'banyan-guide-'))
  bench = await openImportBench(await createSqlitePlace())
})
afterEach(async () => {
  await bench.close()
  rmSync(folder, { recursive: true })
})

it('the import guide lists the options that the command explains', () => {
  const explained = [...importHelp.matchAll(/^ {2}(--[a-z]+)/gm)].map((match) => match[1] ?? '')
  expect(firstCells('Options', /^\| `(--[a-z]+)/gm)).toEqual(explained.sort())
})

it('the import guide lists the exit codes that the command explains', () => {
  const explained = [...importHelp.slice(importHelp.indexOf('Exit codes:')).matchAll(/(?:^|: |· )(\d+) /gm)]
  expect(firstCells('Exit codes', /^\| (\d+) \|/gm)).toEqual(explained.map((match) => match[1]).sort())
})

it('the import guide lists every reason for which a row is rejected', () => {
  expect(firstCells('Rejected rows', /^\| `([a-z_]+)` \|/gm)).toEqual([...rejectReasons].sort())
})

it('the import guide’s examples are stored whole', async () => {
  const examples = [...guide.matchAll(/```csv\n([^`]+)```/g)].map((match) => match[1] ?? '')
  expect(examples).toHaveLength(2)
  const paths = examples.map((text, i) => {
    const path = join(folder, `${i}.csv`)
    writeFileSync(path, text)
    return path
  })
  const { results } = await bench.run(paths)
  expect(results.map((one) => [one.format, one.rowsRead, one.rowsStored])).toEqual([
    ['ohlcv', 2, 2],
    ['adjustments', 3, 3],
  ])
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildBundle } from '../scripts/data/bundle.ts'
import { unpack } from '../scripts/data/packing.ts'
import { readSources } from '../scripts/data/source-files.ts'

const root = join(import.meta.dirname, '..')
const sources = process.env['BANYAN_DEV_DATA'] ?? join(root, '../shared/data')

it('makes the bundle that is in the project from the files it names', () => {
  const files = buildBundle(readSources(sources, { verify: true }))
  expect(files).toHaveLength(10)
  for (const file of files) {
    const path = join(root, 'data', file.folder, file.name)
    expect(unpack(file.name, readFileSync(path)) === file.text, `${file.folder}/${file.name}`).toBe(true)
  }
})

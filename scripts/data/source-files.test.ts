import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pack } from './packing.ts'
import { readSources, sourceFiles } from './source-files.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sources-'))
  for (const { path } of Object.values(sourceFiles)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), path.endsWith('.gz') ? pack('invented\n') : 'invented\n')
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

it('refuses an input whose bytes are not those the bundle was made from', () => {
  expect(() => readSources(folder, { verify: true })).toThrow('--unverified')
})

it('takes it when told to, unpacked', () => {
  expect(Object.values(readSources(folder, { verify: false }))).toEqual(Array(6).fill('invented\n'))
})

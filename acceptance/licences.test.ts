import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../scripts/data/packing.ts'

const root = join(import.meta.dirname, '..')
const data = join(root, 'data')
/** What git ignores and what a build makes; everything else in the tree can reach a commit. */
const outside = new Set(['node_modules', '.git', 'dist', '.banyan', 'coverage', '.vitest'])

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return outside.has(entry.name) ? [] : listFiles(join(folder, entry.name))
    return entry.isFile() ? [join(folder, entry.name)] : []
  })
}

function findForbidden(folder: string, hashes: ReadonlySet<string>): string[] {
  return listFiles(folder).filter((file) => hashes.has(sha256(readFileSync(file))))
}

function findUnproven(folder: string): string[] {
  const lines = readFileSync(join(folder, 'PROVENANCE.md'), 'utf8').split('\n')
  return listFiles(folder)
    .filter((file) => !['PROVENANCE.md', 'LICENSE'].includes(relative(folder, file)))
    .filter((file) => {
      const [name, hash] = [relative(folder, file), sha256(readFileSync(file))]
      return !lines.some((line) => line.includes(`\`${name}\``) && line.includes(hash))
    })
}

function readForbiddenHashes(): Set<string> {
  const text = readFileSync(join(root, 'scripts/data/class-c-hashes.txt'), 'utf8')
  return new Set(text.split('\n').filter((line) => line !== ''))
}

const folders = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isDirectory())

describe('LIC-1: where the bundled data comes from', () => {
  it.each(folders.map((folder) => folder.name))(
    'every file under data/%s has a provenance line with its SHA-256',
    (name) => {
      expect(findUnproven(join(data, name))).toEqual([])
    },
  )

  it.each(['gpl-3.0', 'mit', 'identity'])('data/%s has a licence and says what the exchanges restrict', (name) => {
    expect(statSync(join(data, name, 'LICENSE')).size).toBeGreaterThan(500)
    expect(readFileSync(join(data, name, 'PROVENANCE.md'), 'utf8').replace(/\s+/g, ' ')).toContain(
      'terms restrict passing',
    )
  })

  it('no data file lies outside a licence folder', () => {
    const loose = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isFile())
    expect(loose.map((entry) => entry.name).filter((name) => name !== 'README.md')).toEqual([])
  })
})

describe('LIC-2: what must never be here', () => {
  it('knows 61 hashes of files that may not be passed on', () => {
    const hashes = readForbiddenHashes()
    expect(hashes.size).toBe(61)
    expect([...hashes].filter((hash) => !/^[0-9a-f]{64}$/.test(hash))).toEqual([])
  })

  it('finds none of them in the project', () => {
    expect(findForbidden(root, readForbiddenHashes())).toEqual([])
  })
})

describe('the search itself', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'licences-'))
    writeFileSync(join(folder, 'planted.csv'), 'invented\n')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('finds a planted file by its hash', () => {
    expect(findForbidden(folder, new Set([sha256(Buffer.from('invented\n'))]))).toEqual([join(folder, 'planted.csv')])
    expect(findForbidden(folder, new Set([sha256(Buffer.from('other\n'))]))).toEqual([])
  })

  it('finds a file whose provenance line names another hash', () => {
    writeFileSync(join(folder, 'PROVENANCE.md'), `| \`planted.csv\` | ${'0'.repeat(64)} |\n`)
    expect(findUnproven(folder)).toEqual([join(folder, 'planted.csv')])
    writeFileSync(join(folder, 'PROVENANCE.md'), `| \`planted.csv\` | ${sha256(Buffer.from('invented\n'))} |\n`)
    expect(findUnproven(folder)).toEqual([])
  })
})

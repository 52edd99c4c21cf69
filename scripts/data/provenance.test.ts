import { describe, expect, it } from 'vitest'
import { type WrittenFile, writeProvenance } from './provenance.ts'

const empty = 'Above\n\n<!-- files: written by npm run data:build -->\n<!-- end of files -->\n\nBelow\n'
const source = {
  path: 'a.csv',
  sha256: 'f'.repeat(64),
  repository: 'someone/prices',
  commit: 'abc',
  originalPath: '`a/*.csv`',
  mapping: 'unchanged',
  licence: 'MIT',
}
const file: WrittenFile = {
  folder: 'mit',
  name: 'a.csv',
  text: '',
  rows: 3,
  sources: [source],
  treatment: 'sorted',
  sha256: '1'.repeat(64),
}
const line = `| \`a.csv\` | someone/prices @abc | \`a/*.csv\` | sorted | 3 | \`${'1'.repeat(64)}\` | 2026-01-02 |`

describe('the table of a PROVENANCE.md', () => {
  it('is written between its markers and nowhere else', () => {
    const text = writeProvenance(empty, [file], '2026-01-02')
    expect(text.startsWith('Above\n') && text.endsWith('<!-- end of files -->\n\nBelow\n')).toBe(true)
    expect(text.split('\n')).toContain(line)
    expect(text).toContain(`| \`a.csv\` | \`${'f'.repeat(64)}\` | someone/prices @abc | \`a/*.csv\` | unchanged |`)
  })

  it('comes out the same when nothing changed, whatever day it is', () => {
    const text = writeProvenance(empty, [file], '2026-01-02')
    expect(writeProvenance(text, [file], '2027-07-07')).toBe(text)
    expect(writeProvenance(text, [file], null)).toBe(text)
  })

  it('asks for a date when a file changed', () => {
    const text = writeProvenance(empty, [file], '2026-01-02')
    expect(() => writeProvenance(text, [{ ...file, sha256: '2'.repeat(64) }], null)).toThrow('--date')
  })

  it('is not guessed at when the markers are gone', () => {
    expect(() => writeProvenance('Above\n', [file], '2026-01-02')).toThrow('markers')
  })
})

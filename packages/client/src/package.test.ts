import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { version } from './version.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

const sources = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: read(`./${name}`) }))

describe('the package', () => {
  it('has the version it tells servers', () => {
    expect(JSON.parse(read('../package.json'))).toMatchObject({ version })
  })

  it('imports its own files, and of others types alone: browsers load it as it is', () => {
    expect(sources.length).toBeGreaterThan(20)
    const foreign = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/^(?:import|export)\b[^'"]*?from '([^.'][^']*)'/gms)]
        .filter(([statement]) => !/^(?:import|export) type\b/.test(statement))
        .map(([statement]) => `${name}: ${statement}`),
    )
    expect(foreign).toEqual([])
    expect(sources.filter(({ text }) => /\bimport\(|\brequire\(/.test(text)).map(({ name }) => name)).toEqual([])
  })
})

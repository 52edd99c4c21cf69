import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../../dist', import.meta.url))
const skip = !existsSync(`${folder}/index.html`) && process.env['CI'] === undefined
if (skip) console.warn('The checks of the built web app are skipped because it is not built here.')

describe.skipIf(skip)('the built app', () => {
  const page = () => readFileSync(`${folder}/index.html`, 'utf8')

  it('loads at most 200 kB of compressed JavaScript before the chart', () => {
    const scripts = [...page().matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => path ?? '')
    const bytes = scripts.map((path) => statSync(`${folder}/${path}.gz`).size)
    expect(scripts.some((path) => path.startsWith('assets/'))).toBe(true)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(200_000)
  })

  it('keeps the chart library out of the first load', () => {
    expect(readdirSync(`${folder}/assets`).some((name) => name.startsWith('candle-chart'))).toBe(true)
    expect(page()).not.toContain('candle-chart')
  })

  it('can be installed: the manifest has an icon of each size that launchers ask for, each of the size it says', () => {
    const manifest = JSON.parse(readFileSync(`${folder}/manifest.webmanifest`, 'utf8')) as Manifest
    const pictures = manifest.icons.filter(({ type }) => type === 'image/png')
    expect(pictures.map(({ sizes }) => sizes)).toEqual(['192x192', '512x512'])
    for (const { src, sizes } of pictures) expect(pngSize(`${folder}${src}`)).toBe(sizes)
    const [, appleIcon = ''] = /rel="apple-touch-icon" href="([^"]+)"/.exec(page()) ?? []
    expect(pngSize(folder + appleIcon)).toBe('180x180')
    expect(manifest).toMatchObject({ display: 'standalone', start_url: '/' })
  })

  it('has no inline script, no inline style and nothing from another origin', () => {
    expect(page()).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|https?:\/\//)
  })

  it('brings every asset in both compressed forms', () => {
    const names = readdirSync(`${folder}/assets`)
    // What fits into one line of code would only grow.
    const isWorth = (name: string) => statSync(`${folder}/assets/${name}`).size > 200
    const plain = names.filter((name) => /\.(js|css)$/.test(name) && isWorth(name))
    expect(plain.length).toBeGreaterThanOrEqual(3)
    expect(plain.flatMap((name) => [`${name}.br`, `${name}.gz`]).filter((name) => !names.includes(name))).toEqual([])
  })
})

interface Manifest {
  readonly icons: readonly { readonly src: string; readonly sizes: string; readonly type: string }[]
}

/** Width and height stand in the header of a PNG, at bytes 16 and 20 (PNG specification, IHDR). */
function pngSize(path: string): string {
  const bytes = readFileSync(path)
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`
}

import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const compressible = /\.(js|css|html|svg|json|webmanifest)$/
const brotli = promisify(brotliCompress)
const gz = promisify(gzip)

/**
 * Returns a Vite plugin that writes a `.br` and a `.gz` beside every compressible file of the built app, so that the
 * server sends ready bytes. A sibling that would not be smaller is left out.
 */
export function precompress(): Plugin {
  let folder = ''
  return {
    name: 'banyan:precompress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir)
    },
    async closeBundle() {
      const entries = await readdir(folder, { recursive: true })
      await Promise.all(entries.filter((name) => compressible.test(name)).map((name) => compress(join(folder, name))))
    },
  }
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path)
  const siblings = {
    br: await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    gz: await gz(bytes, { level: 9 }),
  }
  for (const [suffix, packed] of Object.entries(siblings))
    if (packed.length < bytes.length) await writeFile(`${path}.${suffix}`, packed)
}

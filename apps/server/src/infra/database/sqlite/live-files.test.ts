import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const source = fileURLToPath(new URL('../../../', import.meta.url))
const readingCalls =
  /\b(?:openSync|open|readFileSync|readFile|copyFileSync|copyFile|cp|cpSync|createReadStream|syncFile)\(([^)]*)\)/g

/**
 * Closing any descriptor of a locked file drops the process's locks on it (sqlite.org/howtocorrupt.html §2.2), so nothing but
 * SQLite may open these. Their names are spelled in one place, and no call that opens a file is handed one of them.
 */
it('the lock and the live database are never opened through fs', () => {
  const files = globSync('**/*.ts', { cwd: source }).filter((file) => !/(\.(test|data)\.ts$|\/testing\/)/.test(file))
  const texts = files.map((file) => [file, readFileSync(`${source}${file}`, 'utf8')] as const)
  const naming = texts.filter(([, text]) => /'(lock|banyan)\.db/.test(text)).map(([file]) => file)
  expect(naming).toEqual(['infra/database/sqlite/data-folder.ts'])
  const handed = texts.flatMap(([file, text]) =>
    [...text.matchAll(readingCalls)]
      .filter(([, given = '']) =>
        /\b(paths?|dataFolderPaths\(.*)\.(lock|database)\b|^(lock|database)(File)?\b/.test(given),
      )
      .map(([call]) => `${file}: ${call}`),
  )
  expect(handed).toEqual([])
  expect(texts.length).toBeGreaterThan(50)
})

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from './ask.ts'
import { type BanyanProcess, startBanyan, temporaryFolder } from './banyan-process.ts'
import { type InventedCandle, inventCandles, writeCandles } from './invented-candles.ts'
import { startImport } from './watched-import.ts'

/** More rounds find rarer faults: `BANYAN_KILLS=50 npm test`. */
const rounds = Number(process.env['BANYAN_KILLS'] ?? 5)
const filesPerRound = 30
const candlesPerFile = 2_000
/** What one start may take on a busy machine; the promise is 5 s on a quiet one, and the figures are printed. */
const longestStartMs = 30_000

const home = temporaryFolder()
const files = temporaryFolder()
const environment = { BANYAN_HOME: home.path, REPLAY_START: '15:45', REPLAY_LOOP: 'off', RATE_LIMIT: 'off' }
let banyan: BanyanProcess
/** How long the other files of a round take after its first, when nobody kills anything. */
let importMs: number

interface Share {
  readonly file: string
  readonly symbol: string
  readonly candles: readonly InventedCandle[]
}

/** Writes the files of a round, each with the candles of one share, and returns the folder and the shares. */
function inventRound(round: number): { readonly folder: string; readonly shares: readonly Share[] } {
  const folder = join(files.path, `round-${round}`)
  mkdirSync(folder)
  const shares = Array.from({ length: filesPerRound }, (_, i) => {
    const symbol = `R${round}S${String(i).padStart(2, '0')}`
    return { file: `${symbol}.csv`, symbol, candles: inventCandles(candlesPerFile, 100 + round + i) }
  })
  for (const { file, symbol, candles } of shares) writeCandles(join(folder, file), symbol, candles)
  return { folder, shares }
}

const importFolder = (folder: string) => startImport(home.path, ['--source', 'invented', folder])

/** Returns the stored candles of a share; none when there is no such share. */
async function storedCandles(symbol: string): Promise<readonly InventedCandle[]> {
  interface Reply {
    readonly candles: readonly InventedCandle[]
  }
  const { status, body } = await ask<Reply>(banyan.origin, `/api/candles/NSE:${symbol}?interval=day`)
  if (status === 404) return []
  expect(status).toBe(200)
  return body.candles.map(({ time, open, high, low, close, volume }) => ({ time, open, high, low, close, volume }))
}

/** Returns the files whose candles are stored, after seeing that each is there as written or not at all. */
async function storedFiles(shares: readonly Share[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const { file, symbol, candles } of shares) {
    const stored = await storedCandles(symbol)
    if (stored.length === 0) continue
    const isAsWritten = JSON.stringify(stored) === JSON.stringify(candles)
    expect({ file, count: stored.length, isAsWritten }).toEqual({ file, count: candles.length, isAsWritten: true })
    found.push(file)
  }
  return found
}

/** Kills the server in the middle of an import, starts it again and completes the import. Returns a line of figures. */
async function killOnce(round: number): Promise<string> {
  const { folder, shares } = inventRound(round)
  const command = importFolder(folder)
  if (round % 5 !== 0) await command.begun // else anywhere: before the command is heard, or in its first file
  await sleep(Math.random() * importMs)
  await banyan.stop('SIGKILL')
  const { imported } = await command.ended

  const began = performance.now()
  banyan = await startBanyan(environment)
  const startMs = performance.now() - began
  expect(startMs).toBeLessThan(longestStartMs)
  const found = await storedFiles(shares)
  expect(found).toEqual(expect.arrayContaining([...imported]))

  expect(await importFolder(folder).ended).toMatchObject({ code: 0 })
  expect(await storedFiles(shares)).toEqual(shares.map(({ file }) => file))
  return `${imported.length} of ${filesPerRound} files reported, ${found.length} found, ready in ${Math.round(startMs)} ms`
}

beforeAll(async () => {
  banyan = await startBanyan(environment)
  const { folder, shares } = inventRound(0)
  const command = importFolder(folder)
  await command.begun
  const began = performance.now()
  expect(await command.ended).toMatchObject({ code: 0 })
  importMs = performance.now() - began
  expect(await storedFiles(shares)).toHaveLength(filesPerRound)
}, 120_000)

afterAll(async () => {
  await banyan?.stop('SIGKILL')
  home.remove()
  files.remove()
})

describe('kill -9 of the server while it imports', () => {
  it(
    'loses no file that was reported, leaves no half file, and the same command completes the import',
    async () => {
      const figures: string[] = []
      for (let round = 1; round <= rounds; round++) figures.push(await killOnce(round))
      expect(figures).toHaveLength(rounds)
      process.stdout.write(`Killed ${rounds} times:\n${figures.map((line) => `  ${line}\n`).join('')}`)
    },
    60_000 * (1 + rounds),
  )
})

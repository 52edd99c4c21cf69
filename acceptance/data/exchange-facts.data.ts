import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { CandlesReply } from '@banyan/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BanyanProcess, startBanyan, temporaryFolder } from '../banyan-process.ts'
import { runImportCommand } from './import-command.ts'

const data = resolve(process.env['BANYAN_DEV_DATA'] ?? '../shared/data')
if (!existsSync(join(data, 'README.md'))) throw new Error('development data not present: set BANYAN_DEV_DATA')

const identities = join(import.meta.dirname, '../../data/identity/instruments.csv')
const events = join(data, 'daily/derived_price_adjust_events_2019_2026.csv')
const shares = ['RELIANCE', 'ZOMATO', 'ETERNAL']

const home = temporaryFolder()
let banyan: BanyanProcess
beforeAll(async () => {
  const environment = { BANYAN_HOME: join(home.path, 'data') }
  mkdirSync(environment.BANYAN_HOME)
  const days = join(home.path, 'days.csv')
  writeFileSync(days, daysOf(shares))
  const { code, out } = await runImportCommand(environment, ['--source', 'nse', identities, events, days])
  expect([code, out]).toEqual([0, expect.stringContaining('3 imported')])
  banyan = await startBanyan({ ...environment, MARKET: 'replay' })
}, 120_000)
afterAll(async () => {
  await banyan?.stop('SIGKILL')
  home.remove()
})

/** The rows of some shares, in the exchange's own figures. */
function daysOf(symbols: readonly string[]): string {
  const path = join(data, 'daily/nse_bhav_nifty500_2019-10_2026-08.csv.gz')
  const [head, ...rows] = gunzipSync(readFileSync(path)).toString().trimEnd().split('\n')
  return [head, ...rows.filter((row) => symbols.includes(row.slice(0, row.indexOf(','))))].join('\n')
}

async function candlesOf(symbol: string, from: string, to: string, adjusted: boolean): Promise<CandlesReply> {
  const query = new URLSearchParams({ from, to, interval: 'day', adjusted: String(adjusted) })
  const reply = await fetch(`${banyan.origin}/api/candles/${symbol}?${query}`)
  expect(reply.status).toBe(200)
  return (await reply.json()) as CandlesReply
}

describe('facts of the exchange', () => {
  it('EX-3: the day of a bonus is no fall by half', async () => {
    const changeOf = async (adjusted: boolean) => {
      const { candles } = await candlesOf('NSE:RELIANCE', '2024-10-25', '2024-10-28', adjusted)
      const [before, after] = candles.map(({ close }) => close)
      return Math.round(((after ?? 0) / (before ?? 0) - 1) * 10_000) / 100
    }
    expect([await changeOf(false), await changeOf(true)]).toEqual([-49.76, 0.49])
  })

  it('EX-4: a renamed share keeps its history, under either name', async () => {
    const history = await candlesOf('NSE:ETERNAL', '2025-04-07', '2025-04-10', true)
    expect(history.candles.map(({ time }) => time)).toEqual(['2025-04-07', '2025-04-08', '2025-04-09'])
    expect((await candlesOf('NSE:ZOMATO', '2025-04-07', '2025-04-10', true)).candles).toEqual(history.candles)
  })
})

import { dayMs, type EpochMs, formatIst, istDate, istMidnight } from '@banyan/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../banyan-process.ts'
import { type SandboxProcess, startSandboxProcess } from '../portfolio/sandbox-process.ts'
import { codeFrom } from '../portfolio/sync-call.ts'
import type { BreezeBook } from './breeze-readings.ts'
import { askClient } from './client-process.ts'
import {
  expectedCandles,
  expectedDemat,
  expectedHoldings,
  expectedPositions,
  expectedQuote,
  userId,
} from './expected-breeze.ts'
import { installClient } from './official-clients.ts'
import { scriptedRow } from './scripted-market.ts'

const apiKey = 'book'
/** What quotes and candles are asked of, and the vendor's name for it. */
const [asked, askedCode] = ['NSE:M&M', 'MAHMAH'] as const

const client = await installClient('breezeconnect')
let home: ReturnType<typeof temporaryFolder>
let sandbox: SandboxProcess
beforeAll(async () => {
  home = temporaryFolder()
  sandbox = await startSandboxProcess({ banyanUrl: 'http://localhost:8080', folder: home.path })
})
afterAll(async () => {
  await sandbox?.stop()
  home?.remove()
  client?.remove()
})

async function readBook(from: EpochMs, to: EpochMs) {
  if (client === null) throw new Error('The client is not installed.')
  const { settings } = sandbox
  return askClient<BreezeBook>(client, new URL('breeze-book.child.ts', import.meta.url), {
    apiUrl: `${settings['ICICI_API_URL']}/breezeapi/api/v1/`,
    historyUrl: `${settings['ICICI_HISTORY_URL']}/api/v2/`,
    masterUrl: `${settings['ICICI_MASTER_URL']}/MotherAppMaster/SecurityMaster.zip`,
    apiKey,
    apiSecret: `${apiKey}-secret`,
    apiSession: await codeFrom(sandbox, 'icici', apiKey, userId),
    code: askedCode,
    from: vendorInstant(from),
    to: vendorInstant(to),
  })
}

/** Writes India time with a Z that is not true, as the vendor wants it. */
function vendorInstant(at: EpochMs): string {
  return `${formatIst(at).slice(0, 19)}.000Z`
}

/** Returns a list of an answer; fails with what the vendor said unless it went well. */
function rowsOf(answer: BreezeBook['demat']): readonly object[] {
  expect(answer).toMatchObject({ Status: 200, Error: null })
  return answer.Success ?? []
}

describe.skipIf(client === null)('SB-1: ICICI Direct’s own client', () => {
  // It signs with the machine's time, from which the sandbox's clock may differ by a minute. Its ticks come from streams that Banyan does not
  // use and the sandbox does not imitate (upstreams.md §3.1).
  it('signs in and reads holdings, positions, quotes, candles and the list of codes', async () => {
    const at = await sandbox.setClock({ frozen: true })
    const from = istMidnight(istDate(at)) - 14 * dayMs
    const { reading, exitCode } = await readBook(from, at)

    expect(exitCode).toBe(0)
    expect(reading.userId).toBe(userId)
    const [nse, bse] = [rowsOf(reading.holdings.NSE), rowsOf(reading.holdings.BSE)]
    expect(nse).toMatchObject(expectedHoldings('NSE', at))
    expect(bse).toMatchObject(expectedHoldings('BSE', at))
    const demat = rowsOf(reading.demat) as readonly { stock_ISIN: string; quantity: string }[]
    expect(Object.fromEntries(demat.map((row) => [row.stock_ISIN, Number(row.quantity)]))).toEqual(expectedDemat(at))
    const positions = rowsOf(reading.positions)
    expect(positions).toMatchObject(expectedPositions(at))
    expect(rowsOf(reading.quotes)).toMatchObject([expectedQuote(asked, at), expectedQuote('BSE:M&M', at)])
    const [days, minutes] = [rowsOf(reading.days), rowsOf(reading.minutes)]
    expect(days).toMatchObject(expectedCandles(asked, 'day', from, at))
    expect(minutes).toMatchObject(expectedCandles(asked, 1_800, from, at))
    const { exchangeToken } = scriptedRow(asked, at).instrument
    expect(reading.codesOnNse[askedCode]).toBe(String(exchangeToken))
    const rows = { nse, bse, demat, positions, days, minutes, codesOnNse: Object.keys(reading.codesOnNse) }
    const figures = Object.entries(rows).map(([name, { length }]) => `${name} ${length}`)
    process.stdout.write(`breezeconnect: ${figures.join(', ')}\n`)
  })
})

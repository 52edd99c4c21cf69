import { istDate } from '@banyan/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tokenOf } from '../../apps/sandbox/src/zerodha/instrument-token.ts'
import { defaultPortfolios } from '../../apps/sandbox/src/zerodha/portfolio.ts'
import { temporaryFolder } from '../banyan-process.ts'
import { type SandboxProcess, startSandboxProcess } from '../portfolio/sandbox-process.ts'
import { codeFrom } from '../portfolio/sync-call.ts'
import { askClient } from './client-process.ts'
import { expectedCandles, expectedHolding, expectedPosition, expectedTick } from './expected-kite.ts'
import type { KiteBook, KiteTicks } from './kite-readings.ts'
import { installClient } from './official-clients.ts'
import { market, scriptedRow } from './scripted-market.ts'

/** Who owns every trap there is. */
const userId = 'AB1234'
const { holdings, positions } = defaultPortfolios[userId] ?? { holdings: [], positions: [] }
/** A trading day while the market is open. */
const noon = '2026-03-12T12:00:00+05:30'

const client = await installClient('kiteconnect')
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

function ask<Reading>(script: URL, question: object) {
  if (client === null) throw new Error('The client is not installed.')
  return askClient<Reading>(client, script, question)
}

async function signIn(apiKey: string) {
  const requestToken = await codeFrom(sandbox, 'zerodha', apiKey, userId)
  return { root: sandbox.settings['ZERODHA_API_URL'], apiKey, apiSecret: `${apiKey}-secret`, requestToken }
}

describe.skipIf(client === null)('SB-1: Zerodha’s own client', () => {
  const [asked, index, future] = ['NSE:M&M', 'NSE:NIFTY 50', 'CDS:USDINR FUT'] as const

  it('signs in and reads holdings, positions, quotes, candles and the list of instruments', async () => {
    const at = await sandbox.setClock({ set: noon, frozen: true })
    const from = '2026-03-09T00:00:00+05:30'
    const question = { ...(await signIn('book')), instrument: asked, from, to: noon }
    const { reading, exitCode } = await ask<KiteBook>(new URL('kite-book.child.ts', import.meta.url), question)

    expect(exitCode).toBe(0)
    expect(reading.session).toMatchObject({ user_id: userId, login_time: new Date(at).toISOString() })
    expect(reading.profile).toMatchObject({ user_id: userId, broker: 'ZERODHA' })
    expect(reading.holdings).toMatchObject(holdings.map((scripted) => expectedHolding(scripted, at)))
    const { net, day } = reading.positions
    expect(net).toMatchObject(positions.map((scripted) => expectedPosition(scripted, at)))
    const tradedToday = positions.filter(({ trades }) => trades).map(({ overnight: _, ...today }) => today)
    expect(day).toMatchObject(tradedToday.map((scripted) => expectedPosition(scripted, at)))
    const { last, prevClose } = scriptedRow(asked, at).price
    expect(reading.quotes).toEqual({
      [asked]: expect.objectContaining({ last_price: last, ohlc: expect.objectContaining({ close: prevClose }) }),
      [index]: expect.objectContaining({ last_price: scriptedRow(index, at).price.last }),
    })
    expect(reading.days).toEqual(expectedCandles(asked, 'day', from, at))
    expect(reading.minutes).toEqual(expectedCandles(asked, 300, from, at))
    const listed = reading.listed.map(({ exchange, tradingsymbol }) => `${exchange}:${tradingsymbol}`)
    const inMarket = market.instruments(istDate(at)).map(({ id }) => id)
    expect(listed.sort()).toEqual(inMarket.sort())
    const rows = { holdings: reading.holdings, net, day, days: reading.days, minutes: reading.minutes, listed }
    report(Object.entries(rows).map(([name, { length }]) => `${name} ${length}`))
  })

  it('receives ticks of a share, an index and a currency future', async () => {
    const at = await sandbox.setClock({ set: noon, frozen: false })
    const followed = [asked, index, future].map((name) => scriptedRow(name, at).instrument)
    const tickerRoot = `${sandbox.settings['ZERODHA_TICKER_URL']}/`
    const question = { ...(await signIn('ticks')), tickerRoot, tokens: followed.map(tokenOf) }
    const { reading, exitCode } = await ask<KiteTicks>(new URL('kite-ticks.child.ts', import.meta.url), question)

    // With its default settings the client ends the process with 1 when it disconnects (upstreams.md §6).
    expect([0, 1]).toContain(exitCode)
    for (const instrument of followed) {
      const own = reading.ticks.filter((tick) => tick.instrument_token === tokenOf(instrument))
      expect(own[0]?.mode).toBe('quote') // what a subscription alone brings
      const full = own.filter(({ mode }) => mode === 'full')
      expect(full.length).toBeGreaterThan(1)
      expect(full).toMatchObject(full.map((tick) => expectedTick(instrument.id, tick)))
    }
    report([`ticks ${reading.ticks.length}`, `exit code ${exitCode}`])
  })
})

function report(figures: readonly string[]): void {
  process.stdout.write(`kiteconnect: ${figures.join(', ')}\n`)
}

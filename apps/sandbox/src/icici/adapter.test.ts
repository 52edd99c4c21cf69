import { createUpstreamPort } from '@banyan/brokers/http'
import {
  createCodeMaster,
  createIcici,
  createIciciHistory,
  iciciOperations,
  readIciciCallback,
} from '@banyan/brokers/icici'
import { type InstrumentId, istMidnight, Secret } from '@banyan/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sandbox } from '../index.ts'
import { key, secret, startStill } from './testing/breeze-client.ts'

/** A pace that leaves calls at once: what it is in production is not the sandbox's matter. */
const quick = { perMs: 1_000, calls: 100_000, scope: 'both' } as const
const never = () => new AbortController().signal

let sandbox: Sandbox
let port: ReturnType<typeof createUpstreamPort>
beforeAll(async () => {
  sandbox = await startStill({ clockStart: istMidnight('2026-09-16') + 12 * 3_600_000 })
  const { icici } = sandbox.urls
  port = createUpstreamPort({
    provider: 'icici',
    hosts: { api: icici, history: icici, master: icici },
    operations: Object.values(iciciOperations),
    limits: { minute: quick, day: quick },
    clock: { now: () => Date.now() },
    allowPrivate: true,
  })
})
afterAll(async () => {
  await port.close()
  await sandbox.close()
})

async function connect(userId: string) {
  const { clock } = sandbox.control
  const codes = createCodeMaster({ port, clock })
  await codes.load(never())
  const broker = createIcici({
    port,
    clock,
    codes,
    loginUrl: `${sandbox.urls.icici}/apiuser/login`,
    limitKeyOf: () => 'k',
  })
  const page = await fetch(broker.signInUrl(key, 'no state'), {
    method: 'POST',
    body: new URLSearchParams({ user_id: userId }),
  })
  const code = /name="(API_Session)" value="([^"]+)"/.exec(await page.text())
  const callback = readIciciCallback({ [code?.[1] ?? '']: code?.[2] })
  if (callback === null) throw new Error('the login page gave no code')
  const credentials = { apiKey: new Secret(key), apiSecret: new Secret(secret), code: callback }
  return { session: await broker.open(credentials, never()), codes }
}

describe('our adapter', () => {
  it('BZ-5 reads everything the sandbox’s ICICI tells, with a key of + = !', async () => {
    const { session, codes } = await connect('BANYAN01')
    expect([session.account, session.expiresAt]).toEqual(['BANYAN01', istMidnight('2026-09-17')])
    const holdings = await session.holdings(never())
    const owned = holdings.rows.map(({ symbol, isin, quantity }) => [symbol, isin, quantity.toFixed()])
    expect(owned).toContainEqual(['RELIANCE', 'INE002A01018', '20'])
    expect(owned).toContainEqual(['INFY', 'INE009A01021', '30'])
    expect(owned).toContainEqual(['M&M', 'INE101A01026', '9'])
    const positions = await session.positions(never())
    expect(positions.rows.map(({ symbol, quantity }) => [symbol.split(' ')[0], quantity.toFixed()])).toEqual([
      ['SBIN', '-40'],
      ['HDFCBANK', '0'],
      ['NIFTY', '-65'],
      ['NIFTY', '130'],
    ])
    const name = codes.nameOf('BSE:RELIANCE' as InstrumentId)
    const quote = name && (await session.quote(name, never()))
    expect(quote?.lastPrice).toBeGreaterThan(100)
    const history = createIciciHistory({ session: () => session, codes, clock: sandbox.control.clock })
    const from = istMidnight('2026-09-15')
    const read = await history.fetchCandles(
      'NSE:NIFTY 50' as InstrumentId,
      '1minute',
      { from, to: from + 86_400_000 },
      never(),
    )
    // An index stops at 15:14 and has one print of the closing auction.
    expect([read?.candles.time.length, read?.dropped]).toEqual([361, 0])
  })

  it('takes a person who owns nothing for one', async () => {
    const { session } = await connect('BANYAN00')
    expect((await session.holdings(never())).rows).toEqual([])
    expect((await session.positions(never())).rows).toEqual([])
  })
})

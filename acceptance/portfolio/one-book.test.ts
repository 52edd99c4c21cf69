import type {
  BookReply,
  BrokerSyncReply,
  BrokersReply,
  HoldingsReply,
  LoginReply,
  PnlReply,
  PositionsReply,
} from '@banyan/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BanyanProcess, freePort, startBanyan, temporaryFolder } from '../banyan-process.ts'
import { bearer, callFor } from '../identity/call.ts'
import { goodPassword } from '../identity/people.ts'
import { apiKey, apiSecret, signInAtIcici, signInAtZerodha } from './browser-steps.ts'
import { type SandboxProcess, startSandboxProcess } from './sandbox-process.ts'

/** What Asha owns at Zerodha: ten and five still to come of Infosys at 1,400.00, eight of Reliance at 1,299.95. */
const portfolios = {
  AB1234: {
    holdings: [
      { instrument: 'NSE:INFY', quantity: 10, t1Quantity: 5, averagePrice: 1_400 },
      { instrument: 'NSE:RELIANCE', quantity: 8, averagePrice: 1_299.95 },
    ],
    positions: [{ instrument: 'NSE:INFY', product: 'CNC', trades: [{ side: 'sell', quantity: 4, price: 1_500.05 }] }],
  },
}

const home = temporaryFolder()
let sandbox: SandboxProcess
let banyan: BanyanProcess
let token: string

beforeAll(async () => {
  const port = await freePort()
  sandbox = await startSandboxProcess({ banyanUrl: `http://127.0.0.1:${port}`, folder: home.path, portfolios })
  const market = {
    YAHOO: 'off',
    DAY_FILES: 'off',
    ZERODHA_API_KEY: 'server-key',
    ZERODHA_API_SECRET: 'server-key-secret',
  }
  const admin = { ZERODHA_ADMIN_SECRET: 'the secret of the operator' }
  banyan = await startBanyan({ BANYAN_HOME: home.path, PORT: String(port), ...sandbox.settings, ...market, ...admin })
  const asha = { email: 'asha@example.com', password: goodPassword }
  token = (await callFor<LoginReply>(201, banyan.origin, '/api/auth/register', { json: asha })).body.access
}, 120_000)
afterAll(async () => {
  await banyan?.stop('SIGKILL')
  await sandbox?.stop()
  home.remove()
})

const get = async <T>(path: string) => (await callFor<T>(200, banyan.origin, path, { headers: bearer(token) })).body
const post = <T>(status: number, path: string, json: object) =>
  callFor<T>(status, banyan.origin, path, { headers: bearer(token), json })
const paise = (value: number | null | undefined) => Math.round((value ?? Number.NaN) * 100)

describe('a person with two brokers', () => {
  it('signs in at Zerodha by redirect and sees holdings with their P&L', async () => {
    const claim = await signInAtZerodha(banyan.origin, token, 'AB1234')
    const given = { api_key: apiKey, api_secret: apiSecret, claim }
    const { body } = await post<BrokerSyncReply>(200, '/api/brokers/zerodha/connect', given)
    expect(body).toMatchObject({
      broker: 'zerodha',
      broker_account: 'AB1234',
      holdings_count: 2,
      net_positions_count: 1,
    })
    await post(400, '/api/brokers/zerodha/connect', given)

    const { holdings, summary } = await get<HoldingsReply>('/api/portfolio/holdings')
    const [infy, reliance] = holdings
    expect([infy?.tradingsymbol, infy?.quantity, infy?.t1_quantity]).toEqual(['INFY', 15, 5])
    expect(paise(infy?.invested)).toBe(2_100_000)
    expect(paise(reliance?.invested)).toBe(1_039_960)
    expect(paise(infy?.pnl)).toBe(15 * paise(infy?.last_price) - 2_100_000)
    expect(paise(reliance?.pnl)).toBe(8 * paise(reliance?.last_price) - 1_039_960)
    expect(paise(summary.total_pnl)).toBe(paise(infy?.pnl) + paise(reliance?.pnl))
    const { positions } = await get<PositionsReply>('/api/portfolio/positions?type=net')
    expect(positions.map(({ tradingsymbol, quantity }) => [tradingsymbol, quantity])).toEqual([['INFY', -4]])
    expect(paise(positions[0]?.pnl)).toBe(4 * 150_005 - 4 * paise(positions[0]?.last_price))
    const pnl = await get<PnlReply>('/api/portfolio/pnl')
    expect(paise(pnl.total_pnl)).toBe(paise(summary.total_pnl) + paise(positions[0]?.pnl))
    expect(pnl.trend).toHaveLength(1)
  }, 60_000)

  it('stays connected: another sync needs no sign-in, and the board says until when', async () => {
    await post(200, '/api/brokers/zerodha/sync', {})
    const { brokers } = await get<BrokersReply>('/api/brokers')
    expect(brokers.map(({ broker, state }) => [broker, state])).toEqual([
      ['zerodha', 'connected'],
      ['icici', 'signed_out'],
      ['kotak', 'not_available'],
      ['synapsewave', 'not_available'],
    ])
    expect(brokers[0]?.expires_at).toMatch(/T06:00:00\+05:30$/)
  }, 60_000)

  it('adds ICICI and has one book, whose parts add up to the paisa', async () => {
    const claim = await signInAtIcici(banyan.origin, token, await anyIciciUser())
    await post(200, '/api/brokers/icici/connect', { api_key: apiKey, api_secret: apiSecret, claim })
    const book = await get<BookReply>('/api/portfolio/book')
    expect(book.brokers.map(({ broker }) => broker)).toEqual(['icici', 'zerodha'])
    const infy = book.groups.find(({ symbol }) => symbol === 'INFY')
    const ofZerodha = infy?.rows.filter(({ broker }) => broker === 'zerodha') ?? []
    expect(ofZerodha.map(({ kind, quantity }) => [kind, quantity])).toEqual([
      ['holding', 15],
      ['position', -4],
    ])
    const last = paise(ofZerodha[0]?.last_price)
    expect(paise(ofZerodha[0]?.current_value)).toBe(15 * last)
    expect(paise(ofZerodha[1]?.pnl)).toBe(4 * 150_005 - 4 * last)
    for (const name of ['current_value', 'pnl'] as const) {
      const sum = (parts: readonly { [key in typeof name]: number | null }[]) =>
        parts.reduce((total, part) => total + (part[name] === null ? 0 : paise(part[name])), 0)
      expect([name, sum(book.groups), sum(book.brokers)]).toEqual([
        name,
        paise(book.totals[name]),
        paise(book.totals[name]),
      ])
      expect([name, sum(book.groups.flatMap(({ rows }) => rows))]).toEqual([name, paise(book.totals[name])])
    }
  }, 60_000)

  it('loses nothing when a broker fails, and hears which and why', async () => {
    const before = await get<HoldingsReply>('/api/portfolio/holdings')
    await sandbox.setFault('zerodha', { fault: 'status:503', count: 20 })
    const refused = await post<{ code: string; broker: string }>(502, '/api/brokers/zerodha/sync', {})
    expect(refused.body).toMatchObject({ code: 'broker_unreachable', broker: 'zerodha' })
    const { holdings } = await get<HoldingsReply>('/api/portfolio/holdings')
    expect(holdings.map(({ age_ms: _age, ...rest }) => rest)).toEqual(
      before.holdings.map(({ age_ms: _age, ...rest }) => rest),
    )
  }, 60_000)
})

/** The sandbox offers a button for each who may sign in. */
async function anyIciciUser(): Promise<string> {
  const page = await fetch(`${sandbox.settings['ICICI_API_URL']}/apiuser/login?api_key=${apiKey}`)
  return /name="user_id" value="(\w+)"/.exec(await page.text())?.[1] ?? ''
}

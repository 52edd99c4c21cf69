import { startBanyan, temporaryFolder } from '../../acceptance/banyan-process.ts'
import { bearer, callFor } from '../../acceptance/identity/call.ts'
import { goodPassword, register } from '../../acceptance/identity/people.ts'
import { startSandboxProcess } from '../../acceptance/portfolio/sandbox-process.ts'
import { connect, credentialsFrom } from '../../acceptance/portfolio/sync-call.ts'

/** A server with one person who has everything that there is to see. */
export interface Scene {
  readonly origin: string
  readonly email: string
  readonly password: string
  close(): Promise<void>
}

const email = 'asha@example.com'
const watched = ['NSE:RELIANCE', 'NSE:TCS', 'NSE:INFY', 'NSE:ITC', 'NSE:SBIN', 'NSE:HINDUNILVR']
/** Opened and closed so many days before today: the calendar shows the year up to now. */
const trades = [
  ['HDFCBANK', 'buy', '50,1488', 171, '1512.4', 160, 'swing', 4],
  ['TATASTEEL', 'buy', '120,1065', 150, '1048.5', 148, 'gap up', 2],
  ['SBIN', 'buy', '150,410', 139, '402.1', 132, 'swing', 2],
  ['TCS', 'buy', '40,3050', 118, '3180.5', 111, 'swing', 4],
  ['ITC', 'buy', '300,209.5', 104, '213.2', 99, 'breakout', 4],
  ['INFY', 'buy', '60,1340', 90, '1322', 85, 'swing;gap up', 2],
  ['M&M', 'buy', '40,790', 76, '812', 71, 'swing', 3],
  ['ITC', 'buy', '500,205.4', 62, '214.6', 48, 'breakout', 5],
  ['SBIN', 'buy', '200,362', 41, '401.25', 27, 'breakout', 5],
  ['RELIANCE', 'sell', '30,1985', 20, '2004', 15, 'intraday idea', 1],
  ['HINDUNILVR', 'buy', '25,2345', 8, '', null, 'swing', 3],
] as const

function journalCsv(now: number): string {
  const at = (days: number | null, time: string) =>
    days === null ? '' : `${new Date(now - days * 86_400_000).toISOString().slice(0, 10)}T${time}:00+05:30`
  const lines = trades.map(([symbol, side, bought, opened, exit, closed, tags, rating]) =>
    [symbol, side, bought, at(opened, '10:05'), exit, at(closed, '14:10'), tags, rating].join(','),
  )
  return ['symbol,side,quantity,price,opened_at,exit_price,closed_at,tags,rating', ...lines].join('\n')
}

/** Starts server and sandbox, and registers, connects and writes what the pictures show. */
export async function startScene(): Promise<Scene> {
  const home = temporaryFolder('banyan-scene-')
  const sandbox = await startSandboxProcess({ banyanUrl: 'http://localhost:8080', folder: home.path })
  const { MARKET: _live, ...addresses } = sandbox.settings // the replay prices what the sandbox holds
  const environment = { BANYAN_HOME: home.path, REPLAY_START: '11:30', RATE_LIMIT: 'off' }
  const { origin, stop } = await startBanyan({ ...addresses, ...environment })
  const { signedIn } = await register(origin, email)
  const headers = bearer(signedIn.access)
  const person = { origin, token: signedIn.access }
  for (const [broker, owner] of [
    ['zerodha', 'AB1234'],
    ['icici', 'BANYAN01'],
  ] as const) {
    const reply = await connect(person, broker, await credentialsFrom(sandbox, broker, `${broker}-app`, owner))
    if (reply.status !== 200) throw new Error(`${broker}: ${reply.status} ${reply.text}`)
  }
  await callFor(200, origin, '/api/journal/import', {
    headers: { ...headers, 'content-type': 'text/csv' },
    text: journalCsv(Date.now()),
  })
  await callFor(201, origin, '/api/watchlists', { headers, json: { name: 'Watchlist', instruments: watched } })
  return {
    origin,
    email,
    password: goodPassword,
    async close() {
      await stop('SIGKILL')
      await sandbox.stop()
      home.remove()
    },
  }
}

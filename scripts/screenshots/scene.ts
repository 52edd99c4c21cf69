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
const journal = `symbol,side,quantity,price,opened_at,exit_price,closed_at,tags,rating
TCS,buy,40,3050,2021-04-15T10:05:00+05:30,3180.5,2021-04-22T14:10:00+05:30,swing,4
INFY,buy,60,1340,2021-04-28T09:45:00+05:30,1322,2021-05-03T15:05:00+05:30,swing;gap up,2
ITC,buy,500,205.4,2021-05-05T11:20:00+05:30,214.6,2021-05-19T13:30:00+05:30,breakout,5
SBIN,buy,200,362,2021-05-10T10:15:00+05:30,401.25,2021-05-24T12:00:00+05:30,breakout,5
RELIANCE,sell,30,1985,2021-05-21T09:35:00+05:30,2004,2021-05-26T15:10:00+05:30,intraday idea,1
HINDUNILVR,buy,25,2345,2021-06-02T10:40:00+05:30,,,swing,3
`

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
    text: journal,
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

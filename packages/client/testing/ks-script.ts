import type { KSTradeApiOptions } from '../src/index.ts'
import type { Reply, ScriptedServer } from './scripted-server.ts'

/** Options with invented values, as in kotak.md §5. */
export const OPTIONS = {
  accessToken: 'ACCESS-TOKEN',
  userid: 'S4MPL3',
  consumerKey: 'CONSUMER-KEY',
  ip: '127.0.0.1',
  appId: 'DefaultApplication',
} satisfies KSTradeApiOptions

export const ONE_TIME_TOKEN = '0F1E2D3C4B5A69788796A5B4C3D2E1F0'
export const SESSION_TOKEN = 'A1B2C3D4E5F60718293A4B5C6D7E8F90'
export const INIT = '/apim/session/1.0/session/init'
export const LOGIN = '/apim/session/1.0/session/login/userid'

export const hostOf = ({ origin }: ScriptedServer): string => `${origin}/apim`

/** Answers of the server, cut to what the client acts on. */
export const moveTo = (host: string): Reply => ({ body: { Success: { redirect: { host, port: 8080 } } } })
export const greeting = (origin: string): Reply => moveTo(`${origin}/apim`)
export const loggedIn: Reply = { body: { Success: { Status: 'Temporary', oneTimeToken: ONE_TIME_TOKEN } } }
export const complete: Reply = { body: { success: { clientCode: 'S4MPL3', sessionToken: SESSION_TOKEN } } }
export const loggedOut: Reply = { body: { Success: { message: 'Logout Successful.' } } }

export const fault = (status: number, code: number, message = 'm'): Reply => ({
  status,
  body: { fault: { code, message, description: 'd' } },
})

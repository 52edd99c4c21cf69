import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { type EpochMs, istMidnight } from '@banyan/domain'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../index.ts'

export const key = 'demo+key=1!'
export const secret = `${key}-secret`
/** A Wednesday with a session, 11:30 IST. */
export const start: EpochMs = istMidnight('2026-03-11') + 11.5 * 3_600_000

/** Starts a sandbox whose clock stands still. */
export async function startStill(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ seed: 7, clockStart: start, ...options })
  sandbox.control.clock.freeze()
  sandbox.control.clock.set(options.clockStart ?? start)
  return sandbox
}

interface Envelope {
  readonly Success: unknown
  readonly Status: number
  readonly Error: string | null
}

export interface BreezeReply {
  /** HTTP status. */
  readonly status: number
  readonly envelope: Envelope
}

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const noEnvelope: Envelope = { Success: null, Status: 0, Error: 'not JSON' }

/** Sends a request as it is told to, a body on a GET included; only the headers given say how long it is. */
export function send(url: string, { method = 'GET', headers = {}, body = '' }: Sent): Promise<BreezeReply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers: { ...headers }, agent: false }, (incoming) => {
      text(incoming).then((answer) => {
        const envelope = answer.startsWith('{') ? (JSON.parse(answer) as Envelope) : noEnvelope
        resolve({ status: incoming.statusCode ?? 0, envelope })
      }, reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** A program that knows one app's key and secret. */
export interface BreezeClient {
  /** Presses the button of a user; returns the one-time code from the form that comes back. */
  signIn(userId?: string): Promise<string>
  customerDetails(code: string, also?: Sent): Promise<BreezeReply>
  /** Signs in and opens a session; returns its token. */
  open(userId?: string): Promise<string>
  /** Makes a signed call of API v1. `also` replaces what is sent. */
  call(
    operation: string,
    parameters: object,
    token: string,
    also?: Sent & { readonly at?: EpochMs },
  ): Promise<BreezeReply>
  history(query: Readonly<Record<string, string>>, token: string): Promise<BreezeReply>
}

export function createBreezeClient({ urls, control }: Sandbox, apiKey = key, apiSecret = secret): BreezeClient {
  const api = `${urls.icici}/breezeapi/api/v1`
  const client: BreezeClient = {
    async signIn(userId = 'BANYAN01') {
      const address = `${urls.icici}/apiuser/login?api_key=${encodeURIComponent(apiKey)}`
      const page = await fetch(address, { method: 'POST', body: new URLSearchParams({ user_id: userId }) })
      return /name="API_Session" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
    },
    customerDetails(code, also = {}) {
      const body = JSON.stringify({ SessionToken: code, AppKey: apiKey })
      const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
      return send(`${api}/customerdetails`, { headers, body, ...also })
    },
    async open(userId) {
      const { envelope } = await client.customerDetails(await client.signIn(userId))
      return (envelope.Success as { session_token: string }).session_token
    },
    call(operation, parameters, token, { at = control.clock.now(), ...also } = {}) {
      const body = JSON.stringify(parameters)
      const timestamp = `${new Date(at).toISOString().slice(0, 19)}.000Z`
      const digest = createHash('sha256').update(`${timestamp}${body}${apiSecret}`).digest('hex')
      const headers = {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(also.body ?? body)),
        'x-appkey': apiKey,
        'x-sessiontoken': token,
        'x-timestamp': timestamp,
        'x-checksum': `token ${digest}`,
        ...also.headers,
      }
      return send(`${api}/${operation}`, { body, ...also, headers })
    },
    history(query, token) {
      const address = `${urls.icici}/api/v2/historicalcharts?${new URLSearchParams(query)}`
      return send(address, { headers: { apikey: apiKey, 'x-sessiontoken': token } })
    },
  }
  return client
}

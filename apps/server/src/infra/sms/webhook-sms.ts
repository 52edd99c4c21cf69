import { createHmac } from 'node:crypto'
import { BanyanError, Secret } from '@banyan/domain'
import { bulkhead } from 'cockatiel'
import type { SmsSender } from './sms-sender.ts'

export interface WebhookSmsParts {
  /** Address of the gateway. Secret because such addresses carry tokens; a user and password in it are sent as Basic authentication. */
  readonly url: Secret
  /** Signs each body when given, so that the gateway can tell our calls from a stranger's. */
  readonly signingSecret: Secret | null
  /** Bound of one call from the look-up of the name to the reply's head. Default: a signal of 10 s (quality-bar.md U1). */
  deadline?(): AbortSignal
}

const deadlineMs = 10_000
/** quality-bar.md U3. */
const limits = { atOnce: 10, waiting: 20 }

/**
 * Returns a sender that posts `{"to": "+91…", "text": "…"}` as JSON to a web address, the least common denominator of SMS gateways.
 * `x-banyan-signature` is `sha256=` and the hex HMAC-SHA256 of the body. Any 2xx means taken; what the reply says is not read.
 */
export function createWebhookSms({
  url,
  signingSecret,
  deadline = () => AbortSignal.timeout(deadlineMs),
}: WebhookSmsParts): SmsSender {
  const { address, authorization } = splitCredentials(url)
  const places = bulkhead(limits.atOnce, limits.waiting)
  return {
    isConfigured: true,
    async send({ to, text }) {
      const body = JSON.stringify({ to, text })
      const headers = { 'content-type': 'application/json', ...authorization, ...signatureOf(body, signingSecret) }
      const signal = deadline()
      try {
        await places.execute(() => post(address.reveal(), { body, headers, signal }), signal)
      } catch (cause) {
        throw new BanyanError('unavailable', { message: 'The SMS could not be sent.', cause })
      }
    },
  }
}

function signatureOf(body: string, secret: Secret | null): Record<string, string> {
  if (secret === null) return {}
  return { 'x-banyan-signature': `sha256=${createHmac('sha256', secret.reveal()).update(body, 'utf8').digest('hex')}` }
}

async function post(address: string, request: Pick<RequestInit, 'body' | 'headers' | 'signal'>): Promise<void> {
  const reply = await fetch(address, { ...request, method: 'POST', redirect: 'error' })
  await reply.body?.cancel()
  if (!reply.ok) throw new Error(`the SMS gateway answered ${reply.status}`)
}

/** `fetch` refuses addresses with a user and password in them. Done once, at the start: a failing `URL` quotes its input. */
function splitCredentials(secret: Secret): { address: Secret; authorization: Record<string, string> } {
  const url = URL.parse(secret.reveal())
  if (url === null) throw new TypeError('the address of the SMS gateway is not a URL')
  if (url.username === '' && url.password === '') return { address: secret, authorization: {} }
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  url.username = ''
  url.password = ''
  const authorization = `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`
  return { address: new Secret(url.href), authorization: { authorization } }
}

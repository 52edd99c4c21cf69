import { createHash } from 'node:crypto'
import type { EpochMs, Secret } from '@banyan/domain'

/** What every call of a session carries. */
export interface SessionSecrets {
  readonly appKey: Secret
  readonly apiSecret: Secret
  /** `session_token` as ICICI gave it, never decoded. */
  readonly token: Secret
}

/** Returns the instant as the vendor takes it: UTC with the milliseconds forced to zero. */
export function timestampOf(now: EpochMs): string {
  return `${new Date(now).toISOString().slice(0, 19)}.000Z`
}

/** Returns the digest over exactly the bytes that are sent, in lower-case hex. */
export function digestOf(timestamp: string, body: string, apiSecret: Secret): string {
  return createHash('sha256').update(`${timestamp}${body}${apiSecret.reveal()}`, 'utf8').digest('hex')
}

/** Returns the headers of a signed call with this body (upstreams.md §3.2). They hold for about a minute from `now`. */
export function signedHeaders(secrets: SessionSecrets, body: string, now: EpochMs): Record<string, string> {
  const timestamp = timestampOf(now)
  return {
    'content-type': 'application/json',
    'x-appkey': secrets.appKey.reveal(),
    'x-sessiontoken': secrets.token.reveal(),
    'x-timestamp': timestamp,
    'x-checksum': `token ${digestOf(timestamp, body, secrets.apiSecret)}`,
  }
}

import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { type EpochMs, parseTimestamp } from '@banyan/domain'

const timestampForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.000Z$/
const maxSkewMs = 60_000

/** Returns the digest a call must carry, over the bytes of its body as they came (upstreams.md §3.2). Lower-case hex. */
export function digestOf(timestamp: string, body: Buffer, apiSecret: string): string {
  return createHash('sha256').update(timestamp).update(body).update(apiSecret).digest('hex')
}

/** Tells whether the headers sign the body with the secret, at most a minute away from `now`. */
export function isSigned(headers: IncomingHttpHeaders, body: Buffer, apiSecret: string, now: EpochMs): boolean {
  const timestamp = String(headers['x-timestamp'] ?? '')
  const signedAt = timestampForm.test(timestamp) ? parseTimestamp(timestamp) : null
  if (signedAt === null || Math.abs(now - signedAt) > maxSkewMs) return false
  return headers['x-checksum'] === `token ${digestOf(timestamp, body, apiSecret)}`
}

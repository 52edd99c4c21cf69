import { BanyanError } from '@banyan/domain'
import type { FetchImplementation } from 'jose'

const longestReply = 262_144

/** Fetches an issuer's keys: no redirect, no more bytes than a set of keys can have. Rejects with `unavailable` when it does not come. */
export const fetchKeys: FetchImplementation = async (url, { headers, method, signal }) => {
  try {
    const reply = await fetch(url, { headers, method, redirect: 'error', signal })
    const text = await readBounded(reply)
    return new Response(text, { status: reply.status, headers: { 'content-type': 'application/json' } })
  } catch (cause) {
    throw new BanyanError('unavailable', { retryAfterS: 5, cause })
  }
}

async function readBounded(reply: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of reply.body ?? []) {
    size += chunk.length
    if (size > longestReply) throw new RangeError('the keys of the issuer are too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

import type { ServerResponse } from 'node:http'
import type { StreamBeat, StreamEnd } from '@banyan/contracts'
import { formatIst } from '@banyan/domain'
import type { MarketModule } from '../../modules/market/index.ts'
import type { QuoteReader } from '../../modules/quote-streams/index.ts'
import { toMarketMode } from '../api/provenance.ts'
import type { QuoteText } from '../api/quote-texts.ts'
import { createHeaderJoiner, type ReadyHeaders } from '../api/ready-headers.ts'

export const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx would hold events back until its buffer is full.
  'x-accel-buffering': 'no',
} as const

/** How often changes are sent at most. Faster is not seen by people, and what changed twice in between is sent once. */
const flushMs = 100
/** Often enough that a revoked session ends its streams within 5 s (quality-bar.md J5, W5), and proxies do not take silence for death. */
const beatMs = 4_500
/** Who has not taken what was sent after so many beats is gone. */
const beatsUntaken = 7

export interface PushParts {
  readonly market: Pick<MarketModule, 'now' | 'status'>
  readonly toText: QuoteText
  readonly headers: ReadyHeaders
  onProblem(error: unknown): void
}

const join = createHeaderJoiner()
const ownHeaders: readonly string[] = Object.entries(streamHeaders).flat()

/** Writes a reader's prices to the response until either side ends it. A client that does not take them gets the latest when it does. */
export function pushQuotes(reader: QuoteReader, response: ServerResponse, parts: PushParts): void {
  const { market, toText } = parts
  let untaken = 0
  response.writeHead(200, join(parts.headers, ownHeaders))
  sendBeat(response, market)

  function flush(): void {
    if (response.writableNeedDrain) return
    const changes = reader.takeChanges()
    if (changes.size === 0) return
    const now = market.now()
    const members = [...changes].map(([id, quote]) => toText(id, quote, now)).join()
    response.write(`event: quotes\ndata: {"quotes":{${members}},"as_of_ist":"${formatIst(now)}"}\n\n`, 'latin1')
  }

  async function beat(): Promise<void> {
    untaken = response.writableNeedDrain ? untaken + 1 : 0
    if (untaken >= beatsUntaken) return void response.destroy()
    if (!(await reader.isWelcome())) return end('session_revoked')
    await reader.look()
    if (!response.writableNeedDrain && !response.writableEnded) sendBeat(response, market)
  }

  function end(code: StreamEnd['code']): void {
    if (response.writableEnded) return
    response.end(`event: end\ndata: ${JSON.stringify({ code } satisfies StreamEnd)}\n\n`)
  }

  const flushing = setInterval(flush, flushMs)
  const beating = setInterval(() => void beat().catch(parts.onProblem), beatMs)
  response.once('close', () => {
    clearInterval(flushing)
    clearInterval(beating)
    reader.close()
  })
  reader.onEnd(() => end('unavailable'))
  void reader.look().then(flush, parts.onProblem)
}

function sendBeat(response: ServerResponse, market: PushParts['market']): void {
  const status = market.status()
  const beat = { as_of_ist: formatIst(market.now()), is_open: status.isOpen, market: toMarketMode(status) }
  response.write(`event: beat\ndata: ${JSON.stringify(beat satisfies StreamBeat)}\n\n`)
}

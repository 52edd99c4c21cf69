// Signs in at the sandbox's Zerodha with its official client and listens until every instrument has moved.
import type { KiteTick, KiteTicks, KiteTicksQuestion } from './kite-readings.ts'
import { printReading, readQuestion } from './loaded-client.ts'

interface KiteConnect {
  generateSession(requestToken: string, secret: string): Promise<{ access_token: string }>
}

interface KiteTicker {
  on(event: 'connect', listener: () => void): void
  on(event: 'ticks', listener: (ticks: readonly KiteTick[]) => void): void
  on(event: 'error', listener: (error: { message: string }) => void): void
  connect(): void
  subscribe(tokens: readonly number[]): void
  setMode(mode: string, tokens: readonly number[]): void
  disconnect(): void
}

const { question, load } = await readQuestion<KiteTicksQuestion>()
const { root, tickerRoot, apiKey, apiSecret, requestToken, tokens } = question
const official = load('kiteconnect') as {
  KiteConnect: new (options: object) => KiteConnect
  KiteTicker: new (options: object) => KiteTicker
}
const kite = new official.KiteConnect({ api_key: apiKey, root })
const { access_token: accessToken } = await kite.generateSession(requestToken, apiSecret)
const ticker = new official.KiteTicker({ api_key: apiKey, access_token: accessToken, root: tickerRoot })

const heard: KiteTick[] = []
function hasMoved(token: number): boolean {
  const own = heard.filter((tick) => tick.instrument_token === token && tick.mode === 'full')
  return new Set(own.map(({ exchange_timestamp: at }) => String(at))).size > 1
}

ticker.on('error', ({ message }) => process.stderr.write(`${message}\n`))
ticker.on('connect', () => {
  ticker.subscribe(tokens)
  ticker.setMode('full', tokens)
})
let isOver = false
ticker.on('ticks', (ticks) => {
  heard.push(...ticks)
  if (isOver || !tokens.every(hasMoved)) return
  isOver = true
  // The client ends the process here, with exit code 1.
  void printReading({ ticks: heard } satisfies KiteTicks).then(() => ticker.disconnect())
})
ticker.connect()

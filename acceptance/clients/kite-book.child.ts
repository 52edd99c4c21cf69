// Signs in at the sandbox's Zerodha with its official client and reads a book and the market.
import type { KiteBook, KiteBookQuestion, KiteInstrument } from './kite-readings.ts'
import { printReading, readQuestion } from './loaded-client.ts'

interface KiteConnect {
  generateSession(requestToken: string, secret: string): Promise<KiteBook['session'] & { access_token: string }>
  getProfile(): Promise<KiteBook['profile']>
  getHoldings(): Promise<KiteBook['holdings']>
  getPositions(): Promise<KiteBook['positions']>
  getInstruments(): Promise<readonly KiteInstrument[]>
  getQuote(instruments: readonly string[]): Promise<KiteBook['quotes']>
  getHistoricalData(token: string, interval: string, from: Date, to: Date): Promise<KiteBook['days']>
}

const { question, load } = await readQuestion<KiteBookQuestion>()
const { root, apiKey, apiSecret, requestToken, instrument, from, to } = question
const official = load('kiteconnect') as { KiteConnect: new (options: object) => KiteConnect }
const kite = new official.KiteConnect({ api_key: apiKey, root })

const session = await kite.generateSession(requestToken, apiSecret)
const listed = await kite.getInstruments()
const { instrument_token: token = '' } =
  listed.find(({ exchange, tradingsymbol }) => `${exchange}:${tradingsymbol}` === instrument) ?? {}
const candles = (interval: string) => kite.getHistoricalData(token, interval, new Date(from), new Date(to))
await printReading({
  session,
  profile: await kite.getProfile(),
  holdings: await kite.getHoldings(),
  positions: await kite.getPositions(),
  listed: listed.filter(({ tradingsymbol }) => tradingsymbol),
  quotes: await kite.getQuote([instrument, 'NSE:NIFTY 50', 'NSE:NOSUCH']),
  days: await candles('day'),
  minutes: await candles('5minute'),
} satisfies KiteBook)

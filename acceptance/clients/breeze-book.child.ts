// Signs in at the sandbox's ICICI Direct with its official client and reads a book and the market.
import type { BreezeBook, BreezeBookQuestion } from './breeze-readings.ts'
import { printReading, readQuestion } from './loaded-client.ts'

type Answer = BreezeBook['demat']
interface Breeze {
  readonly userId: string
  /** By exchange: BSE, NSE and others. */
  readonly stockScriptDictList: readonly Readonly<Record<string, string>>[]
  generateSession(secret: string, apiSession: string): Promise<void>
  getPortfolioHoldings(asked: { exchangeCode: string }): Promise<Answer>
  getDematHoldings(): Promise<Answer>
  getPortfolioPositions(): Promise<Answer>
  getQuotes(asked: { exchangeCode: string; stockCode: string }): Promise<Answer>
  getHistoricalDatav2(asked: Record<string, string>): Promise<Answer>
}

const { question, load } = await readQuestion<BreezeBookQuestion>()
const { apiKey, apiSecret, apiSession, code, from, to } = question
// No option names the hosts, but the client reads them anew for each call from an object that its package offers: nothing is patched, and its
// requests go out as it makes them. The sandbox speaks HTTP, so what it does about certificates plays no part.
const { urls } = load('breezeconnect/config') as { urls: Record<string, string> }
Object.assign(urls, {
  API_URL: question.apiUrl,
  BREEZE_NEW_URL: question.historyUrl,
  SECURITY_MASTER_URL: question.masterUrl,
})
const official = load('breezeconnect') as { BreezeConnect: new (options: object) => Breeze }
const breeze = new official.BreezeConnect({ appKey: apiKey })

await breeze.generateSession(apiSecret, apiSession)
// One after another: its calls share global variables.
const share = { stockCode: code, exchangeCode: 'NSE' }
const window = { ...share, productType: 'cash', fromDate: from, toDate: to }
await printReading({
  userId: breeze.userId,
  holdings: {
    NSE: await breeze.getPortfolioHoldings({ exchangeCode: 'NSE' }),
    BSE: await breeze.getPortfolioHoldings({ exchangeCode: 'BSE' }),
  },
  demat: await breeze.getDematHoldings(),
  positions: await breeze.getPortfolioPositions(),
  quotes: await breeze.getQuotes(share),
  days: await breeze.getHistoricalDatav2({ ...window, interval: '1day' }),
  minutes: await breeze.getHistoricalDatav2({ ...window, interval: '30minute' }),
  codesOnNse: breeze.stockScriptDictList[1] ?? {},
} satisfies BreezeBook)

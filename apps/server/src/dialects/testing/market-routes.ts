import type { HttpApp } from '../../infra/http/http-app.ts'
import { createAnalysisInMemory } from '../../infra/http/testing/analysis-in-memory.ts'
import { createCandlesInMemory } from '../../infra/http/testing/candles-in-memory.ts'
import {
  createInstrumentsInMemory,
  createMarketInMemory,
  instrumentOf,
  quoteOf,
} from '../../infra/http/testing/market-in-memory.ts'
import { createTestClock, healthyReport } from '../../infra/http/testing/test-server.ts'
import { createQuoteStreams } from '../../modules/quote-streams/index.ts'
import { registerBanyan, registerBanyanStreams } from '../banyan/index.ts'
import { registerStocktrendz } from '../stocktrendz/index.ts'

/** Adds the routes that show prices, over a market of one share, so that a server has every route there is. */
export function addMarketRoutes({ fastify, addresses }: HttpApp): void {
  const { market } = createMarketInMemory([quoteOf('NSE:TCS', 100)])
  const instruments = createInstrumentsInMemory([instrumentOf('NSE:TCS')])
  const { candles } = createCandlesInMemory(instruments, 'NSE:TCS', 1)
  const analysis = createAnalysisInMemory({ candles, instruments, market })
  const status = { health: async () => healthyReport }
  const { clock } = createTestClock()
  registerStocktrendz(fastify, { market, analysis, instruments, status, clock })
  registerBanyan(fastify, { market, instruments, candles, analysis })
  const onProblem = (error: unknown) => {
    throw error
  }
  registerBanyanStreams(fastify, {
    streams: createQuoteStreams({ market, clock }),
    market,
    instruments,
    addresses,
    onProblem,
  })
}

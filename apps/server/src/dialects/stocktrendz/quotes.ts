import type { IncomingMessage, ServerResponse } from 'node:http'
import { parse } from 'node:querystring'
import { MarketMode, named, Quote, QuotesQuery, QuotesReply } from '@banyan/contracts'
import { formatIst, type InstrumentId } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { InstrumentsModule } from '../../modules/instruments/index.ts'
import type { MarketModule } from '../../modules/market/index.ts'
import { toAscii } from '../api/ascii-json.ts'
import { instrumentList, readParameters, required } from '../api/parameters.ts'
import { toMarketMode } from '../api/provenance.ts'
import { createQuoteTexts } from '../api/quote-texts.ts'
import { createHeaderJoiner, type ReadyHeaders, readyHeadersOf } from '../api/ready-headers.ts'
import { remembered } from '../api/remembered.ts'
import { addSchemas, readByHandler, responses } from '../api/route-schema.ts'
import { createInstantReplies, type InstantReply } from './instant-replies.ts'

const query = { symbols: required(instrumentList(50)) }

/** Clients poll with the same list; reading 50 IDs was about an eighth of answering them. */
const listsKept = 256

/** GET /api/quotes (stocktrendz.md §5.2): prepared text per instrument, answered ahead of the router; HEAD takes the ordinary way. */
export function addQuotes(
  app: FastifyInstance,
  parts: { readonly market: MarketModule; readonly instruments: InstrumentsModule },
): void {
  const { market, instruments } = parts
  const toText = createQuoteTexts(market)
  const symbolsOf = remembered(listsKept, (text) => readParameters(parse(text), query).symbols)
  const ofThisInstant = createInstantReplies()
  const join = createHeaderJoiner()
  market.onQuotes(() => ofThisInstant.clear())

  function answer(request: IncomingMessage, response: ServerResponse, headers: ReadyHeaders): void | Promise<void> {
    const asked = queryOf(request.url ?? '')
    const ready = ofThisInstant.get(asked, market.now())
    if (ready === null) return answerAnew(asked, response, headers)
    send(ready, response, headers)
  }

  async function answerAnew(asked: string, response: ServerResponse, headers: ReadyHeaders): Promise<void> {
    const { known, missing } = resolve(symbolsOf(asked), instruments)
    const quotes = await market.quotes(known)
    const now = market.now()
    let members = ''
    for (const id of known) members += `${members === '' ? '' : ','}${toText(id, quotes.get(id) ?? null, now)}`
    const rest = { missing, as_of_ist: formatIst(now), market: toMarketMode(market.status()) }
    const json = `{"quotes":{${members}},${toAscii(JSON.stringify(rest)).slice(1)}`
    send(ofThisInstant.put(asked, now, json), response, headers)
  }

  function send({ body, own }: InstantReply, response: ServerResponse, headers: ReadyHeaders): void {
    response.writeHead(200, join(headers, own)).end(body, 'latin1')
  }

  addSchemas(app, [MarketMode, Quote, QuotesReply])
  app.get('/api/quotes', {
    config: { credential: 'none', rateClass: 'quotes', cors: 'public', direct: answer },
    schema: {
      operationId: 'getQuotes',
      summary: 'Last traded prices of up to 50 instruments',
      tags: ['market'],
      querystring: QuotesQuery,
      response: responses({ 200: named(QuotesReply) }, ['invalid_parameter']),
    },
    validatorCompiler: readByHandler,
    async handler(request, reply) {
      symbolsOf(queryOf(request.url))
      reply.hijack()
      await answer(request.raw, reply.raw, readyHeadersOf(reply))
    },
  })
}

function queryOf(url: string): string {
  const start = url.indexOf('?')
  return start === -1 ? '' : url.slice(start + 1)
}

/** Splits IDs into instruments some list knows, by their canonical ID and each once, and IDs no list knows. */
function resolve(symbols: readonly InstrumentId[], instruments: InstrumentsModule) {
  const known = new Set<InstrumentId>()
  const missing: InstrumentId[] = []
  for (const symbol of symbols) {
    const instrument = instruments.find(symbol)
    if (instrument) known.add(instrument.id)
    else missing.push(symbol)
  }
  return { known: [...known], missing }
}

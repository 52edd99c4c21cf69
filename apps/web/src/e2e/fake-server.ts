import { createReadStream, existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { intervals } from '../lib/view.ts'
import { type InventedReport, inventedHealth, inventedSession } from './invented-health.ts'
import {
  inventedCandlesReply,
  inventedInstruments,
  inventedMarketMap,
  inventedMovers,
  inventedQuotes,
  inventedSnapshot,
} from './invented-market.ts'
import {
  inventedAnalysis,
  inventedCatalogue,
  inventedFindings,
  inventedMatches,
  inventedSignals,
} from './invented-patterns.ts'
import type { Scene } from './invented-prices.ts'

/** How the server misbehaves. `down` cuts every API connection; `rate_limited` answers 429 with `Retry-After: 30`. */
type Fault = 'none' | 'down' | 'rate_limited'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
}

/** The strictest policy the page must live under: no inline script, no inline style, nothing from elsewhere. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

interface FakeServerOptions {
  readonly folder: string
  readonly scene: Scene
  readonly now: () => number
  /** 0 takes a free one. */
  readonly port?: number
  /** Answers what the invented market does not know, or knows otherwise; false leaves it to the market. */
  readonly answerFirst?: (request: IncomingMessage, url: URL, response: ServerResponse) => boolean
}

/** Returns a running server of the built app in `folder` over an invented market. */
export async function startFakeServer(options: FakeServerOptions) {
  const startedAt = options.now()
  const asked: string[] = []
  const control = { fault: 'none' as Fault, frozen: false, scene: options.scene, report: {} as InventedReport }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://any')
    if (!url.pathname.startsWith('/api/')) return sendFile(options.folder, url.pathname, response)
    asked.push(url.pathname)
    if (control.fault === 'down') return request.destroy()
    if (control.fault === 'rate_limited') return refuse(response, 429, 'rate_limited', { 'retry-after': '30' })
    if (options.answerFirst?.(request, url, response)) return
    if (url.pathname === '/api/stream') return stream(request, url, control.scene, options.now() - startedAt, response)
    if (url.pathname === '/api/health') return send(response, inventedHealth(control.scene, control.report))
    const session = inventedSession(url.pathname, control.report)
    if (session !== null) return send(response, session)
    answer(control.scene, url, control.frozen ? 0 : options.now() - startedAt, response)
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Paths of the API that were asked, oldest first. */
    asked,
    control,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The stream tells that it lives and all prices once; the instruments it is about are its id. */
function stream(
  request: IncomingMessage,
  { searchParams }: URL,
  scene: Scene,
  elapsedMs: number,
  response: ServerResponse,
) {
  const id = searchParams.get('id')
  if (id !== null) {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const { quotes, as_of_ist, market } = inventedQuotes(scene, id.split(','), elapsedMs)
    const beat = { as_of_ist, is_open: scene.state === 'open', market }
    response.write(`event: beat\ndata: ${JSON.stringify(beat)}\n\n`)
    return response.write(`event: quotes\ndata: ${JSON.stringify({ quotes, as_of_ist })}\n\n`)
  }
  let body = ''
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString()
  })
  return request.on('end', () => {
    const { symbols } = JSON.parse(body) as { symbols: string[] }
    const reply = { id: symbols.join(','), expires_in: 30, missing: [] }
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(reply))
  })
}

function answer(scene: Scene, url: URL, elapsedMs: number, response: ServerResponse) {
  const { pathname, searchParams } = url
  const limit = Number(searchParams.get('limit') ?? 20)
  const replies: Record<string, () => unknown> = {
    '/api/index/snapshot': () => ({
      ...inventedSnapshot(scene, elapsedMs),
      signals: inventedSignals(scene, new URLSearchParams()).signals,
    }),
    '/api/signals': () => inventedSignals(scene, searchParams),
    '/api/patterns': () => inventedCatalogue(scene),
    '/api/movers': () => inventedMovers(scene, limit, elapsedMs),
    '/api/market-map': () => inventedMarketMap(scene, limit, elapsedMs),
    '/api/quotes': () => inventedQuotes(scene, (searchParams.get('symbols') ?? '').split(','), elapsedMs),
    '/api/instruments': () => inventedInstruments(searchParams.get('q') ?? '', limit),
  }
  const body = replies[pathname]?.() ?? ofInstrument(scene, url)
  return body === null ? refuse(response, 404, 'not_found') : send(response, body)
}

const patternIntervals = ['15minute', '60minute', 'day', 'week'] as const

/** Answers the paths that name an instrument; null for every other. */
function ofInstrument(scene: Scene, url: URL): unknown {
  const [, , part, name, more] = url.pathname.split('/')
  if (name === undefined) return null
  const instrument = decodeURIComponent(name)
  const interval = url.searchParams.get('interval')
  if (part === 'candles') return candlesOf(scene, instrument, url)
  const findings = inventedFindings(scene, instrument, patternIntervals.find((one) => one === interval) ?? 'day')
  if (findings === null) return null
  if (part === 'analysis') return inventedAnalysis(scene, instrument)
  if (part !== 'patterns') return null
  return more === 'matches' ? inventedMatches(scene, instrument) : findings
}

function candlesOf(scene: Scene, instrument: string, { searchParams }: URL) {
  const named = searchParams.get('interval')
  return inventedCandlesReply(scene, {
    instrument,
    interval: intervals.find(({ value }) => value === named)?.value ?? 'day',
    from: searchParams.get('from'),
    adjusted: searchParams.get('adjusted') !== 'false',
  })
}

function send(response: ServerResponse, body: unknown) {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

function refuse(response: ServerResponse, status: number, code: string, headers: Record<string, string> = {}) {
  const message = `Refused: ${code}.`
  const body = { success: 'false', message, error: message, msg: message, code, request_id: 'req_invented' }
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

function sendFile(folder: string, pathname: string, response: ServerResponse) {
  const path = join(folder, normalize(extname(pathname) === '' ? '/index.html' : pathname))
  if (!existsSync(path)) return response.writeHead(404).end()
  response.writeHead(200, {
    'content-type': types[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
  })
  return createReadStream(path).pipe(response)
}

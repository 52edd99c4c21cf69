import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createMetricsServer } from './metrics-server.ts'
import { createRequestIds } from './request-id.ts'
import { startTestServer } from './testing/test-server.ts'

describe('the list of public routes', () => {
  it('is the reviewed one', async () => {
    const server = await startTestServer()
    const open = server.app.routes().filter(({ credential, method }) => credential === 'none' && method === 'GET')
    expect(open.map(({ url, rateClass }) => `${url} ${rateClass}`).sort()).toEqual([
      '/ none',
      '/api/analysis/:symbol(^[^]+$) analysis',
      '/api/candles/:instrument(^[^]+$) candles',
      '/api/health api',
      '/api/index/snapshot api',
      '/api/instruments api',
      '/api/market-map api',
      '/api/movers api',
      '/api/patterns analysis',
      '/api/patterns/:symbol(^[^]+$) analysis',
      '/api/patterns/:symbol(^[^]+$)/matches matches',
      '/api/quotes quotes',
      '/api/signals analysis',
      '/docs none',
      '/docs/json none',
      '/docs/static/* none',
      '/docs/static/index.html none',
      '/docs/static/swagger-initializer.js none',
      '/docs/yaml none',
      '/livez none',
      '/openapi.json none',
      '/readyz none',
    ])
    expect(server.app.routes().filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([])
    await server.app.close()
  })
})

describe('the OpenAPI document', () => {
  it('is 3.1, names its schemas, resolves every reference and lists the errors of every route', async () => {
    const server = await startTestServer()
    const text = await (await server.get('/openapi.json')).text()
    const document = JSON.parse(text)
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.components.schemas).sort()).toEqual([
      'AnalysisReply',
      'CandlesReply',
      'EdgeMeasurement',
      'Error',
      'Health',
      'Instrument',
      'InstrumentPatternsReply',
      'InstrumentsReply',
      'MarketMapReply',
      'MarketMode',
      'MatchesReply',
      'MoversReply',
      'PatternEdge',
      'PatternsReply',
      'Quote',
      'QuotesReply',
      'Signal',
      'SignalsReply',
      'Snapshot',
    ])
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
      expect(document.components.schemas).toHaveProperty(name ?? '')
    expect(text).not.toMatch(/"\$ref":"(?!#\/components\/schemas\/)|"items":\[|def-\d/)
    const operations = Object.values<{ get: { operationId: string; responses: Record<string, unknown> } }>(
      document.paths,
    )
    expect(new Set(operations.map(({ get }) => get.operationId)).size).toBe(operations.length)
    for (const { get } of operations)
      expect(Object.keys(get.responses)).toEqual(expect.arrayContaining(['200', '405', '429', '500']))
    const page = await server.get('/docs/')
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self';/)
    expect(await page.text()).not.toMatch(/<script(?![^>]*src=)[^>]*>\s*\S/)
    await server.app.close()
  })
})

describe('the web app', () => {
  it('keeps hashed files for ever, checks the page each time, and answers navigation but not missing files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'banyan-web-'))
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Banyan</title>')
    writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'export {}')
    writeFileSync(join(folder, 'assets', 'app-1a2b.js.gz'), gzipSync('export {}'))
    const server = await startTestServer({ webFolder: folder })
    const page = await server.get('/')
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache'])
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe-inline')
    const asset = await server.get('/assets/app-1a2b.js', { headers: { 'accept-encoding': 'gzip' } })
    expect([asset.headers.get('cache-control'), asset.headers.get('content-encoding')]).toEqual([
      'public, max-age=31536000, immutable',
      'gzip',
    ])
    const html = { headers: { accept: 'text/html,*/*' } }
    for (const path of ['/stocks/NSE:TCS', '/instrument/MCX:CRUDE_OIL.M', '/instrument/mcx%3Acrude_oil.m?int=day'])
      expect([path, await (await server.get(path, html)).text()]).toEqual([
        path,
        expect.stringContaining('<title>Banyan'),
      ])
    for (const path of ['/api/nope', '/assets/gone.js', '/assets/gone.woff2', '/metrics', '/docs/nope', '/favicon.png'])
      expect([path, (await server.get(path, html)).status]).toEqual([path, 404])
    expect((await server.get('/stocks/TCS')).status).toBe(404)
    await server.app.close()
    await rm(folder, { recursive: true })
  })

  it('says so in a sentence when it is not built', async () => {
    const server = await startTestServer({ webFolder: join(tmpdir(), 'banyan-no-such-folder') })
    const reply = await server.get('/')
    expect([reply.status, (await reply.text()).includes('not built yet')]).toEqual([200, true])
    await server.app.close()
  })
})

describe('figures', () => {
  it('are served apart from the public port, by route pattern and never by address', async () => {
    const metrics = createMetrics()
    const server = await startTestServer({ metrics })
    for (const path of ['/api/candles/TCS', '/api/candles/INFY', '/api/nope']) await (await server.get(path)).text()
    const figures = createMetricsServer({ registry: metrics.registry })
    const url = `http://127.0.0.1:${await figures.listen(0)}`
    const text = await (await fetch(`${url}/metrics`)).text()
    expect(text).toContain(
      'http_request_duration_seconds_count{method="GET",route="/api/candles/:instrument(^[^]+$)",status="200"} 2',
    )
    expect(text).toContain(
      'http_request_duration_seconds_bucket{method="GET",route="unrouted",status="404",le="+Inf"} 1',
    )
    expect(text).toMatch(/nodejs_eventloop_lag_seconds \d/)
    expect(text).not.toMatch(/TCS|nope/)
    expect((await fetch(`${url}/`)).status).toBe(404)
    await figures.close()
    await server.app.close()
  })
})

describe('the log', () => {
  it('drops whatever is not listed, also inside errors, and writes one record per line', () => {
    const lines: string[] = []
    const log = createLog({ level: 'info', destination: { write: (line: string) => void lines.push(line) } })
    const error = Object.assign(new Error('canary'), {
      config: { headers: 'canary' },
      code: 'E_SAFE',
      cause: new Error('canary'),
    })
    log.error(error)
    log.info({ err: error, req: { url: 'canary' }, password: 'canary', nested: { password: 'canary' } }, 'text')
    log.info({ route: 'a\r\n\u2028b', body: ['canary'] })
    expect(lines.join('')).not.toContain('canary')
    expect(lines[0]).toContain('"code":"E_SAFE"')
    for (const line of lines) expect(line.trimEnd()).not.toMatch(/\p{Cc}|\u2028/u)
  })
})

describe('request ids', () => {
  it('are 128 random bits in Crockford base32, each another', () => {
    const next = createRequestIds()
    const ids = Array.from({ length: 2_000 }, next)
    expect(new Set(ids).size).toBe(2_000)
    for (const id of ids) expect(id).toMatch(/^req_[0-9a-hjkmnp-tv-z]{26}$/)
  })
})

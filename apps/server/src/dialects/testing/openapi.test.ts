import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiCalls } from './api-calls.ts'
import { type IdentityServer, startIdentityServer } from './identity-server.ts'
import { addMarketRoutes } from './market-routes.ts'

interface Document {
  readonly components: { readonly schemas: Record<string, object> }
  readonly paths: Record<string, Record<string, Operation>>
}

interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly responses: Record<string, object>
}

let server: IdentityServer
let text = ''
let document: Document
beforeAll(async () => {
  server = await startIdentityServer({ prepare: addMarketRoutes })
  const reply = await createApiCalls(server).get<Document>('/openapi.json')
  text = reply.text
  document = reply.body
})
afterAll(() => server.close())

describe('the OpenAPI document of all APIs together', () => {
  it('resolves every reference and gives every schema a name of its own', () => {
    const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name)
    expect(names.length).toBeGreaterThan(300)
    for (const name of names) expect(document.components.schemas).toHaveProperty([name])
    expect(text).not.toMatch(/"\$ref":"(?!#\/components\/schemas\/)|"items":\[|def-\d/)
  })

  it('names every operation once, says what it is for, and lists its errors', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ route: `${method} ${path}`, ...operation })),
    )
    const ids = operations.map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { route, operationId, summary, tags, responses } of operations) {
      expect([route, operationId !== undefined, summary !== undefined, tags?.length]).toEqual([route, true, true, 1])
      if (!route.includes(' /api/')) continue
      expect([route, Object.keys(responses)]).toEqual([route, expect.arrayContaining(['405', '429', '500', '503'])])
    }
    const listed = server.app
      .routes()
      .filter(({ url, method }) => /^\/(api|apim|interactive)\//.test(url) && method !== 'HEAD')
    expect(operations.filter(({ route }) => / \/(api|apim|interactive)\//.test(route)).length).toBe(listed.length)
  })
})

import { JsonWebKeys } from '@banyan/contracts'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { Errors } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiCalls } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

let server: IdentityServer
beforeAll(async () => {
  server = await startIdentityServer()
})
afterAll(() => server.close())

describe('GET /.well-known/jwks.json', () => {
  it('verifies every kind of token, before and after a rotation, and shows nothing private', async () => {
    const api = createApiCalls(server)
    const keys = async () => (await api.get<JsonWebKeys>('/.well-known/jwks.json')).body
    const old = await api.register('jwks@example.com')
    server.keyring.rotate()
    server.turn(11_000)
    const { body: fresh } = await api.login('jwks@example.com')
    const set = await keys()
    expect([...Errors(JsonWebKeys, set), set.keys.length]).toEqual([2])
    const currentDate = new Date(server.now())
    for (const token of [old.access, old.access_token, old.refresh, fresh.access, fresh.access_token, fresh.refresh]) {
      const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(set), { currentDate })
      expect([payload.iss, protectedHeader.alg]).toEqual([server.keyring.issuer, 'EdDSA'])
    }
    expect(JSON.stringify(set)).not.toContain('"d"')
  })

  it('may be read by any page and kept for five minutes', async () => {
    const reply = await createApiCalls(server).get('/.well-known/jwks.json', { origin: 'https://any.example' })
    expect(reply.headers.get('access-control-allow-origin')).toBe('*')
    expect(reply.headers.get('cache-control')).toBe('public, max-age=300')
  })
})

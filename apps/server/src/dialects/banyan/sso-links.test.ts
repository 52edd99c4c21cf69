import type { FactorsReply, SsoLink } from '@banyan/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audience, startSsoIssuer } from '../synapsewave/testing/sso-issuer.ts'
import { type ApiCalls, bearer, createApiCalls, password, wordOf } from '../testing/api-calls.ts'
import { type IdentityServer, startIdentityServer } from '../testing/identity-server.ts'

let issuer: Awaited<ReturnType<typeof startSsoIssuer>>
let server: IdentityServer
let api: ApiCalls
beforeAll(async () => {
  issuer = await startSsoIssuer()
  const { issuer: name, jwksUri } = issuer
  const trusted = { issuer: name, audience, jwksUri, algorithms: ['ES256'], userClaim: 'ucc' } as const
  server = await startIdentityServer({ identity: { ssoIssuers: [trusted] } })
  api = createApiCalls(server)
})
afterAll(async () => {
  await server.close()
  await issuer.close()
})

const assertion = (sub: string, jti: string, sign = issuer.signed) => {
  const iat = Math.floor(server.now() / 1000)
  return sign({ sub, jti, iat, exp: iat + 300, ucc: 'ANY123' })
}

describe('/api/auth/factors/sso', () => {
  it('links an identity by issuer and subject with the password, once, and removes the link', async () => {
    const headers = bearer((await api.register('sso1@example.com')).access)
    const link = (token: string, given = password) =>
      api.post<SsoLink>('/api/auth/factors/sso', { token, password: given }, headers)
    expect(wordOf(await link(await assertion('s1', 'j1'), 'wrong horse 9'))).toBe('403 wrong_password')
    const token = await assertion('s1', 'j2')
    const reply = await link(token)
    expect([reply.status, reply.body]).toEqual([
      201,
      { id: expect.stringMatching(/^sso_/), issuer: issuer.issuer, subject: 's1', linked_at: expect.any(String) },
    ])
    expect(wordOf(await link(token))).toBe('400 invalid_sso_token')
    expect(wordOf(await link('x.y.z'))).toBe('400 invalid_sso_token')
    expect(wordOf(await link(await assertion('s2', 'j3', issuer.signedByStranger)))).toBe('400 invalid_sso_token')
    const other = bearer((await api.register('sso2@example.com')).access)
    const taken = { token: await assertion('s1', 'j4'), password }
    expect(wordOf(await api.post('/api/auth/factors/sso', taken, other))).toBe('409 sso_link_taken')
    const path = `/api/auth/factors/sso/${reply.body.id}`
    expect(wordOf(await api.delete(path, { password }, other))).toBe('404 not_found')
    expect((await api.delete(path, { password }, headers)).body).toEqual({ deleted: true })
    expect((await api.get<FactorsReply>('/api/auth/factors', headers)).body.sso_links).toEqual([])
  })
})

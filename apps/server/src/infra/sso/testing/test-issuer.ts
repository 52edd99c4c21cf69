import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type JWTPayload, SignJWT } from 'jose'

/** Faults the issuer's key server can be given. */
export type IssuerFault = 'none' | 'hang' | '500' | 'html' | 'redirect' | 'huge'

const keyForms = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
} as const
export type IssuerAlgorithm = keyof typeof keyForms

/** Starts an issuer of single sign-on tokens on loopback: its keys over HTTP, and a way to sign with them. */
export async function startTestIssuer(algorithm: IssuerAlgorithm = 'ES256') {
  let fault: IssuerFault = 'none'
  let asked = 0
  const keys = new Map<string, { readonly privateKey: KeyObject; readonly publicKey: KeyObject }>()
  const addKey = (kid: string) => void keys.set(kid, keyForms[algorithm]())
  addKey('one')
  const jwks = () => ({
    keys: [...keys].map(([kid, { publicKey }]) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      alg: algorithm,
      use: 'sig',
    })),
  })
  const server = createServer((_request, response) => {
    asked += 1
    if (fault === 'hang') return
    if (fault === '500') response.writeHead(500).end('no')
    else if (fault === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')
    else if (fault === 'redirect') response.writeHead(302, { location: '/elsewhere' }).end()
    else if (fault === 'huge') response.writeHead(200).end(`{"keys":[],"pad":"${'x'.repeat(400_000)}"}`)
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(jwks()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer: 'https://sso.example',
    audience: 'banyan',
    jwksUri: `${origin}/jwks`,
    addKey,
    asked: () => asked,
    setFault(next: IssuerFault) {
      fault = next
    },
    /** Signs a token of the issuer as if at `nowMs`; `changes` replace claims, undefined leaves one out. */
    async sign(nowMs: number, changes: JWTPayload = {}, kid = 'one'): Promise<string> {
      const iat = Math.floor(nowMs / 1000)
      const base = {
        iss: this.issuer,
        aud: this.audience,
        sub: 'AB1234',
        iat,
        exp: iat + 300,
        jti: `jti-${Math.random()}`,
      }
      const key = keys.get(kid)?.privateKey ?? keyForms[algorithm]().privateKey
      return new SignJWT({ ...base, ...changes }).setProtectedHeader({ alg: algorithm, kid }).sign(key)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
export type TestIssuer = Awaited<ReturnType<typeof startTestIssuer>>

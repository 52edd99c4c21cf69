import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const audience = 'banyan'

/** Starts an issuer of single sign-on tokens on loopback: its keys by HTTP, and a function that signs for a subject (ES256). */
export async function startSsoIssuer() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' }]
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    /** Value of `SSO_ISSUERS` that has a server trust it. */
    setting: JSON.stringify([{ issuer, audience, jwksUri: `${issuer}/keys` }]),
    signed(subject: string): string {
      const nowS = Math.floor(Date.now() / 1000)
      const claims = { iss: issuer, aud: audience, sub: subject, iat: nowS, exp: nowS + 300, jti: randomUUID() }
      const text = [{ alg: 'ES256', kid: 'k1' }, claims].map((part) => base64url(JSON.stringify(part))).join('.')
      const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' })
      return `${text}.${base64url(signature)}`
    },
    close: () => server.close(),
  }
}

const base64url = (bytes: string | Buffer): string => Buffer.from(bytes).toString('base64url')

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

export const audience = 'banyan'

/** A single sign-on issuer that listens on loopback and signs with ES256. */
export async function startSsoIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const stranger = await generateKeyPair('ES256')
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }]
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const signed = (claims: JWTPayload, kid = 'k1', key = privateKey) =>
    new SignJWT({ iss: issuer, aud: audience, ...claims }).setProtectedHeader({ alg: 'ES256', kid }).sign(key)
  return {
    issuer,
    jwksUri: `${issuer}/keys`,
    signed,
    /** Signed by a key that is not the issuer's, under a key id nobody knows. */
    signedByStranger: (claims: JWTPayload) => signed(claims, 'k2', stranger.privateKey),
    /** A HMAC under the issuer's key id, with a key anybody can fetch. */
    signedByHmac: (claims: JWTPayload) =>
      new SignJWT({ iss: issuer, aud: audience, ...claims })
        .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
        .sign(Buffer.from(JSON.stringify(keys[0]))),
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const present = 0x01
const verified = 0x04
const attested = 0x40

/**
 * Creates an authenticator that keeps one passkey (ES256, attestation `none`) and answers as a browser on a page of `origin` hands it on
 * (WebAuthn Level 3 §6.1, §6.5.4).
 */
export function createAuthenticator(origin: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = randomBytes(32)
  const id = credentialId.toString('base64url')
  const rpIdHash = createHash('sha256').update(new URL(origin).hostname).digest()
  let counter = 0

  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const data = (flags: number, rest = Buffer.alloc(0)) => {
    const head = Buffer.alloc(5)
    head.writeUInt8(flags)
    head.writeUInt32BE(++counter, 1)
    return Buffer.concat([rpIdHash, head, rest])
  }
  const around = (response: object) => ({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response })

  return {
    id,
    /** Returns the RegistrationResponseJSON for creation options. */
    create(options: object) {
      const { challenge } = options as { readonly challenge: string }
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const coseKey = cborMap([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ])
      const idLength = Buffer.from([0, credentialId.length])
      const authData = data(
        present | verified | attested,
        Buffer.concat([Buffer.alloc(16), idLength, credentialId, coseKey]),
      )
      const attestation = cborMap([
        ['fmt', 'none'],
        ['attStmt', []],
        ['authData', authData],
      ])
      return around({
        clientDataJSON: clientData('webauthn.create', challenge).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      })
    },
    /** Returns the AuthenticationResponseJSON for request options. */
    answer(options: object) {
      const { challenge } = options as { readonly challenge: string }
      const client = clientData('webauthn.get', challenge)
      const authData = data(present | verified)
      const signed = Buffer.concat([authData, createHash('sha256').update(client).digest()])
      return around({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: sign('sha256', signed, privateKey).toString('base64url'),
      })
    },
  }
}

type CborValue = number | string | Buffer | readonly (readonly [number | string, CborValue])[]

function cborMap(entries: readonly (readonly [number | string, CborValue])[]): Buffer {
  const pairs = entries.flatMap(([key, value]) => [cbor(key), cbor(value)])
  return Buffer.concat([cborHead(5, entries.length), ...pairs])
}

/** RFC 8949 §3, as much as a passkey needs. */
function cbor(value: CborValue): Buffer {
  if (typeof value === 'number') return value >= 0 ? cborHead(0, value) : cborHead(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([cborHead(3, Buffer.byteLength(value)), Buffer.from(value)])
  return Buffer.isBuffer(value) ? Buffer.concat([cborHead(2, value.length), value]) : cborMap(value)
}

function cborHead(major: number, length: number): Buffer {
  return length < 24 ? Buffer.from([(major << 5) | length]) : Buffer.from([(major << 5) | 24, length])
}

import { generateKeyPairSync, sign } from 'node:crypto'

/**
 * Makes a key and a certificate for 127.0.0.1 that nobody vouches for but itself (RFC 5280, ECDSA with SHA-256), so
 * that no private key lies in the repository.
 */
export function makeSelfSigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = der(SEQUENCE, oid('2a8648ce3d040302'))
  const commonName = der(SEQUENCE, oid('550403'), der(UTF8_STRING, Buffer.from('banyan test')))
  const name = der(SEQUENCE, der(SET, commonName))
  const validity = der(SEQUENCE, utcTime('200101000000Z'), utcTime('491231235959Z'))
  const unsigned = der(
    SEQUENCE,
    der(0xa0, integer(2)),
    integer(1),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, extension('551d11', der(SEQUENCE, der(0x87, Buffer.from([127, 0, 0, 1])))), isAuthority())),
  )
  const cert = der(SEQUENCE, unsigned, algorithm, bitString(sign('sha256', unsigned, privateKey)))
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(cert) }
}

const SEQUENCE = 0x30
const SET = 0x31
const UTF8_STRING = 0x0c

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(head), content])
}

const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const integer = (value: number) => der(0x02, Buffer.from([value]))
const utcTime = (text: string) => der(0x17, Buffer.from(text))
const bitString = (content: Buffer) => der(0x03, Buffer.from([0]), content)
const extension = (id: string, content: Buffer) => der(SEQUENCE, oid(id), der(0x04, content))
const isAuthority = () => extension('551d13', der(SEQUENCE, der(0x01, Buffer.from([255]))))

const pem = (content: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${content.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`

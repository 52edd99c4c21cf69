import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { type EpochMs, parseTimestamp } from '@banyan/domain'
import { keyFileRefused, parseBase64url, parseJsonObject } from './key-problem.ts'

/** A public Ed25519 key as a JWK Set lists it (RFC 8037). */
interface PublicSigningJwk {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
  readonly kid: string
  readonly alg: 'EdDSA'
  readonly use: 'sig'
}

export interface SigningKey {
  /** The key's RFC 7638 thumbprint. */
  readonly kid: string
  readonly alg: 'EdDSA'
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly publicJwk: PublicSigningJwk
  readonly createdAt: EpochMs
  /** When a newer key took over; null for the newest. It still verifies until it is dropped. */
  readonly retiredAt: EpochMs | null
}

/** What `signing.json` holds. */
export interface SigningFile {
  /** Issuer of this installation's tokens: `banyan-` and 8 hex characters. */
  readonly issuer: string
  /** Oldest first; only the last is not retired. */
  readonly keys: readonly SigningKey[]
}

/** No token lives longer than 30 days (quality-bar.md J3, J7), so a key retired for longer has nothing left to verify. */
const keptAfterRetirementMs = 31 * 86_400_000

/** Returns what a new installation begins with: an issuer and one key. */
export function newSigningFile(now: EpochMs): SigningFile {
  return { issuer: `banyan-${randomBytes(4).toString('hex')}`, keys: [newSigningKey(now)] }
}

/** Returns the file with a new key; the one before is retired, and those long retired are gone. */
export function withNewKey({ issuer, keys }: SigningFile, now: EpochMs): SigningFile {
  const kept = keys
    .map((key) => (key.retiredAt === null ? { ...key, retiredAt: now } : key))
    .filter(({ retiredAt }) => retiredAt === null || retiredAt + keptAfterRetirementMs > now)
  return { issuer, keys: [...kept, newSigningKey(now)] }
}

/** Returns the file without the key; the newest that is left signs. Throws when the key is unknown or the only one. */
export function withoutKey({ issuer, keys }: SigningFile, kid: string): SigningFile {
  const left = keys.filter((key) => key.kid !== kid)
  if (left.length === keys.length) throw new Error(`There is no signing key ${kid}.`)
  if (left.length === 0) throw new Error('The only signing key cannot be dropped: rotate first.')
  return { issuer, keys: left.map((key, i) => (i === left.length - 1 ? { ...key, retiredAt: null } : key)) }
}

/** Returns the file as text, private keys included. */
export function toSigningText({ issuer, keys }: SigningFile): string {
  const entries = keys.map(({ kid, alg, privateKey, createdAt, retiredAt }) => ({
    kid,
    alg,
    jwk: privateKey.export({ format: 'jwk' }),
    created_at: new Date(createdAt).toISOString(),
    retired_at: retiredAt === null ? null : new Date(retiredAt).toISOString(),
  }))
  return `${JSON.stringify({ issuer, keys: entries }, null, 2)}\n`
}

/** Returns the file's keys; throws `ConfigurationRefusedError` for anything that is not exactly such a file. */
export function parseSigningText(text: string, file: string): SigningFile {
  const content = parseJsonObject(text)
  if (content === null) throw keyFileRefused(file, 'is not a JSON object')
  const { issuer } = content
  if (typeof issuer !== 'string' || !/^banyan-[0-9a-f]{8}$/.test(issuer)) throw keyFileRefused(file, 'has no issuer')
  const keys = (Array.isArray(content['keys']) ? content['keys'] : []).map((entry) => parseKey(entry, file))
  if (new Set(keys.map(({ kid }) => kid)).size !== keys.length) throw keyFileRefused(file, 'names two keys alike')
  const isOrdered = keys.every(({ retiredAt }, i) => (retiredAt === null) === (i === keys.length - 1))
  if (keys.length === 0 || !isOrdered) throw keyFileRefused(file, 'must end with its one key that is not retired')
  return { issuer, keys }
}

function parseKey(entry: unknown, file: string): SigningKey {
  const { kid, alg, jwk, created_at: createdAt, retired_at: retiredAt } = Object(entry)
  const { kty, crv, d, x } = Object(jwk)
  if (alg !== 'EdDSA' || kty !== 'OKP' || crv !== 'Ed25519') throw keyFileRefused(file, 'has a key that is not Ed25519')
  if (parseBase64url(d)?.length !== 32) throw keyFileRefused(file, 'has a key that is not of 256 bit')
  const created = parseInstant(createdAt)
  const retired = retiredAt === null ? null : parseInstant(retiredAt)
  if (created === undefined || retired === undefined) throw keyFileRefused(file, 'has a key without its times')
  const key = toSigningKey(createPrivateKey({ format: 'jwk', key: { kty, crv, d, x: String(x) } }), created, retired)
  if (key.publicJwk.x !== x || key.kid !== kid)
    throw keyFileRefused(file, 'has a key whose parts do not belong together')
  return key
}

function parseInstant(text: unknown): EpochMs | undefined {
  return (typeof text === 'string' ? parseTimestamp(text) : null) ?? undefined
}

function newSigningKey(now: EpochMs): SigningKey {
  return toSigningKey(generateKeyPairSync('ed25519').privateKey, now, null)
}

function toSigningKey(privateKey: KeyObject, createdAt: EpochMs, retiredAt: EpochMs | null): SigningKey {
  const publicKey = createPublicKey(privateKey)
  const x = String(publicKey.export({ format: 'jwk' }).x)
  const kid = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url')
  const publicJwk = { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' } as const
  return { kid, alg: 'EdDSA', privateKey, publicKey, publicJwk, createdAt, retiredAt }
}

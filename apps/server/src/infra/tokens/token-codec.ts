import { hash as hashOnce, type KeyObject } from 'node:crypto'
import { BanyanError, type Clock, type EpochMs } from '@banyan/domain'
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import type { SignedClaims, TokenCodec } from '../../modules/identity/index.ts'
import { kindClaims, kindOf } from './token-kinds.ts'

/** A key tokens are signed or verified with: Ed25519, named by its id. */
export interface TokenKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

export interface TokenKeys {
  /** Names every token's maker and this installation. */
  readonly issuer: string
  /** Asked at each use: a key that is gone verifies nothing from that moment on. */
  current(): TokenKey
  find(kid: string): TokenKey | null
}

const longestToken = 4_096
const toleranceMs = 5_000
/** Signatures remembered as good; a token is looked up by its hash. */
const verifiedKept = 10_000

interface Verified {
  readonly kid: string
  readonly claims: SignedClaims
}

/**
 * Creates the codec of signed tokens: JWS compact form, Ed25519 only, the key by its id from our own set and nowhere else (RFC 8725 §3.1).
 * A signature that was good once is not checked again; expiry and the key's presence are, each time.
 */
export function createTokenCodec(keys: TokenKeys, clock: Clock): TokenCodec {
  const verified = new Map<string, Verified>()

  async function verifyAnew(text: string): Promise<Verified> {
    const { payload, protectedHeader } = await jwtVerify(
      text,
      ({ kid }) => {
        const key = typeof kid === 'string' ? keys.find(kid) : null
        if (key === null) throw new BanyanError('invalid_token')
        return key.publicKey
      },
      { algorithms: ['EdDSA'], issuer: keys.issuer, currentDate: new Date(0) },
    )
    return { kid: String(protectedHeader.kid), claims: toClaims(payload) }
  }

  return {
    async sign(claims) {
      const { kid, privateKey } = keys.current()
      const header = { alg: 'EdDSA', kid, typ: 'JWT' }
      return new SignJWT(toPayload(claims, keys.issuer)).setProtectedHeader(header).sign(privateKey)
    },
    async verify(text) {
      if (text.length > longestToken) throw new BanyanError('invalid_token')
      const hash = hashOnce('sha256', text, 'base64')
      let known = verified.get(hash)
      if (known === undefined || keys.find(known.kid) === null) {
        known = await verifyAnew(text).catch(refuse)
        verified.set(hash, known)
        if (verified.size > verifiedKept) dropOldest(verified)
      }
      checkTimes(known.claims, clock.now())
      return known.claims
    },
  }
}

/** Whatever a verifier throws, the token is not valid: jose reports a confused key as a TypeError without a code. */
function refuse(cause: unknown): never {
  if (cause instanceof BanyanError && cause.code !== 'invalid_token') throw cause
  const name = cause instanceof errors.JOSEError ? cause.code : 'other'
  throw new BanyanError('invalid_token', { cause: new Error(`token refused: ${name}`) })
}

/** A clock may be some seconds apart from ours; a token from the future is none of ours. */
function checkTimes({ issuedAt, expiresAt }: SignedClaims, now: EpochMs): void {
  if (issuedAt > now + toleranceMs) throw new BanyanError('invalid_token')
  if (expiresAt + toleranceMs <= now) throw new BanyanError('token_expired')
}

function toPayload(claims: SignedClaims, issuer: string): JWTPayload {
  const { hasSession, hasApplication, ...kind } = kindClaims[claims.kind]
  return {
    iss: issuer,
    sub: claims.subject,
    ...(hasApplication ? { app: claims.applicationId } : {}),
    ...(hasSession ? { sid: claims.sessionId } : {}),
    jti: claims.tokenId,
    iat: Math.floor(claims.issuedAt / 1000),
    exp: Math.floor(claims.expiresAt / 1000),
    ...kind,
  }
}

/** Throws unless every claim of the kind is there, and none of another. */
function toClaims(payload: JWTPayload): SignedClaims {
  const kind = kindOf(payload)
  const { sub, jti, iat, exp, sid, app } = payload as JWTPayload & { sid?: unknown; app?: unknown }
  if (kind === null || typeof sub !== 'string' || typeof jti !== 'string') throw new BanyanError('invalid_token')
  if (!Number.isSafeInteger(iat) || !Number.isSafeInteger(exp)) throw new BanyanError('invalid_token')
  const { hasSession, hasApplication } = kindClaims[kind]
  if ((typeof sid === 'string') !== hasSession || (typeof app === 'string') !== hasApplication)
    throw new BanyanError('invalid_token')
  return {
    kind,
    subject: sub,
    tokenId: jti,
    sessionId: typeof sid === 'string' ? sid : null,
    applicationId: typeof app === 'string' ? app : null,
    issuedAt: Number(iat) * 1000,
    expiresAt: Number(exp) * 1000,
  }
}

function dropOldest(map: Map<string, unknown>): void {
  const oldest = map.keys().next()
  if (!oldest.done) map.delete(oldest.value)
}

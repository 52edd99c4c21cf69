import { BanyanError, type Clock, type EpochMs } from '@banyan/domain'
import { createRemoteJWKSet, customFetch, decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose'
import type { AssertionVerifier } from '../../modules/identity/index.ts'
import { fetchKeys } from './fetch-keys.ts'

export const assertionAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const

/** Who may vouch for people, and for what (synapsewave.md §5.6). */
export interface TrustedIssuer {
  readonly issuer: string
  readonly audience: string
  readonly jwksUri: string
  readonly algorithms: readonly (typeof assertionAlgorithms)[number][]
  /** Claim that names the account here. */
  readonly userClaim: string
}

const longestAssertion = 8_192
const toleranceS = 60
const oldestMs = 600_000
const keysKeptMs = 600_000
/** An unknown key id fetches the keys again, at most so often. */
const refetchMs = 60_000
const fetchMs = 5_000

/** Creates the verifier of single sign-on tokens: signed by a key of a listed issuer, for us, fresh, in one of its algorithms. */
export function createAssertionVerifier(issuers: readonly TrustedIssuer[], clock: Clock): AssertionVerifier {
  const known = new Map(issuers.map((trusted) => [trusted.issuer, { trusted, keys: remoteKeys(trusted.jwksUri) }]))
  return {
    async verify(text) {
      const entry = known.get(issuerOf(text))
      if (entry === undefined) throw new BanyanError('invalid_sso_token')
      const { issuer, audience, algorithms, userClaim } = entry.trusted
      try {
        const { payload } = await jwtVerify(text, entry.keys, {
          issuer,
          audience,
          algorithms: [...algorithms],
          clockTolerance: toleranceS,
          currentDate: new Date(clock.now()),
          requiredClaims: ['exp', 'iat', 'sub'],
        })
        return toAssertion(payload, issuer, userClaim, clock.now())
      } catch (error) {
        throw toRefusal(error)
      }
    },
  }
}

function remoteKeys(jwksUri: string) {
  return createRemoteJWKSet(new URL(jwksUri), {
    timeoutDuration: fetchMs,
    cooldownDuration: refetchMs,
    cacheMaxAge: keysKeptMs,
    [customFetch]: fetchKeys,
  })
}

/** Returns the issuer a token claims, unverified; it only chooses whose keys are asked. */
function issuerOf(text: string): string {
  if (text.length > longestAssertion || text.split('.').length !== 3) throw new BanyanError('invalid_sso_token')
  try {
    return decodeJwt(text).iss ?? ''
  } catch (cause) {
    throw new BanyanError('invalid_sso_token', { cause })
  }
}

function toAssertion(payload: JWTPayload, issuer: string, userClaim: string, now: EpochMs) {
  const { iat = 0, exp = 0, sub, jti } = payload
  const userName = payload[userClaim]
  const isFresh = iat * 1000 <= now + toleranceS * 1000 && iat * 1000 >= now - oldestMs
  if (!isFresh || typeof sub !== 'string' || typeof userName !== 'string') throw new BanyanError('invalid_sso_token')
  const assertionId = typeof jti === 'string' ? jti : null
  return { issuer, subject: sub, userName, assertionId, expiresAt: (exp + toleranceS) * 1000 }
}

/** Keys that cannot be fetched are the server's trouble; everything else is the token's. */
function toRefusal(cause: unknown): BanyanError {
  if (cause instanceof BanyanError) return cause
  const isFetch =
    cause instanceof errors.JWKSTimeout || (cause instanceof errors.JOSEError && cause.code === 'ERR_JOSE_GENERIC')
  const code = isFetch ? 'unavailable' : 'invalid_sso_token'
  return new BanyanError(code, { cause: new Error('single sign-on token refused') })
}

import { BanyanError } from '@banyan/domain'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { PasskeyCodec } from '../../modules/identity/index.ts'

/** EdDSA, ES256, RS256 (IANA COSE algorithms). By default the library would offer ML-DSA too, by an interface Node calls experimental. */
const algorithms = [-8, -7, -257] as const

/**
 * Creates the codec of passkeys for pages of one origin. The authenticator verifies the person, so that a passkey alone is two factors.
 * What a browser sends is not trusted: the library checks its every field, and whatever it throws is a refused passkey.
 */
export function createPasskeyCodec(origin: string): PasskeyCodec {
  const rpID = new URL(origin).hostname
  const expected = { expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true } as const
  return {
    async creationOptions({ id, email, name, existing }) {
      const options = await generateRegistrationOptions({
        rpName: 'Banyan',
        rpID,
        userName: email,
        userDisplayName: name ?? email,
        userID: new TextEncoder().encode(`account:${id}`),
        attestationType: 'none',
        excludeCredentials: existing.map((credential) => ({ id: credential })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs: [...algorithms],
      })
      return { options, challenge: options.challenge }
    },
    async verifyCreation(response, challenge) {
      const verified = await orRefused(
        verifyRegistrationResponse({
          response: asResponse(response) as RegistrationResponseJSON,
          expectedChallenge: challenge,
          supportedAlgorithmIDs: [...algorithms],
          ...expected,
        }),
      )
      if (!verified.verified) throw new BanyanError('invalid_passkey')
      const { id, publicKey, counter, transports } = verified.registrationInfo.credential
      return {
        credentialId: id,
        publicKey: Buffer.from(publicKey).toString('base64url'),
        counter,
        transports: transports ?? [],
      }
    },
    async requestOptions(allowed) {
      const allowCredentials = allowed.map((credential) => ({ id: credential }))
      const options = await generateAuthenticationOptions({ rpID, userVerification: 'required', allowCredentials })
      return { options, challenge: options.challenge }
    },
    credentialIdOf: (response) => asResponse(response).id,
    async verifyAssertion(response, challenge, passkey) {
      const verified = await orRefused(
        verifyAuthenticationResponse({
          response: asResponse(response) as AuthenticationResponseJSON,
          expectedChallenge: challenge,
          ...expected,
          credential: {
            id: passkey.credentialId,
            publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
            counter: passkey.counter,
          },
        }),
      )
      if (!verified.verified) throw new BanyanError('invalid_passkey')
      return { counter: verified.authenticationInfo.newCounter }
    },
  }
}

/** Throws unless the value has the outline of a WebAuthn response; the library reads the rest. */
function asResponse(value: unknown): { readonly id: string } {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null
  if (typeof id !== 'string' || !/^[A-Za-z0-9_-]{1,1400}$/.test(id)) throw new BanyanError('invalid_passkey')
  return value as { readonly id: string }
}

async function orRefused<T>(verifying: Promise<T>): Promise<T> {
  try {
    return await verifying
  } catch (cause) {
    throw new BanyanError('invalid_passkey', { cause })
  }
}

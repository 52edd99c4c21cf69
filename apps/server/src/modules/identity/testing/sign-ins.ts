import { BanyanError } from '@banyan/domain'
import { Secret, TOTP } from 'otpauth'
import type { CombinedFirst, CombinedSecond, RequestOrigin, SignedIn } from '../index.ts'
import { type IdentityCore, testOrigin, testPassword } from './identity-core.ts'

/** Returns the code of a refusal, or `done`. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof BanyanError) return error.code
    throw error
  }
}

export function originFrom(
  surface: RequestOrigin['surface'],
  address = '192.0.2.1',
  deviceToken: string | null = null,
): RequestOrigin {
  return { ...testOrigin, surface, address, deviceToken }
}

/** Switches TOTP on and returns what makes its codes at the core's time, `steps` away. */
export async function enrolTotp(core: IdentityCore, signedIn: SignedIn) {
  const caller = await core.callerOf(signedIn)
  const { secret } = await core.identity.factors.enrolTotp(caller, testPassword, testOrigin)
  const codeAt = (steps = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: core.now() + steps * 30_000 })
  const recoveryCodes = await core.identity.factors.confirmTotp(caller, codeAt(), testOrigin)
  core.turn(30_000)
  return { codeAt, recoveryCodes }
}

/** Returns the challenge of an account that has a second factor. */
export async function challengeOf(core: IdentityCore, email: string, origin = testOrigin): Promise<string> {
  const result = await core.identity.signIn.withPassword({ email, password: testPassword }, origin)
  if (!('needed' in result)) throw new Error('no second factor was asked for')
  return result.needed.challenge
}

export function passwordSignIn(core: IdentityCore, email: string, password: string, origin = testOrigin) {
  return core.identity.signIn.withPassword({ email, password }, origin)
}

/** Signs in with two factors through an application. */
export function combinedSignIn(
  core: IdentityCore,
  application: Awaited<ReturnType<IdentityCore['addApplication']>>,
  clientCode: string,
  factors: { readonly first: CombinedFirst; readonly second: CombinedSecond | null; readonly udid?: string },
  origin = originFrom('synapsewave'),
) {
  const given = { application: application.caller, clientCode, udid: null, deviceFacts: null, ...factors }
  return core.identity.signIn.combined(given, origin)
}

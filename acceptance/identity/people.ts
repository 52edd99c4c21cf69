import { setTimeout as sleep } from 'node:timers/promises'
import { totpCode } from '../../apps/server/src/dialects/synapsewave/testing/totp-code.ts'
import { bearer, callFor } from './call.ts'

/** The part of a login body that tests read (stocktrendz.md §4.2). */
export interface SignedIn {
  readonly access_token: string
  readonly access: string
  readonly refresh: string
  readonly user: { readonly id: number; readonly email: string }
}

/** An account and how to get into it. */
export interface Person {
  readonly email: string
  readonly password: string
  readonly signedIn: SignedIn
}

export const goodPassword = 'correct horse battery 9'

export async function register(origin: string, email: string, password = goodPassword): Promise<Person> {
  const { body } = await callFor<SignedIn>(201, origin, '/api/auth/register', { json: { email, password } })
  return { email, password, signedIn: body }
}

/** Signs in with the password alone. */
export async function signIn(origin: string, { email, password }: Omit<Person, 'signedIn'>): Promise<SignedIn> {
  return (await callFor<SignedIn>(200, origin, '/api/auth/login', { json: { email, password } })).body
}

/** Signs in as far as the second factor and returns the challenge. */
export async function challengeOf(origin: string, { email, password }: Omit<Person, 'signedIn'>): Promise<string> {
  const { body } = await callFor<{ challenge: string }>(401, origin, '/api/auth/login', { json: { email, password } })
  return body.challenge
}

export interface Totp {
  readonly secret: string
  readonly recoveryCodes: readonly string[]
  /** Returns the code of the time step `steps` after the present one. */
  code(steps: number): string
}

/**
 * Switches TOTP on. It is confirmed with the code of the step before, so that the present code and the next one are good for a sign-in
 * each, and nobody waits half a minute.
 */
export async function enrolTotp(origin: string, { signedIn, password }: Person): Promise<Totp> {
  await betweenSteps()
  const headers = bearer(signedIn.access)
  const enrolled = await callFor<{ secret: string }>(200, origin, '/api/auth/totp/enrol', {
    headers,
    json: { password },
  })
  const { secret } = enrolled.body
  const code = (steps: number) => totpCode(secret, Date.now() + steps * stepMs)
  const confirm = { headers, json: { code: code(-1) } }
  const confirmed = await callFor<{ recovery_codes: string[] }>(200, origin, '/api/auth/totp/confirm', confirm)
  return { secret, recoveryCodes: confirmed.body.recovery_codes, code }
}

const stepMs = 30_000

/** Waits when the present time step is nearly over: a code of the step before it would be too old when it arrives. */
export async function betweenSteps(): Promise<void> {
  const left = stepMs - (Date.now() % stepMs)
  if (left < 5_000) await sleep(left)
}

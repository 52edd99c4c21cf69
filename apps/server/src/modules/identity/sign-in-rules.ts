import { BanyanError } from '@banyan/domain'
import type { FactorSummary } from './identity-store.ts'
import type { ChallengeFactor, CombinedFirst, CombinedSecond } from './sign-in-face.ts'

// Sign-in as a state machine: a state is what was proven and what is still needed, and only a state that needs nothing opens a session.

export type Factor =
  | 'password'
  | 'mpin'
  | 'device'
  | 'registered'
  | 'sso'
  | 'passkey'
  | 'totp'
  | 'recovery_code'
  | 'otp'
  | 'access_code'

export interface SignInState {
  readonly proven: readonly Factor[]
  /** Any one of these ends the sign-in; empty when it has ended. */
  readonly needed: readonly Factor[]
}

/** Second factors in the order in which they are offered. */
export function challengeFactors(enrolled: FactorSummary): readonly ChallengeFactor[] {
  const offered: ChallengeFactor[] = []
  if (enrolled.hasTotp) offered.push('totp')
  if (enrolled.hasTotp && enrolled.recoveryCodesLeft > 0) offered.push('recovery_code')
  if (enrolled.hasPasskey) offered.push('passkey')
  return offered
}

/** After the password under /api: every enrolled factor gates; an account without any is in. */
export function afterPassword(enrolled: FactorSummary): SignInState {
  return { proven: ['password'], needed: challengeFactors(enrolled) }
}

/** After the password of the access-code flow: the code, unless the account switched it off for this application (kotak.md §5.6). */
export function afterAccessPassword(hasNoAccessCode: boolean): SignInState {
  return { proven: ['password'], needed: hasNoAccessCode ? [] : ['access_code'] }
}

/** Returns the state after one more factor; throws `invalid_second_factor` when it is not one of those needed. */
export function prove(state: SignInState, factor: Factor): SignInState {
  if (!state.needed.includes(factor)) throw new BanyanError('invalid_second_factor')
  return { proven: [...state.proven, factor], needed: [] }
}

export function isSignedIn(state: SignInState): boolean {
  return state.needed.length === 0
}

type Combined = CombinedSecond['kind'] | 'none'

/**
 * The pairs that sign in together (synapsewave.md §5.3). `register` gives a token for a later call instead of a session. What
 * else a pair needs (factor enrolled, device trusted) is asked when it is proven.
 */
const pairs: Readonly<Record<CombinedFirst['kind'], readonly Combined[]>> = {
  password: ['register', 'otp', 'totp', 'device'],
  registered: ['otp', 'totp', 'device'],
  mpin: ['otp', 'totp', 'device'],
  device: ['otp', 'totp'],
  sso: ['none'],
}

/** Throws `combination_not_supported`, its message saying why, unless the two factors sign in together. */
export function checkPair(first: CombinedFirst['kind'], second: CombinedSecond['kind'] | null): void {
  const asked = second ?? 'none'
  if (pairs[first].includes(asked)) return
  throw new BanyanError('combination_not_supported', { message: whyNot(first, asked) })
}

function whyNot(first: CombinedFirst['kind'], second: Combined): string {
  if (first === 'sso') return 'a single sign-on token stands alone'
  if (second === 'none') return 'a second factor is required'
  if (first === second) return 'the same factor twice'
  return 'only a password asks for a register token'
}

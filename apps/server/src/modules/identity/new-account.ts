import { BanyanError } from '@banyan/domain'
import type { Role } from './callers.ts'
import type { IdentityContext } from './identity-context.ts'
import type { IdentityTransaction, StoredAccount } from './identity-store.ts'
import { createClientCode } from './names.ts'
import { normalisePassword } from './password-rules.ts'
import { checkPassword } from './passwords.ts'

export interface NewPerson {
  /** Folded. */
  readonly email: string
  readonly password: string
  readonly name: string | null
}

/** Returns the hash of a first password. Throws `unacceptable_secret`. */
export async function hashFirst(context: IdentityContext, { email, name, password }: NewPerson): Promise<string> {
  await checkPassword(context, { email, name, clientCode: null }, password)
  return context.hasher.hash(normalisePassword(password))
}

/** A client code is one of 3 × 10^10; a few tries find a free one. */
const codeTries = 5

/** Writes an account with a client code nobody has. Throws `email_taken`. */
export async function insertAccount(
  context: IdentityContext,
  tx: IdentityTransaction,
  person: { readonly email: string; readonly name: string | null; readonly role: Role; readonly passwordHash: string },
): Promise<StoredAccount> {
  const now = context.clock.now()
  for (let tried = 0; tried < codeTries; tried++) {
    const account = {
      ...person,
      mobile: null,
      clientCode: createClientCode(),
      plan: context.settings.defaultPlan,
      passwordChangedAt: now,
      mpinHash: null,
      otpChannel: 'email',
      otpBesideTotp: false,
      disabledAt: null,
      createdAt: now,
      lastSignInAt: null,
    } as const
    const outcome = await tx.insertAccount(account)
    if ('id' in outcome) return { id: outcome.id, ...account }
    if (outcome.taken === 'email') throw new BanyanError('email_taken')
  }
  throw new BanyanError('unavailable', { retryAfterS: 1 })
}

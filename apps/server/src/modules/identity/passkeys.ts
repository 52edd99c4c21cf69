import { BanyanError, type EpochMs } from '@banyan/domain'
import { getAccount, lockUnchanged } from './account-view.ts'
import type { RequestOrigin } from './callers.ts'
import { hashOf, randomId, randomToken } from './digests.ts'
import { changed } from './factor-changes.ts'
import type { FactorsFace, PasskeyView } from './factors-face.ts'
import { findKnownDevice } from './first-factor.ts'
import { firstFactorLimits } from './guessing.ts'
import { accountSubject, type IdentityContext } from './identity-context.ts'
import type { IdentityTransaction, StepKind, StoredPasskey, StoredStep } from './identity-store.ts'
import { type Arrival, finishStanding, openStanding } from './open-session.ts'
import { readChallenge } from './password-sign-in.ts'
import { reenterPassword } from './passwords.ts'
import { challengeMs } from './session-lives.ts'
import type { SignedIn, SignInFace } from './sign-in-face.ts'

type PasskeyFace = Pick<FactorsFace, 'passkeyOptions' | 'addPasskey' | 'removePasskey'>

/** Registering and removing passkeys of a signed-in account. */
export function createPasskeys(context: IdentityContext): PasskeyFace {
  const { store, passkeys } = context
  return {
    async passkeyOptions(caller, password, origin) {
      const { id, email, name } = await reenterPassword(context, caller, password, origin)
      const existing = (await store.reads.listPasskeys(id)).map(({ credentialId }) => credentialId)
      const { options, challenge } = await passkeys.creationOptions({ id, email, name, existing })
      return { options, ticket: await openTicket(context, 'passkey_add', id, { challenge }) }
    },
    async addPasskey(caller, { ticket, name, response }, origin) {
      const account = await getAccount(store.reads, caller.accountId)
      const step = await takeTicket(context, 'passkey_add', ticket)
      if (step.accountId !== account.id) throw new BanyanError('challenge_expired')
      const credential = await passkeys.verifyCreation(response, step.facts['challenge'] ?? '')
      const now = context.clock.now()
      const passkey = {
        ...credential,
        id: randomId('pky_'),
        accountId: account.id,
        name,
        createdAt: now,
        lastUsedAt: null,
      }
      if (!(await store.atomically((tx) => tx.insertPasskey(passkey)))) throw new BanyanError('invalid_passkey')
      await changed(context, account, { action: 'passkey_added', factor: 'passkey', change: 'added' }, origin)
      return toPasskeyView(passkey)
    },
    async removePasskey(caller, { id, password }, origin) {
      const account = await reenterPassword(context, caller, password, origin)
      if (!(await store.atomically((tx) => tx.deletePasskey(account.id, id)))) throw new BanyanError('not_found')
      await changed(context, account, { action: 'passkey_removed', factor: 'passkey', change: 'removed' }, origin)
    },
  }
}

export function toPasskeyView({ id, name, createdAt, lastUsedAt }: StoredPasskey): PasskeyView {
  return { id, name, createdAt, lastUsedAt }
}

/** A password's challenge names the account; without one whoever holds a passkey of this server may answer. */
export async function passkeySignInOptions(
  context: IdentityContext,
  challenge: string | null,
): ReturnType<SignInFace['passkeyOptions']> {
  const open = challenge === null ? null : await readChallenge(context, challenge)
  const passkeys = open === null ? [] : await context.store.reads.listPasskeys(open.account.id)
  const made = await context.passkeys.requestOptions(passkeys.map(({ credentialId }) => credentialId))
  const facts = { challenge: made.challenge, step: open?.stepHash ?? '' }
  return { options: made.options, ticket: await openTicket(context, 'passkey_use', open?.account.id ?? null, facts) }
}

/**
 * Signs in with a passkey: as the second factor of a challenge, or alone, since it proves possession and, by the authenticator, the
 * person. The signature's counter may not fall.
 */
export async function signInWithPasskey(
  context: IdentityContext,
  given: { readonly ticket: string; readonly challenge: string | null; readonly response: unknown },
  origin: RequestOrigin,
): Promise<SignedIn> {
  const { store, clock } = context
  const open = given.challenge === null ? null : await readChallenge(context, given.challenge)
  const step = await takeTicket(context, 'passkey_use', given.ticket)
  if (step.facts['step'] !== (open?.stepHash ?? '')) throw new BanyanError('challenge_expired')
  const passkey = await store.reads.findPasskey(context.passkeys.credentialIdOf(given.response))
  const account = passkey === null ? null : await store.reads.findAccount({ id: passkey.accountId })
  const isTheirs = account !== null && (open === null || open.account.id === account.id)
  if (passkey === null || !isTheirs) throw new BanyanError('invalid_passkey')
  const { counter } = await context.passkeys.verifyAssertion(given.response, step.facts['challenge'] ?? '', passkey)
  if (account.disabledAt !== null) throw new BanyanError('account_disabled')
  const device = await findKnownDevice(context, account, origin)
  const subject = accountSubject(context, account)
  const limits = firstFactorLimits(subject, origin, context.limitKey(origin.address), device)
  const proven: Arrival['proven'] = open === null ? ['passkey'] : ['password', 'passkey']
  const arrival: Arrival = { account, proven, origin, isKnownDevice: device !== null, guesses: { subject, limits } }
  const opened = await store.atomically(async (tx) => {
    await lockUnchanged(tx, account)
    await tx.usePasskey(passkey.id, counter, clock.now())
    if (open !== null) await spendChallenge(tx, open.stepHash, clock.now())
    return openStanding(context, tx, arrival)
  })
  return finishStanding(context, arrival, opened)
}

async function spendChallenge(tx: IdentityTransaction, stepHash: string, now: EpochMs): Promise<void> {
  if ((await tx.useStep(stepHash, 'challenge', now)) === null) throw new BanyanError('challenge_expired')
}

/** A ticket names one WebAuthn exchange, whose challenge is answered once. */
async function openTicket(
  { store, clock }: IdentityContext,
  kind: StepKind,
  accountId: number | null,
  facts: Readonly<Record<string, string>>,
): Promise<string> {
  const ticket = randomToken(32)
  const now = clock.now()
  const life = { createdAt: now, expiresAt: now + challengeMs, failures: 0, usedAt: null }
  const step = { tokenHash: hashOf(ticket), kind, accountId, applicationId: null, codeMac: null, facts, ...life }
  await store.atomically((tx) => tx.insertStep(step))
  return ticket
}

async function takeTicket({ store, clock }: IdentityContext, kind: StepKind, ticket: string): Promise<StoredStep> {
  const step = await store.atomically((tx) => tx.useStep(hashOf(ticket), kind, clock.now()))
  if (step === null) throw new BanyanError('challenge_expired')
  return step
}

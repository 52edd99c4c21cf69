import { BanyanError } from '@banyan/domain'
import type { AccountsFace, RegisterRequest } from './accounts-face.ts'
import type { RequestOrigin, Role, SessionCaller } from './callers.ts'
import { hashOf, randomId, randomToken } from './digests.ts'
import { type IdentityContext, record, subjectOf } from './identity-context.ts'
import type { IdentityTransaction, StoredStep } from './identity-store.ts'
import { foldEmail } from './names.ts'
import { hashFirst, insertAccount, type NewPerson } from './new-account.ts'
import { type Arrival, finishStanding, openStanding } from './open-session.ts'
import type { SignedIn } from './sign-in-face.ts'

const invitationMs = 7 * 86_400_000
const bootstrapMs = 3_600_000

/** What lets an account in: nothing where registration is open, else a token that is spent with it. */
type Admission = { readonly role: Role; readonly step: StoredStep | null }

export async function registerAccount(
  context: IdentityContext,
  given: RegisterRequest,
  origin: RequestOrigin,
): Promise<SignedIn> {
  const person = { email: foldEmail(given.email), password: given.password, name: given.name }
  const admission = await admit(context, person.email, given.invitation)
  return createAndSignIn(context, person, admission, origin)
}

/** An invitation is good in every mode but `closed`, where only the command line makes accounts. */
async function admit(context: IdentityContext, email: string, invitation: string | null): Promise<Admission> {
  const { registration } = context.settings
  if (registration === 'closed') throw new BanyanError('registration_closed')
  if (invitation === null) {
    if (registration === 'invite') throw new BanyanError('registration_closed')
    return { role: 'member', step: null }
  }
  const step = await findStep(context, invitation, 'invitation')
  const isForThem = step !== null && ['', email].includes(step.facts['email'] ?? '')
  if (!isForThem) throw new BanyanError('invalid_invitation')
  return { role: step.facts['role'] as Role, step }
}

async function findStep({ store, clock }: IdentityContext, token: string, kind: StoredStep['kind']) {
  const step = await store.reads.findStep(hashOf(token))
  const isLive = step?.kind === kind && step.usedAt === null && step.expiresAt > clock.now()
  return isLive ? step : null
}

/** Makes the first owner. Being the first account gives no rights, this token does: it was printed where only the operator reads (quality bar P5). */
export async function bootstrapOwner(
  context: IdentityContext,
  given: Parameters<AccountsFace['bootstrap']>[0],
  origin: RequestOrigin,
): Promise<SignedIn> {
  const step = await findStep(context, given.token, 'bootstrap')
  if (step === null || (await context.store.reads.countOwners()) > 0) throw new BanyanError('invalid_bootstrap_token')
  const person = { email: foldEmail(given.email), password: given.password, name: given.name }
  return createAndSignIn(context, person, { role: 'owner', step }, origin)
}

async function createAndSignIn(
  context: IdentityContext,
  person: NewPerson,
  { role, step }: Admission,
  origin: RequestOrigin,
): Promise<SignedIn> {
  // Told before the slow hash: whether an address has an account shows here by contract (stocktrendz.md §4.1).
  if ((await context.store.reads.findAccount({ email: person.email })) !== null) throw new BanyanError('email_taken')
  const passwordHash = await hashFirst(context, person)
  const now = context.clock.now()
  const { arrival, opened } = await context.store.atomically(async (tx) => {
    if (step !== null) await spendAdmission(tx, step, now)
    const account = await insertAccount(context, tx, { email: person.email, name: person.name, role, passwordHash })
    await record(tx, { accountId: account.id, action: 'registered', outcome: 'done', facts: { role } }, origin, now)
    const guesses = { subject: subjectOf(context, account, account.email), limits: [] }
    const entered: Arrival = { account, proven: ['password'], origin, isKnownDevice: false, guesses }
    return { arrival: entered, opened: await openStanding(context, tx, entered) }
  })
  return finishStanding(context, arrival, opened)
}

async function spendAdmission(tx: IdentityTransaction, { tokenHash, kind }: StoredStep, now: number): Promise<void> {
  if ((await tx.useStep(tokenHash, kind, now)) !== null) return
  throw new BanyanError(kind === 'bootstrap' ? 'invalid_bootstrap_token' : 'invalid_invitation')
}

export async function createInvitation(
  context: IdentityContext,
  caller: SessionCaller,
  given: { readonly role: Role; readonly email: string | null },
  origin: RequestOrigin,
): ReturnType<AccountsFace['createInvitation']> {
  if (caller.role !== 'owner') throw new BanyanError('insufficient_role')
  return issueInvitation(context, given, caller.accountId, origin)
}

/** Makes an invitation, by an owner or, without an account, from the command line. */
export async function issueInvitation(
  context: IdentityContext,
  given: { readonly role: Role; readonly email: string | null },
  accountId: number | null,
  origin: RequestOrigin,
): ReturnType<AccountsFace['createInvitation']> {
  const now = context.clock.now()
  const id = randomId('inv_')
  const token = randomToken(32)
  const facts = { id, role: given.role, email: given.email === null ? '' : foldEmail(given.email) }
  await context.store.atomically(async (tx) => {
    await tx.insertStep({ ...newStep(token, 'invitation', now, now + invitationMs), facts })
    const event = { accountId, action: 'invitation_created', outcome: 'done' } as const
    await record(tx, { ...event, facts: { invitation: id, role: given.role } }, origin, now)
  })
  return { id, token, expiresAt: now + invitationMs }
}

/** Returns a token that makes the first owner; null when there is an owner. An earlier one dies. */
export async function issueBootstrapToken({ store, clock }: IdentityContext): Promise<string | null> {
  const token = randomToken(16)
  const now = clock.now()
  return store.atomically(async (tx) => {
    if ((await tx.countOwners()) > 0) return null
    await tx.endSteps({ kind: 'bootstrap' }, now)
    await tx.insertStep(newStep(token, 'bootstrap', now, now + bootstrapMs))
    return token
  })
}

function newStep(token: string, kind: StoredStep['kind'], createdAt: number, expiresAt: number): StoredStep {
  const nothing = { accountId: null, applicationId: null, codeMac: null, facts: {}, failures: 0, usedAt: null }
  return { ...nothing, tokenHash: hashOf(token), kind, createdAt, expiresAt }
}

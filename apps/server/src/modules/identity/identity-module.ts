import { BanyanError } from '@banyan/domain'
import { requestAccessCode, signInWithAccessCode } from './access-code-sign-in.ts'
import { viewAccount } from './account-view.ts'
import type { AccountsFace } from './accounts-face.ts'
import { createAdministration } from './administration.ts'
import { createApplications } from './applications.ts'
import type { AuditFace } from './audit-face.ts'
import { signInCombined } from './combined-sign-in.ts'
import { createCredentials } from './credentials.ts'
import { createFactors } from './factors.ts'
import type { IdentityContext } from './identity-context.ts'
import type { IdentityModule } from './identity-face.ts'
import type { IdentityPorts } from './identity-ports.ts'
import { createKeys } from './keys.ts'
import { exportAccount, removeAccount } from './leaving.ts'
import { passkeySignInOptions, signInWithPasskey } from './passkeys.ts'
import { signInWithCode, signInWithPassword } from './password-sign-in.ts'
import { createPasswords } from './passwords.ts'
import { confirmEmailChange, requestEmailChange, updateProfile } from './profile.ts'
import { refreshTokens } from './refresh.ts'
import { bootstrapOwner, createInvitation, registerAccount } from './registration.ts'
import { exchangeCode, sendCode } from './sent-codes.ts'
import { createSessions } from './sessions.ts'
import type { SignInFace } from './sign-in-face.ts'

type Forget = (sessionIds: readonly string[]) => void

/** Creates the account core. It knows four ways to sign in and no wire format. */
export function createIdentityModule(context: IdentityPorts): IdentityModule {
  const credentials = createCredentials(context)
  const { forget } = credentials
  return {
    credentials,
    signIn: createSignIn(context, forget),
    sessions: createSessions(context, forget),
    accounts: createAccounts(context, forget),
    passwords: createPasswords(context, forget),
    codes: {
      send: (given, origin) => sendCode(context, given, origin),
      verify: (given, origin) => exchangeCode(context, given, origin),
    },
    factors: createFactors(context),
    applications: createApplications(context, forget),
    keys: createKeys(context),
    audit: createAudit(context),
    administration: createAdministration(context, forget),
  }
}

function createSignIn(context: IdentityContext, forget: Forget): SignInFace {
  return {
    withPassword: (given, origin) => signInWithPassword(context, given, origin),
    withCode: (given, origin) => signInWithCode(context, given, origin),
    passkeyOptions: (challenge) => passkeySignInOptions(context, challenge),
    withPasskey: (given, origin) => signInWithPasskey(context, given, origin),
    refresh: (token, origin) => refreshTokens(context, token, origin, forget),
    requestAccessCode: (given, origin) => requestAccessCode(context, given, origin),
    withAccessCode: (given, origin) => signInWithAccessCode(context, given, origin),
    combined: (given, origin) => signInCombined(context, given, origin),
  }
}

function createAccounts(context: IdentityContext, forget: Forget): AccountsFace {
  return {
    register: (given, origin) => registerAccount(context, given, origin),
    bootstrap: (given, origin) => bootstrapOwner(context, given, origin),
    async view(accountId) {
      const account = await context.store.reads.findAccount({ id: accountId })
      if (account === null) throw new BanyanError('not_found')
      return viewAccount(context.store.reads, account)
    },
    update: (caller, changes, origin) => updateProfile(context, caller, changes, origin),
    requestEmailChange: (caller, given, origin) => requestEmailChange(context, caller, given, origin),
    confirmEmailChange: (caller, given, origin) => confirmEmailChange(context, caller, given, origin),
    export: (caller, origin) => exportAccount(context, caller, origin),
    async remove(caller, given, origin) {
      forget(await removeAccount(context, caller, given, origin))
    },
    createInvitation: (caller, given, origin) => createInvitation(context, caller, given, origin),
  }
}

function createAudit({ store }: IdentityContext): AuditFace {
  return {
    async list(caller, { before, limit }) {
      const events = await store.reads.listAudit(caller.accountId, before, limit + 1)
      const shown = events.slice(0, limit).map(({ accountId: _account, ...event }) => event)
      return { events: shown, nextBefore: events.length > limit ? (shown.at(-1)?.id ?? null) : null }
    },
  }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSystemClock, type SystemClock } from '../../../infra/clock.ts'
import type { DatabaseOptions } from '../../../infra/database/database.ts'
import { openDatabase } from '../../../infra/database/open-database.ts'
import { listOutbox } from '../../../infra/mail/list-outbox.ts'
import { createOutboxMailer } from '../../../infra/mail/outbox-mailer.ts'
import { argonFloor } from '../../../infra/passwords/argon-parameters.ts'
import { createNoSms } from '../../../infra/sms/no-sms.ts'
import { type IdentityParts, openIdentity } from '../../../startup/open-identity.ts'
import type { ApplicationCaller, NewApplication, RequestOrigin, SessionCaller, SignedIn } from '../index.ts'

export interface IdentityCoreOptions {
  /** Default: 2026-01-05T09:00:00+05:30. */
  readonly now?: number
  /** Default: SQLite in a folder of its own. */
  readonly database?: DatabaseOptions
  readonly identity?: Partial<IdentityParts>
  readonly settings?: Partial<IdentityParts['settings']>
  /** Shared by several cores over one PostgreSQL; default: one of its own. */
  readonly keyFolder?: string
}

export interface SentMail {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The only run of four or six digits on a line of its own; null in a mail without a code. */
  readonly code: string | null
}

export type IdentityCore = Awaited<ReturnType<typeof openIdentityCore>>

/** Who asks when a test calls the core itself. */
export const testOrigin: RequestOrigin = {
  surface: 'api',
  address: '192.0.2.1',
  userAgent: 'test',
  requestId: 'req_test',
  deviceToken: null,
}

export const testPassword = 'correct horse 9'

/** Opens a real account core: a real database, key folder and outbox in a folder of its own, Argon2 at its floor, and a clock the test turns. */
export async function openIdentityCore(options: IdentityCoreOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'banyan-identity-'))
  const outbox = join(folder, 'outbox')
  let now = options.now ?? Date.UTC(2026, 0, 5, 3, 30)
  const real = createSystemClock()
  const clock: SystemClock = { now: () => now, elapsedMs: () => real.elapsedMs() }
  const failures: { readonly name: string; readonly error: unknown }[] = []
  const database = await openDatabase(options.database ?? { kind: 'sqlite', homeDir: join(folder, 'home') }, {
    clock,
    onBackgroundError: (error) => void failures.push({ name: 'database', error }),
  })
  const core = await openIdentity({
    database,
    clock,
    keyFolder: options.keyFolder ?? join(folder, 'keys'),
    mailer: createOutboxMailer({ folder: outbox, from: { name: 'Banyan', address: 'banyan@localhost.test' }, clock }),
    sms: createNoSms(),
    argon: argonFloor,
    cores: 2,
    threadPoolSize: 4,
    ssoIssuers: [],
    breachListUrl: null,
    onFailure: (name, error) => void failures.push({ name, error }),
    ...options.identity,
    settings: {
      registration: 'open',
      defaultPlan: 'unlimited',
      linkOrigin: 'http://localhost:8080',
      refreshGraceMs: 10_000,
      ...options.settings,
    },
  })
  const { identity } = core

  return {
    ...core,
    database,
    folder,
    clock,
    /** What went wrong behind replies; empty in a good run. */
    failures,
    now: () => now,
    turn(ms: number) {
      now += ms
    },
    turnTo(instant: number) {
      now = instant
    },
    /** Waits for what goes on behind replies and returns every mail sent so far, oldest first. */
    async mails(): Promise<readonly SentMail[]> {
      await core.background.idle()
      return (await listOutbox(outbox, 1_000)).reverse().map(({ to, subject, text }) => ({
        to,
        subject,
        text,
        code: /^\s*(\d{4}|\d{6})\s*$/m.exec(text)?.[1] ?? null,
      }))
    },
    /** Returns the code of the newest mail to an address that has one. */
    async codeFor(email: string): Promise<string> {
      const code = (await this.mails()).findLast((mail) => mail.to === email && mail.code !== null)?.code
      if (code == null) throw new Error(`no code was mailed to ${email}`)
      return code
    },
    /** Registers an account by the core itself. */
    addAccount: (email: string, password = testPassword, name: string | null = 'Asha Rao'): Promise<SignedIn> =>
      identity.accounts.register({ email, password, name, invitation: null }, testOrigin),
    callerOf: ({ tokens }: SignedIn): Promise<SessionCaller> =>
      identity.credentials.checkToken(tokens.access, ['access']),
    /** Creates an application of an account, with a token of 30 days. */
    async addApplication(
      signedIn: SignedIn,
      name = 'Desk',
    ): Promise<NewApplication & { readonly caller: ApplicationCaller }> {
      const caller = await identity.credentials.checkToken(signedIn.tokens.access, ['access'])
      const created = await identity.applications.create(caller, { name, accessTokenDays: 30 }, testOrigin)
      const { id: applicationId, consumerKey } = created
      return { ...created, caller: { kind: 'application', applicationId, consumerKey } }
    },
    async close() {
      await core.background.idle()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

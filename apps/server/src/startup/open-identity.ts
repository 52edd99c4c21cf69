import type { Clock } from '@banyan/domain'
import { createBackground, type RunningBackground } from '../infra/background/background.ts'
import type { Database } from '../infra/database/database.ts'
import { createIdentityStore } from '../infra/database/identity/create-identity-store.ts'
import { ConfigurationRefusedError } from '../infra/database/start-errors.ts'
import { limitKey } from '../infra/http/client-address.ts'
import type { Mailer } from '../infra/mail/mailer.ts'
import { createNotices } from '../infra/mail/notices.ts'
import { type ArgonParameters, slotsFor } from '../infra/passwords/argon-parameters.ts'
import { createBreachedPasswords } from '../infra/passwords/breached-passwords.ts'
import { isCommonPassword } from '../infra/passwords/common-passwords.ts'
import { createPasswordHasher, type PasswordHasher } from '../infra/passwords/password-hasher.ts'
import { type Keyring, openKeyFolder } from '../infra/sealing/keyring.ts'
import { createPasskeyCodec } from '../infra/second-factors/passkey-codec.ts'
import { createTotpCodec } from '../infra/second-factors/totp-codec.ts'
import type { SmsSender } from '../infra/sms/sms-sender.ts'
import { createAssertionVerifier, type TrustedIssuer } from '../infra/sso/assertion-verifier.ts'
import { createTokenCodec } from '../infra/tokens/token-codec.ts'
import {
  createIdentityModule,
  type IdentityModule,
  type IdentitySettings,
  type IdentityStore,
} from '../modules/identity/index.ts'

export interface IdentityParts {
  readonly database: Database
  readonly clock: Clock
  /** Holds pepper and signing keys; all instances of one database share it. */
  readonly keyFolder: string
  readonly mailer: Mailer
  readonly sms: SmsSender
  readonly argon: ArgonParameters
  readonly cores: number
  readonly threadPoolSize: number
  readonly ssoIssuers: readonly TrustedIssuer[]
  /** Base address of an online list of leaked passwords; null: nothing is asked. */
  readonly breachListUrl: string | null
  readonly settings: IdentitySettings
  /** Hears of work behind a reply that failed. */
  onFailure(name: string, error: unknown): void
}

export interface OpenIdentity {
  readonly identity: IdentityModule
  readonly store: IdentityStore
  readonly keyring: Keyring
  readonly hasher: PasswordHasher
  readonly background: RunningBackground
}

/** Builds the account core over its keys, store, mail and codecs. Throws `ConfigurationRefusedError` for keys of another database. */
export async function openIdentity(parts: IdentityParts): Promise<OpenIdentity> {
  const { clock, settings, onFailure } = parts
  const keyring = openKeyFolder(parts.keyFolder, clock)
  const store = createIdentityStore(parts.database)
  await refuseForeignKeys(store, keyring)
  const background = createBackground(onFailure)
  const { cores, threadPoolSize } = parts
  const hasher = createPasswordHasher({ parameters: parts.argon, slots: slotsFor({ cores, threadPoolSize }) })
  const breached =
    parts.breachListUrl === null
      ? null
      : createBreachedPasswords({ baseUrl: parts.breachListUrl, onFailure: (error) => onFailure('breach-list', error) })
  const identity = createIdentityModule({
    store,
    clock,
    hasher,
    keyring,
    background,
    settings,
    limitKey,
    isCommonPassword,
    isBreachedPassword: breached === null ? null : (password) => breached.isKnown(password),
    tokens: createTokenCodec(tokenKeys(keyring), clock),
    totp: createTotpCodec(),
    passkeys: createPasskeyCodec(settings.linkOrigin),
    assertions: createAssertionVerifier(parts.ssoIssuers, clock),
    notices: createNotices({
      mailer: parts.mailer,
      sms: parts.sms,
      clock,
      accountUrl: `${settings.linkOrigin}/account`,
    }),
  })
  return { identity, store, keyring, hasher, background }
}

/** Sealed secrets, MPINs and names in the store are of one pepper: with another, nobody could sign in and nobody would know why. */
async function refuseForeignKeys(store: IdentityStore, keyring: Keyring): Promise<void> {
  const mine = keyring.fingerprint()
  if ((await store.claimSetting('key-folder', mine)) === mine) return
  throw new ConfigurationRefusedError(
    'The database belongs to another key folder: set KEYS_FOLDER to the one it was made with, or restore that folder.',
  )
}

function tokenKeys(keyring: Keyring) {
  return {
    issuer: keyring.issuer,
    current: () => keyring.signingKeys().current,
    find(kid: string) {
      const { current, others } = keyring.signingKeys()
      return [current, ...others].find((key) => key.kid === kid) ?? null
    },
  }
}

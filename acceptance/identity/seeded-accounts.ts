import { createSystemClock } from '../../apps/server/src/infra/clock.ts'
import { createIdentityStore } from '../../apps/server/src/infra/database/identity/create-identity-store.ts'
import { openDatabase } from '../../apps/server/src/infra/database/open-database.ts'
import { argonDefault } from '../../apps/server/src/infra/passwords/argon-parameters.ts'
import { createPasswordHasher } from '../../apps/server/src/infra/passwords/password-hasher.ts'
import type { IdentityStore } from '../../apps/server/src/modules/identity/index.ts'
import { goodPassword } from './people.ts'

/** Writes accounts with {@link goodPassword} into a data folder that no server holds yet and returns their addresses. */
export async function seedAccounts(homeDir: string, count: number): Promise<readonly string[]> {
  const clock = createSystemClock()
  const onBackgroundError = (error: Error) => {
    throw error
  }
  const database = await openDatabase({ kind: 'sqlite', homeDir }, { clock, onBackgroundError })
  const passwordHash = await createPasswordHasher({ parameters: argonDefault, slots: 1 }).hash(goodPassword)
  const emails = await insertAccounts(createIdentityStore(database), { count, passwordHash, at: clock.now() })
  await database.close()
  return emails
}

/**
 * Inserts accounts that share one hash and returns their addresses: what a sign-in costs is in the hash, and making hundreds of them would
 * take longer than the test.
 */
export async function insertAccounts(
  store: IdentityStore,
  { count, passwordHash, at }: { readonly count: number; readonly passwordHash: string; readonly at: number },
): Promise<readonly string[]> {
  const emails = Array.from({ length: count }, (_, i) => `seed${i}@example.com`)
  await store.atomically(async (tx) => {
    for (const [i, email] of emails.entries()) {
      const names = { email, name: null, mobile: null, clientCode: `SEED${String(i).padStart(5, '0')}` }
      const secrets = { passwordHash, passwordChangedAt: at, mpinHash: null }
      const rest = { role: 'member', plan: 'unlimited', otpChannel: 'email', otpBesideTotp: false } as const
      await tx.insertAccount({ ...names, ...secrets, ...rest, disabledAt: null, createdAt: at, lastSignInAt: null })
    }
  })
  return emails
}

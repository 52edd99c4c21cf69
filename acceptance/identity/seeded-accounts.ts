import { createSystemClock } from '../../apps/server/src/infra/clock.ts'
import type { DatabaseOptions } from '../../apps/server/src/infra/database/database.ts'
import { createIdentityStore } from '../../apps/server/src/infra/database/identity/create-identity-store.ts'
import { openDatabase } from '../../apps/server/src/infra/database/open-database.ts'
import { type ArgonParameters, argonDefault } from '../../apps/server/src/infra/passwords/argon-parameters.ts'
import { createPasswordHasher } from '../../apps/server/src/infra/passwords/password-hasher.ts'
import { goodPassword } from './people.ts'

/**
 * Writes accounts into a database that no server holds yet and returns their addresses. All have {@link goodPassword}, hashed once: what a
 * sign-in costs is in the hash, and making hundreds of them would take longer than the test.
 */
export async function seedAccounts(
  options: DatabaseOptions,
  count: number,
  argon: ArgonParameters = argonDefault,
): Promise<readonly string[]> {
  const clock = createSystemClock()
  const throwIt = (error: Error) => {
    throw error
  }
  const database = await openDatabase(options, { clock, onBackgroundError: throwIt })
  const passwordHash = await createPasswordHasher({ parameters: argon, slots: 1 }).hash(goodPassword)
  const at = clock.now()
  const emails = Array.from({ length: count }, (_, i) => `seed${i}@example.com`)
  await createIdentityStore(database).atomically(async (tx) => {
    for (const [i, email] of emails.entries()) {
      const names = { email, name: null, mobile: null, clientCode: `SEED${String(i).padStart(5, '0')}` }
      const secrets = { passwordHash, passwordChangedAt: at, mpinHash: null }
      const rest = { role: 'member', plan: 'unlimited', otpChannel: 'email', otpBesideTotp: false } as const
      await tx.insertAccount({ ...names, ...secrets, ...rest, disabledAt: null, createdAt: at, lastSignInAt: null })
    }
  })
  await database.close()
  return emails
}

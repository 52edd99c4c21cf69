import { createBanyanClient } from '@banyan/client'
import { goodPassword } from './open-account.ts'

/** Returns a client that acts for an account without a second factor, beside any page. */
export async function signedInClient(baseUrl: string, email: string) {
  let access: string | null = null
  const client = createBanyanClient({ baseUrl, token: () => access })
  const outcome = await client.login({ email, password: goodPassword })
  if (outcome.kind !== 'signed-in') throw new Error(`${email} has a second factor.`)
  access = outcome.login.access
  return client
}

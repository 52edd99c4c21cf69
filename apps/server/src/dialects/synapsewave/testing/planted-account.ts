import type { IdentityServer } from '../../testing/identity-server.ts'

/** The names the contract's recorded requests use. */
export const plantedKey = 'API-KEY'
export const plantedUser = 'AB1234'
export const plantedSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

/** Writes the account, TOTP secret and application of the recorded requests into the store; the core chooses such names itself. */
export async function plantAccount({ store, hasher, keyring, now }: IdentityServer, password: string): Promise<void> {
  const passwordHash = await hasher.hash(password)
  const at = now()
  await store.atomically(async (tx) => {
    const inserted = await tx.insertAccount({
      email: 'asha@example.com',
      name: 'Asha Rao',
      mobile: '+919876543210',
      clientCode: plantedUser,
      role: 'member',
      plan: 'hobby',
      passwordHash,
      passwordChangedAt: at,
      mpinHash: null,
      otpChannel: 'email',
      otpBesideTotp: false,
      disabledAt: null,
      createdAt: at,
      lastSignInAt: null,
    })
    if (!('id' in inserted)) throw new Error('the account is there already')
    const { id } = inserted
    await tx.setPendingTotp(id, keyring.seal('totp', plantedSecret, String(id)), at + 1)
    await tx.activateTotp(id, 0, at)
    const application = { id: 'app_planted', accountId: id, name: 'Desk', consumerKey: plantedKey, secretHash: '0' }
    await tx.insertApplication({ ...application, isEnabled: true, createdAt: at, lastUsedAt: null })
  })
}

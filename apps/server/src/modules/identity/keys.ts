import { BanyanError } from '@banyan/domain'
import { hashOf, randomId, randomText } from './digests.ts'
import { type IdentityContext, record } from './identity-context.ts'
import type { StoredKey } from './identity-store.ts'
import type { ApiKeyView, KeysFace } from './programs-face.ts'

const keysPerAccount = 20
const keyAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Creates the API keys of accounts: 190 random bits, kept as a hash and shown once. */
export function createKeys({ store, clock }: IdentityContext): KeysFace {
  return {
    async create(caller, { name, scopes, expiresAt }, origin) {
      const now = clock.now()
      const key = `bny_${randomText(keyAlphabet, 32)}`
      const stored: StoredKey = {
        id: randomId('key_'),
        accountId: caller.accountId,
        name,
        keyHash: hashOf(key),
        prefix: key.slice(0, 8),
        scopes,
        createdAt: now,
        expiresAt,
        lastUsedAt: null,
      }
      await store.atomically(async (tx) => {
        await tx.lockAccount(caller.accountId)
        const live = await tx.listKeys(caller.accountId, now)
        if (live.length >= keysPerAccount) throw new BanyanError('key_limit_reached')
        await tx.insertKey(stored)
        const facts = { key: stored.id, scopes: scopes.join(' ') }
        await record(tx, { accountId: caller.accountId, action: 'key_created', outcome: 'done', facts }, origin, now)
      })
      return { ...toKeyView(stored), key }
    },
    async list(caller) {
      return (await store.reads.listKeys(caller.accountId, clock.now())).map(toKeyView)
    },
    async remove(caller, id, origin) {
      await store.atomically(async (tx) => {
        if (!(await tx.deleteKey(caller.accountId, id))) throw new BanyanError('not_found')
        const event = {
          accountId: caller.accountId,
          action: 'key_removed',
          outcome: 'done',
          facts: { key: id },
        } as const
        await record(tx, event, origin, clock.now())
      })
    },
  }
}

function toKeyView({ id, name, prefix, scopes, createdAt, expiresAt, lastUsedAt }: StoredKey): ApiKeyView {
  return { id, name, prefix, scopes, createdAt, expiresAt, lastUsedAt }
}

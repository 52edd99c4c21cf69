import { describe, expect, it } from 'vitest'
import { accountOf, eventOf, type IdentityContext, sessionOf, write } from './identity-context.ts'

/** Says what every engine must do with transactions of the identity store and with claimed settings. */
export function describeIdentityTransactions(given: IdentityContext): void {
  describe('transactions', () => {
    it('happen wholly or not at all', async () => {
      const account = accountOf()
      const failing = write(given, async (tx) => {
        const inserted = await tx.insertAccount(account)
        if ('id' in inserted) await tx.insertAudit(eventOf(inserted.id))
        throw new Error('The mail was not sent.')
      })
      await expect(failing).rejects.toThrow('The mail was not sent.')
      expect(await given.store.reads.listAccounts()).toEqual([])
      expect(await write(given, (tx) => tx.insertAccount(account))).toHaveProperty('id')
    })

    it('see what they wrote, and nobody else does before they end', async () => {
      const id = await given.addAccount({ name: 'before' })
      const seen = await write(given, async (tx) => {
        await tx.updateAccount(id, { name: 'after' })
        const outside = await given.store.reads.findAccount({ id })
        return [(await tx.findAccount({ id }))?.name, outside?.name]
      })
      expect(seen).toEqual(['after', 'before'])
    })

    it('refuse rows of an account that is not there', async () => {
      await expect(write(given, (tx) => tx.insertSession(sessionOf(987)))).rejects.toThrow()
    })
  })

  describe('settings', () => {
    it('have the value of whoever claimed them first', async () => {
      const { store } = given
      expect(await store.claimSetting('key folder', 'a')).toBe('a')
      expect(await store.claimSetting('key folder', 'b')).toBe('a')
      expect(await store.claimSetting('other', 'b')).toBe('b')
      const claims = Array.from({ length: 50 }, (_, n) =>
        given.instances[n % given.instances.length]?.claimSetting('raced', `${n}`),
      )
      expect(new Set(await Promise.all(claims)).size).toBe(1)
    })
  })
}

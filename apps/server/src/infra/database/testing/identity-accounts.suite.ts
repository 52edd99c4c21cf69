import { describe, expect, it } from 'vitest'
import {
  accountOf,
  countOf,
  deviceOf,
  hashOf,
  type IdentityContext,
  minuteMs,
  passkeyOf,
  race,
  write,
} from './identity-context.ts'
import { testNow } from './open-stores.ts'

/** Says what every engine must do with accounts. */
export function describeAccounts(given: IdentityContext): void {
  describe('accounts', () => {
    it('are found by number, e-mail and client code, exactly as they were put', async () => {
      const account = accountOf({ mobile: null, otpBesideTotp: true, otpChannel: 'sms', mpinHash: 'x', role: 'owner' })
      const id = await given.addAccount(account)
      const { reads } = given.store
      for (const by of [{ id }, { email: account.email }, { clientCode: account.clientCode }]) {
        expect(await reads.findAccount(by)).toEqual({ id, ...account })
      }
      expect(await reads.findAccount({ email: 'nobody@example.in' })).toBeNull()
      expect(await reads.findAccount({ id: id + 1 })).toBeNull()
      expect(await reads.findAccount({ clientCode: account.clientCode.toLowerCase() })).toBeNull()
    })

    it('are listed by number, and owners are counted', async () => {
      const ids = [await given.addAccount(), await given.addAccount({ role: 'owner' }), await given.addAccount()]
      expect((await given.store.reads.listAccounts()).map((account) => account.id)).toEqual(ids)
      expect(await given.store.reads.countOwners()).toBe(1)
    })

    it('keep e-mail and client code apart from all others, and say which is taken', async () => {
      const first = accountOf()
      const id = await given.addAccount(first)
      const insert = (told: Parameters<typeof accountOf>[0]) => write(given, (tx) => tx.insertAccount(accountOf(told)))
      expect(await insert({ email: first.email })).toEqual({ taken: 'email' })
      expect(await insert({ clientCode: first.clientCode })).toEqual({ taken: 'clientCode' })
      expect(await insert({ email: first.email, clientCode: first.clientCode })).toEqual({ taken: 'email' })
      expect((await given.store.reads.listAccounts()).map((account) => account.id)).toEqual([id])
    })

    it('change in what is given and in nothing else', async () => {
      const account = accountOf()
      const id = await given.addAccount(account)
      const changes = { name: null, otpBesideTotp: true, lastSignInAt: testNow + 1, email: 'new@example.in' }
      expect(await write(given, (tx) => tx.updateAccount(id, changes))).toBe(true)
      expect(await given.store.reads.findAccount({ id })).toEqual({ id, ...account, ...changes })
      expect(await write(given, (tx) => tx.updateAccount(id, {}))).toBe(true)
      expect(await write(given, (tx) => tx.updateAccount(id, { otpBesideTotp: false, disabledAt: 5 }))).toBe(true)
      expect(await given.store.reads.findAccount({ id })).toMatchObject({
        otpBesideTotp: false,
        disabledAt: 5,
        name: null,
      })
    })

    it('stay as they are when the new e-mail is taken, and the transaction goes on', async () => {
      const other = await given.addAccount({ email: 'other@example.in' })
      const id = await given.addAccount({ email: 'mine@example.in', name: 'before' })
      const changed = await write(given, async (tx) => {
        const taken = await tx.updateAccount(id, { email: 'other@example.in', name: 'after' })
        await tx.updateAccount(other, { name: 'the other' })
        return taken
      })
      expect(changed).toBe(false)
      expect(await given.store.reads.findAccount({ id })).toMatchObject({ email: 'mine@example.in', name: 'before' })
      expect(await given.store.reads.findAccount({ id: other })).toMatchObject({ name: 'the other' })
      expect(await write(given, (tx) => tx.updateAccount(id, { email: 'mine@example.in' }))).toBe(true)
    })

    it('never get a number that another one had', async () => {
      const id = await given.addAccount()
      await write(given, (tx) => tx.deleteAccount(id))
      expect(await given.addAccount()).toBeGreaterThan(id)
    })

    it('are locked one after the other', async () => {
      const id = await given.addAccount({ name: '0' })
      await race(given, 50, async (tx) => {
        const account = await tx.lockAccount(id)
        await tx.updateAccount(id, { name: `${Number(account?.name) + 1}` })
      })
      expect(await given.store.reads.findAccount({ id })).toMatchObject({ name: '50' })
      expect(await write(given, (tx) => tx.lockAccount(id + 1))).toBeNull()
    })

    it('are one when fifty are put with one e-mail at once', async () => {
      const outcomes = await race(given, 50, (tx) => tx.insertAccount(accountOf({ email: 'only@example.in' })))
      expect(outcomes.filter((outcome) => 'id' in outcome)).toHaveLength(1)
      expect(outcomes.filter((outcome) => 'taken' in outcome && outcome.taken === 'email')).toHaveLength(49)
    })

    it('are one when fifty take the same e-mail at once', async () => {
      const ids = await Promise.all(Array.from({ length: 50 }, () => given.addAccount()))
      const changed = await race(given, 50, (tx, n) => tx.updateAccount(ids[n] ?? 0, { email: 'wanted@example.in' }))
      expect(countOf(changed, true)).toBe(1)
    })

    it('tell which factors they have', async () => {
      const id = await given.addAccount()
      const summarise = () => given.store.reads.summariseFactors(id)
      const none = { hasTotp: false, recoveryCodesLeft: 0, hasDevice: false, hasPasskey: false }
      expect(await summarise()).toEqual(none)
      await write(given, (tx) => tx.setPendingTotp(id, 'sealed', testNow + minuteMs))
      expect(await summarise()).toEqual(none)
      await write(given, async (tx) => {
        await tx.activateTotp(id, 5, testNow)
        await tx.replaceRecoveryCodes(id, [hashOf('a'), hashOf('b'), hashOf('c')])
        await tx.useRecoveryCode(id, hashOf('b'), testNow)
        await tx.putDevice(deviceOf(id, 'udid'), 10)
        await tx.insertPasskey(passkeyOf(id))
      })
      expect(await summarise()).toEqual({ hasTotp: true, recoveryCodesLeft: 2, hasDevice: true, hasPasskey: true })
      expect(await given.store.reads.summariseFactors(id + 1)).toEqual(none)
    })
  })
}

import { describe, expect, it } from 'vitest'
import type { StoredBearer } from '../../../modules/identity/index.ts'
import {
  applicationOf,
  hashOf,
  type IdentityContext,
  keyOf,
  minuteMs,
  race,
  sessionOf,
  stepOf,
  write,
} from './identity-context.ts'
import { testNow } from './open-stores.ts'

/** Says what every engine must do with API keys, applications and their bearers. */
export function describeApplications(given: IdentityContext): void {
  const putApplication = async (accountId: number, told: Parameters<typeof applicationOf>[1] = {}) => {
    const application = applicationOf(accountId, told)
    await write(given, (tx) => tx.insertApplication(application))
    return application
  }
  const bearerOf = (applicationId: string, name: string, told: Partial<StoredBearer> = {}): StoredBearer => ({
    tokenHash: hashOf(name),
    applicationId,
    kind: 'minted',
    createdAt: testNow,
    expiresAt: testNow + 60 * minuteMs,
    ...told,
  })

  describe('API keys', () => {
    it('are found with their account’s role and lock, on the short way and inside a transaction', async () => {
      const accountId = await given.addAccount()
      const key = keyOf(accountId, { expiresAt: testNow + 1 })
      await write(given, (tx) => tx.insertKey(key))
      const found = { ...key, role: 'member', accountDisabledAt: null }
      expect(await given.store.reads.findKey(key.keyHash)).toEqual(found)
      expect(await write(given, (tx) => tx.findKey(key.keyHash))).toEqual(found)
      expect(await given.store.reads.findKey(hashOf('other'))).toBeNull()
      await write(given, (tx) => tx.updateAccount(accountId, { disabledAt: 7, role: 'read-only' }))
      expect(await given.store.reads.findKey(key.keyHash)).toEqual({ ...key, role: 'read-only', accountDisabledAt: 7 })
    })

    it('are listed newest first, those that are over left out', async () => {
      const accountId = await given.addAccount()
      const foreign = keyOf(await given.addAccount())
      const [old, recent, over] = [
        keyOf(accountId, { createdAt: 1 }),
        keyOf(accountId),
        keyOf(accountId, { expiresAt: testNow }),
      ]
      await write(given, async (tx) => {
        for (const key of [old, recent, over, foreign]) await tx.insertKey(key)
      })
      expect(await given.store.reads.listKeys(accountId, testNow)).toEqual([recent, old])
      expect(await given.store.reads.listKeys(accountId, testNow - 1)).toHaveLength(3)
    })

    it('remember their latest use and are removed by their account alone', async () => {
      const accountId = await given.addAccount()
      const key = keyOf(accountId)
      await write(given, (tx) => tx.insertKey(key))
      for (const now of [testNow + 5, testNow + 3]) await write(given, (tx) => tx.touchKey(key.id, now))
      expect(await given.store.reads.findKey(key.keyHash)).toMatchObject({ lastUsedAt: testNow + 5 })
      expect(await write(given, (tx) => tx.deleteKey(accountId + 1, key.id))).toBe(false)
      expect(await write(given, (tx) => tx.deleteKey(accountId, key.id))).toBe(true)
      expect(await write(given, (tx) => tx.deleteKey(accountId, key.id))).toBe(false)
    })
  })

  describe('applications', () => {
    it('are found by id and by consumer key, and change in what is given', async () => {
      const accountId = await given.addAccount()
      const application = await putApplication(accountId)
      const { reads } = given.store
      expect(await reads.findApplication({ id: application.id })).toEqual(application)
      expect(await reads.findApplication({ consumerKey: application.consumerKey })).toEqual(application)
      expect(await reads.findApplication({ consumerKey: application.id })).toBeNull()
      const changed = await write(given, async (tx) => {
        await tx.updateApplication(application.id, {})
        await tx.updateApplication(application.id, { isEnabled: false })
        await tx.updateApplication(application.id, { lastUsedAt: testNow + 9 })
        return tx.findApplication({ consumerKey: application.consumerKey })
      })
      expect(changed).toEqual({ ...application, isEnabled: false, lastUsedAt: testNow + 9 })
      expect(await reads.findApplication({ consumerKey: application.consumerKey })).toEqual(changed)
    })

    it('are listed newest first', async () => {
      const accountId = await given.addAccount()
      const old = await putApplication(accountId, { createdAt: 1 })
      const recent = await putApplication(accountId)
      await putApplication(await given.addAccount())
      expect(await given.store.reads.listApplications(accountId)).toEqual([recent, old])
    })

    it('waive the access code per account', async () => {
      const accountId = await given.addAccount()
      const application = await putApplication(accountId)
      const has = (account: number) => given.store.reads.hasNoAccessCode(application.id, account)
      const set = (isOn: boolean) => write(given, (tx) => tx.setNoAccessCode(application.id, accountId, isOn))
      expect(await has(accountId)).toBe(false)
      await set(true)
      await set(true)
      expect(await has(accountId)).toBe(true)
      expect(await has(accountId + 1)).toBe(false)
      await set(false)
      expect(await has(accountId)).toBe(false)
    })

    it('take bearers and steps with them and end their sessions, when their own account removes them', async () => {
      const accountId = await given.addAccount()
      const application = await putApplication(accountId)
      const [live, over] = [
        sessionOf(accountId, { applicationId: application.id }),
        sessionOf(accountId, { applicationId: application.id, expiresAt: testNow }),
      ]
      const step = stepOf(accountId, { applicationId: application.id })
      await write(given, async (tx) => {
        for (const session of [live, over, sessionOf(accountId)]) await tx.insertSession(session)
        await tx.insertBearer(bearerOf(application.id, 'bearer'))
        await tx.insertStep(step)
        await tx.setNoAccessCode(application.id, accountId, true)
      })
      const remove = (account: number) => write(given, (tx) => tx.deleteApplication(account, application.id, testNow))
      expect(await remove(accountId + 1)).toBeNull()
      expect(await remove(accountId)).toEqual([live.id])
      expect(await remove(accountId)).toBeNull()
      const { reads } = given.store
      expect(await reads.findBearer(hashOf('bearer'))).toBeNull()
      expect(await reads.findStep(step.tokenHash)).toBeNull()
      expect(await reads.hasNoAccessCode(application.id, accountId)).toBe(false)
      expect(await reads.findStanding(live.id)).toMatchObject({ endedAt: testNow })
      expect(await reads.listLiveSessions(accountId, testNow)).toHaveLength(1)
    })

    it('leave no live session behind when sign-ins meet their removal', async () => {
      const accountId = await given.addAccount()
      const application = await putApplication(accountId)
      await race(given, 50, async (tx, n) => {
        if (n === 25) return tx.deleteApplication(accountId, application.id, testNow)
        if (!(await tx.findApplication({ id: application.id }))) return null
        await tx.insertSession(sessionOf(accountId, { applicationId: application.id }))
        return null
      })
      expect(await given.store.reads.listLiveSessions(accountId, testNow)).toEqual([])
    })
  })

  describe('bearers', () => {
    it('are found exactly as they were put, counted while they live, and removed by their application alone', async () => {
      const application = await putApplication(await given.addAccount())
      const [minted, shown, over] = [
        bearerOf(application.id, 'minted'),
        bearerOf(application.id, 'shown', { kind: 'shown' }),
        bearerOf(application.id, 'over', { expiresAt: testNow }),
      ]
      await write(given, async (tx) => {
        for (const bearer of [minted, shown, over]) await tx.insertBearer(bearer)
      })
      const { reads } = given.store
      expect(await reads.findBearer(shown.tokenHash)).toEqual(shown)
      expect(await write(given, (tx) => tx.findBearer(over.tokenHash))).toEqual(over)
      expect(await reads.findBearer('nothing')).toBeNull()
      expect(await reads.countLiveBearers(application.id, testNow)).toBe(2)
      await write(given, (tx) => tx.deleteBearer('another application', minted.tokenHash))
      expect(await reads.findBearer(minted.tokenHash)).toEqual(minted)
      await write(given, (tx) => tx.deleteBearer(application.id, minted.tokenHash))
      expect(await reads.findBearer(minted.tokenHash)).toBeNull()
    })

    it('that were minted go from the oldest on; shown ones and other applications’ stay', async () => {
      const accountId = await given.addAccount()
      const [application, other] = [await putApplication(accountId), await putApplication(accountId)]
      const bearers = [
        bearerOf(application.id, 'm1', { createdAt: 1 }),
        bearerOf(application.id, 'm2', { createdAt: 2 }),
        bearerOf(application.id, 'm3', { createdAt: 3 }),
        bearerOf(application.id, 's0', { createdAt: 0, kind: 'shown' }),
        bearerOf(other.id, 'o0', { createdAt: 0 }),
      ]
      await write(given, async (tx) => {
        for (const bearer of bearers) await tx.insertBearer(bearer)
        await tx.trimMintedBearers(application.id, 2, testNow)
      })
      const left = await Promise.all(bearers.map((bearer) => given.store.reads.findBearer(bearer.tokenHash)))
      expect(left.map((bearer) => bearer !== null)).toEqual([false, true, true, true, true])
    })

    it('are never more than the limit after fifty were minted at once', async () => {
      const application = await putApplication(await given.addAccount())
      await race(given, 50, async (tx, n) => {
        await tx.insertBearer(bearerOf(application.id, `b${n}`, { createdAt: testNow + n }))
        await tx.trimMintedBearers(application.id, 5, testNow)
      })
      expect(await given.store.reads.countLiveBearers(application.id, testNow)).toBe(5)
    })
  })
}

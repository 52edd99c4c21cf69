import { dayMs } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import {
  applicationOf,
  codeOf,
  eventOf,
  hashOf,
  type IdentityContext,
  keyOf,
  sessionOf,
  stepOf,
  write,
} from './identity-context.ts'
import { testNow } from './open-stores.ts'

/** Says what every engine must remove when its time is over, and what not yet. */
export function describePurge(given: IdentityContext): void {
  const auditMs = 90 * dayMs
  const purgeAt = (now: number) => given.store.purge(now, auditMs)

  describe('purging', () => {
    it('removes steps, codes, bearers and device tokens at their end and not before', async () => {
      const accountId = await given.addAccount()
      const application = applicationOf(accountId)
      const expiresAt = testNow + 1_000
      const token = { tokenHash: hashOf('device'), accountId, createdAt: testNow, expiresAt }
      await write(given, async (tx) => {
        await tx.insertApplication(application)
        await tx.insertStep(stepOf(null, { tokenHash: hashOf('step'), expiresAt, usedAt: testNow }))
        await tx.putCode(codeOf({ expiresAt }))
        await tx.insertBearer({
          tokenHash: hashOf('bearer'),
          applicationId: application.id,
          kind: 'minted',
          createdAt: 1,
          expiresAt,
        })
        await tx.insertDeviceToken(token, 10)
      })
      const { reads } = given.store
      const found = async () => [
        await reads.findStep(hashOf('step')),
        await reads.findCode('account:1', 'sign_in'),
        await reads.findBearer(hashOf('bearer')),
        await reads.findDeviceToken(hashOf('device')),
      ]
      await purgeAt(expiresAt - 1)
      expect((await found()).filter((row) => row !== null)).toHaveLength(4)
      await purgeAt(expiresAt)
      expect((await found()).filter((row) => row !== null)).toHaveLength(0)
    })

    it('removes counters when window and lock are over, and those without an end never', async () => {
      const limits = [
        { bucket: 'window', limit: 9, windowMs: 100, lockMs: 5 },
        { bucket: 'lock', limit: 1, windowMs: 100, lockMs: 200 },
        { bucket: 'forever', limit: 9, windowMs: null, lockMs: 1 },
        { bucket: 'locked forever', limit: 1, windowMs: null, lockMs: null },
      ]
      await write(given, (tx) => tx.takeGuess(limits, testNow))
      const left = async () => {
        const rows = await given.database.reader
          .selectFrom('guess_counters')
          .select('bucket')
          .orderBy('bucket')
          .execute()
        return rows.map((row) => row.bucket)
      }
      await purgeAt(testNow + 99)
      expect(await left()).toHaveLength(4)
      await purgeAt(testNow + 100)
      expect(await left()).toEqual(['forever', 'lock', 'locked forever'])
      await purgeAt(testNow + 10_000 * dayMs)
      expect(await left()).toEqual(['forever', 'locked forever'])
    })

    it('removes sessions 30 days after they ended or were over', async () => {
      const accountId = await given.addAccount()
      const [ended, over, live] = [
        sessionOf(accountId, { endedAt: testNow, expiresAt: testNow + 60 * dayMs }),
        sessionOf(accountId, { expiresAt: testNow }),
        sessionOf(accountId, { expiresAt: testNow + 30 * dayMs }),
      ]
      await write(given, async (tx) => {
        for (const session of [ended, over, live]) await tx.insertSession(session)
      })
      const left = async () => {
        const found = await Promise.all([ended, over, live].map((session) => given.store.reads.findSession(session.id)))
        return found.map((session) => session !== null)
      }
      await purgeAt(testNow + 30 * dayMs - 1)
      expect(await left()).toEqual([true, true, true])
      await purgeAt(testNow + 30 * dayMs)
      expect(await left()).toEqual([false, false, true])
    })

    it('removes audit events of the age, in as many batches as it takes', async () => {
      const accountId = await given.addAccount()
      await write(given, async (tx) => {
        for (let n = 0; n < 2_100; n++) await tx.insertAudit(eventOf(null, { at: testNow - n }))
        await tx.insertAudit(eventOf(accountId, { at: testNow + 1 }))
      })
      await purgeAt(testNow + auditMs)
      expect(await given.store.reads.listAudit(accountId, null, 9)).toHaveLength(1)
      const counted = given.database.reader
        .selectFrom('audit_events')
        .select(({ fn }) => fn.countAll<number>().as('rows'))
      expect(await counted.execute()).toEqual([{ rows: 1 }])
    })

    it('forgets a TOTP secret that was not confirmed in time, and keeps the active one', async () => {
      const [enrolled, fresh] = [await given.addAccount(), await given.addAccount()]
      await write(given, async (tx) => {
        await tx.setPendingTotp(enrolled, 'active', testNow + 1)
        await tx.activateTotp(enrolled, 5, testNow)
        for (const id of [enrolled, fresh]) await tx.setPendingTotp(id, 'pending', testNow + 100)
      })
      await purgeAt(testNow + 99)
      expect(await given.store.reads.findTotp(fresh)).toMatchObject({ pendingSecret: 'pending' })
      await purgeAt(testNow + 100)
      expect(await given.store.reads.findTotp(fresh)).toBeNull()
      const active = { secret: 'active', lastStep: 5, pendingSecret: null, pendingUntil: null }
      expect(await given.store.reads.findTotp(enrolled)).toEqual(active)
    })

    it('keeps a key that is over, so that its caller is told so', async () => {
      const key = keyOf(await given.addAccount(), { expiresAt: testNow })
      await write(given, (tx) => tx.insertKey(key))
      await purgeAt(testNow + 400 * dayMs)
      expect(await given.store.reads.findKey(key.keyHash)).toMatchObject({ id: key.id })
    })

    it('may run on every instance at once', async () => {
      await write(given, async (tx) => {
        for (let n = 0; n < 1_500; n++) await tx.insertStep(stepOf(null, { expiresAt: testNow }))
      })
      await Promise.all(given.instances.map((store) => store.purge(testNow, auditMs)))
      expect(await given.database.reader.selectFrom('steps').select('kind').execute()).toEqual([])
    })
  })
}

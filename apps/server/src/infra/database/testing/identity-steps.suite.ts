import { describe, expect, it } from 'vitest'
import type { IdentityTransaction } from '../../../modules/identity/index.ts'
import {
  applicationOf,
  codeOf,
  countOf,
  hashOf,
  type IdentityContext,
  race,
  stepOf,
  write,
} from './identity-context.ts'
import { testNow } from './open-stores.ts'

/** Says what every engine must do with things of two steps and with codes. */
export function describeSteps(given: IdentityContext): void {
  const find = (tokenHash: string) => given.store.reads.findStep(tokenHash)

  describe('steps', () => {
    it('are put once and found exactly as they were put', async () => {
      const accountId = await given.addAccount()
      const application = applicationOf(accountId)
      await write(given, (tx) => tx.insertApplication(application))
      const step = stepOf(accountId, {
        applicationId: application.id,
        codeMac: hashOf('1234'),
        facts: { a: '“1”', b: '' },
      })
      expect(await write(given, (tx) => tx.insertStep(step))).toBe(true)
      expect(await write(given, (tx) => tx.insertStep({ ...step, facts: {} }))).toBe(false)
      expect(await find(step.tokenHash)).toEqual(step)
      expect(await find('nothing')).toBeNull()
    })

    it('are spent once, in time, and as what they are', async () => {
      const step = stepOf(null, { kind: 'reset' })
      await write(given, (tx) => tx.insertStep(step))
      const use = (kind: typeof step.kind, now: number) => write(given, (tx) => tx.useStep(step.tokenHash, kind, now))
      expect(await use('challenge', testNow)).toBeNull()
      expect(await use('reset', step.expiresAt)).toBeNull()
      expect(await use('reset', step.expiresAt - 1)).toEqual({ ...step, usedAt: step.expiresAt - 1 })
      expect(await use('reset', testNow)).toBeNull()
      expect(await write(given, (tx) => tx.useStep('nothing', 'reset', testNow))).toBeNull()
    })

    it('are spent by one of fifty, and put by one of fifty', async () => {
      const step = stepOf(null, { kind: 'assertion' })
      expect(countOf(await race(given, 50, (tx) => tx.insertStep(step)), true)).toBe(1)
      const used = await race(given, 50, (tx) => tx.useStep(step.tokenHash, 'assertion', testNow))
      expect(used.filter((one) => one !== null)).toHaveLength(1)
    })

    it('die with the last wrong second factor', async () => {
      const step = stepOf(await given.addAccount())
      await write(given, (tx) => tx.insertStep(step))
      const fail = (now = testNow) => write(given, (tx) => tx.failStep(step.tokenHash, 3, now))
      expect(await fail()).toBe(1)
      expect(await fail(step.expiresAt)).toBeNull()
      expect(await fail()).toBe(2)
      expect((await find(step.tokenHash))?.usedAt).toBeNull()
      expect(await fail()).toBe(3)
      expect(await fail()).toBeNull()
      expect(await write(given, (tx) => tx.useStep(step.tokenHash, 'challenge', testNow))).toBeNull()
      expect(await find(step.tokenHash)).toMatchObject({ failures: 3, usedAt: testNow })
    })

    it('count each of fifty failures at once, up to the limit', async () => {
      const step = stepOf(null)
      await write(given, (tx) => tx.insertStep(step))
      const counts = await race(given, 50, (tx) => tx.failStep(step.tokenHash, 5, testNow))
      expect(counts.filter((count) => count !== null).sort()).toEqual([1, 2, 3, 4, 5])
    })

    it('end by kind, account and application', async () => {
      const [accountId, other] = [await given.addAccount(), await given.addAccount()]
      const application = applicationOf(accountId)
      const steps = {
        mine: stepOf(accountId, { kind: 'one_time' }),
        mineThere: stepOf(accountId, { kind: 'one_time', applicationId: application.id }),
        foreign: stepOf(other, { kind: 'one_time' }),
        otherKind: stepOf(accountId, { kind: 'reset' }),
        nobody: stepOf(null, { kind: 'bootstrap' }),
      }
      await write(given, async (tx) => {
        await tx.insertApplication(application)
        for (const step of Object.values(steps)) await tx.insertStep(step)
      })
      const dead = async () => {
        const found = await Promise.all(Object.values(steps).map((step) => find(step.tokenHash)))
        return Object.keys(steps).filter((_, i) => found[i]?.usedAt !== null)
      }
      const end = (which: Parameters<IdentityTransaction['endSteps']>[0]) =>
        write(given, (tx) => tx.endSteps(which, testNow))
      await end({ kind: 'one_time', accountId, applicationId: application.id })
      expect(await dead()).toEqual(['mineThere'])
      await end({ kind: 'one_time', accountId })
      expect(await dead()).toEqual(['mine', 'mineThere'])
      await end({ kind: 'bootstrap' })
      expect(await dead()).toEqual(['mine', 'mineThere', 'nobody'])
    })
  })

  describe('codes', () => {
    const put = (told: Parameters<typeof codeOf>[0] = {}) => write(given, (tx) => tx.putCode(codeOf(told)))
    const use = (mac = hashOf('code'), now = testNow) =>
      write(given, (tx) => tx.useCode('account:1', 'sign_in', mac, now))
    const attempt = (limit: number, now = testNow) =>
      write(given, (tx) => tx.tryCode('account:1', 'sign_in', limit, now))

    it('are one per subject and purpose: a newer one takes the place, tries and all', async () => {
      await put({ tries: 4, usedAt: 3 })
      await put({ purpose: 'mpin' })
      await put({ codeMac: hashOf('new') })
      expect(await given.store.reads.findCode('account:1', 'sign_in')).toEqual(codeOf({ codeMac: hashOf('new') }))
      expect(await given.store.reads.findCode('account:1', 'mpin')).toEqual(codeOf({ purpose: 'mpin' }))
      expect(await given.store.reads.findCode('account:2', 'mpin')).toBeNull()
      expect(await use()).toBe(false)
      expect(await use(hashOf('new'))).toBe(true)
    })

    it('count tries before the comparison, up to the limit and while they live', async () => {
      expect(await attempt(2)).toBeNull()
      await put()
      expect(await attempt(2)).toEqual(codeOf({ tries: 1 }))
      expect(await attempt(2, codeOf().expiresAt)).toBeNull()
      expect(await attempt(2)).toEqual(codeOf({ tries: 2 }))
      expect(await attempt(2)).toBeNull()
      await put()
      await use()
      expect(await attempt(2)).toBeNull()
      await put()
      const raced = await race(given, 50, (tx) => tx.tryCode('account:1', 'sign_in', 5, testNow))
      expect(raced.flatMap((code) => (code ? [code.tries] : [])).sort()).toEqual([1, 2, 3, 4, 5])
    })

    it('are spent once, in time, and not for nobody', async () => {
      await put()
      expect(await use(hashOf('other'))).toBe(false)
      expect(await use(undefined, codeOf().expiresAt)).toBe(false)
      const raced = await race(given, 50, (tx) => tx.useCode('account:1', 'sign_in', hashOf('code'), testNow))
      expect(countOf(raced, true)).toBe(1)
      await put({ codeMac: null })
      expect(await attempt(5)).toMatchObject({ codeMac: null, tries: 1 })
      expect(await use('')).toBe(false)
    })

    it('end all of a subject', async () => {
      await put()
      await put({ purpose: 'mpin' })
      await put({ subject: 'account:11' })
      await write(given, (tx) => tx.endCodes('account:1'))
      expect(await given.store.reads.findCode('account:1', 'mpin')).toBeNull()
      expect(await use()).toBe(false)
      expect(await given.store.reads.findCode('account:11', 'sign_in')).not.toBeNull()
    })
  })
}

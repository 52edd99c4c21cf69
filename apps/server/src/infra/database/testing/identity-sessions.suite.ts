import { describe, expect, it } from 'vitest'
import type { StoredSession } from '../../../modules/identity/index.ts'
import { applicationOf, countOf, hashOf, type IdentityContext, race, sessionOf, write } from './identity-context.ts'
import { testNow } from './open-stores.ts'

/** Says what every engine must do with sessions. */
export function describeSessions(given: IdentityContext): void {
  const put = async (...sessions: readonly StoredSession[]) => {
    await write(given, async (tx) => {
      for (const session of sessions) await tx.insertSession(session)
    })
  }
  const liveIds = async (accountId: number, now = testNow) =>
    (await given.store.reads.listLiveSessions(accountId, now)).map((session) => session.id)

  describe('sessions', () => {
    it('are found exactly as they were put', async () => {
      const accountId = await given.addAccount()
      const application = applicationOf(accountId)
      await write(given, (tx) => tx.insertApplication(application))
      const full = sessionOf(accountId, {
        surface: 'synapsewave',
        applicationId: application.id,
        tokenHash: hashOf('token'),
        deviceFacts: { 'Client-OS': 'Linux “π”', note: '{"a":1}' },
        previousRefreshHash: hashOf('before'),
      })
      const bare = sessionOf(accountId, { userAgent: null, refreshHash: null, refreshIssuedAt: null })
      await put(full, bare)
      expect(await given.store.reads.findSession(full.id)).toEqual(full)
      expect(await given.store.reads.findSession(bare.id)).toEqual(bare)
      expect(await given.store.reads.findSession('nothing')).toBeNull()
    })

    it('stand with what may have changed about their account', async () => {
      const accountId = await given.addAccount({ clientCode: 'XY1', role: 'owner' })
      const session = sessionOf(accountId, { tokenHash: hashOf('token') })
      await put(session)
      const standing = {
        id: session.id,
        accountId,
        surface: 'api',
        applicationId: null,
        expiresAt: session.expiresAt,
        endedAt: null,
        lastSeenAt: testNow,
        role: 'owner',
        clientCode: 'XY1',
        accountDisabledAt: null,
      }
      const { reads } = given.store
      expect(await reads.findStanding(session.id)).toEqual(standing)
      expect(await reads.findStandingByToken(hashOf('token'))).toEqual(standing)
      expect(await reads.findStanding('nothing')).toBeNull()
      expect(await reads.findStandingByToken(session.id)).toBeNull()
      const changed = { ...standing, role: 'read-only', accountDisabledAt: testNow + 5, endedAt: testNow + 6 }
      const inside = await write(given, async (tx) => {
        await tx.updateAccount(accountId, { role: 'read-only', disabledAt: testNow + 5 })
        await tx.endSessions({ accountId }, 'signed_out', testNow + 6)
        return [await tx.findStanding(session.id), await tx.findStandingByToken(hashOf('token'))]
      })
      expect(inside).toEqual([changed, changed])
      expect(await reads.findStanding(session.id)).toEqual(changed)
    })

    it('are listed while they live, latest activity first', async () => {
      const accountId = await given.addAccount()
      const other = await given.addAccount()
      const old = sessionOf(accountId, { lastSeenAt: testNow - 5 })
      const recent = sessionOf(accountId)
      const over = sessionOf(accountId, { expiresAt: testNow })
      const ended = sessionOf(accountId, { endedAt: testNow - 1 })
      await put(old, recent, over, ended, sessionOf(other))
      expect(await liveIds(accountId)).toEqual([recent.id, old.id])
      await write(given, (tx) => tx.touchSession(old.id, testNow + 1))
      await write(given, (tx) => tx.touchSession(old.id, testNow - 1))
      expect(await liveIds(accountId)).toEqual([old.id, recent.id])
      expect(await given.store.reads.findSession(old.id)).toMatchObject({ lastSeenAt: testNow + 1 })
    })

    it('end by account, surface and id, once, and tell which ended', async () => {
      const accountId = await given.addAccount()
      const other = await given.addAccount()
      const [a, b, k, s] = [
        sessionOf(accountId),
        sessionOf(accountId),
        sessionOf(accountId, { surface: 'kotak' }),
        sessionOf(accountId, { surface: 'synapsewave' }),
      ]
      const foreign = sessionOf(other)
      await put(a, b, k, s, foreign, sessionOf(accountId, { expiresAt: testNow }))
      const end = (which: {
        accountId?: number
        id?: string
        except?: string
        surfaces?: readonly StoredSession['surface'][]
      }) => write(given, (tx) => tx.endSessions({ accountId, ...which }, 'test', testNow + 1))
      expect(await end({ id: foreign.id })).toEqual([])
      expect(await end({ surfaces: [] })).toEqual([])
      expect(await end({ id: a.id })).toEqual([a.id])
      expect(await end({ id: a.id })).toEqual([])
      expect(await end({ surfaces: ['kotak', 'synapsewave'], except: s.id })).toEqual([k.id])
      expect([...(await end({}))].sort()).toEqual([b.id, s.id].sort())
      expect(await liveIds(accountId)).toEqual([])
      expect(await liveIds(other)).toEqual([foreign.id])
      expect(await given.store.reads.findSession(a.id)).toMatchObject({ endedAt: testNow + 1 })
    })

    it('end from the oldest on until so many of the surfaces are left', async () => {
      const accountId = await given.addAccount()
      const at = (n: number, surface: StoredSession['surface'] = 'kotak') =>
        sessionOf(accountId, { surface, createdAt: testNow + n })
      const [first, second, third, api] = [at(1), at(2, 'synapsewave'), at(3), at(0, 'api')]
      await put(third, first, api, second, sessionOf(accountId, { surface: 'kotak', expiresAt: testNow }))
      const trim = (keep: number) =>
        write(given, (tx) => tx.endOldestSessions(accountId, ['kotak', 'synapsewave'], keep, testNow))
      expect(await trim(3)).toEqual([])
      expect(await trim(2)).toEqual([first.id])
      expect(await trim(1)).toEqual([second.id])
      expect(await write(given, (tx) => tx.endOldestSessions(accountId, [], 0, testNow))).toEqual([])
      expect([...(await liveIds(accountId))].sort()).toEqual([third.id, api.id].sort())
    })

    it('are never more than the limit after fifty sign-ins at once', async () => {
      const accountId = await given.addAccount()
      await race(given, 50, async (tx, n) => {
        await tx.insertSession(sessionOf(accountId, { createdAt: testNow + n }))
        await tx.endOldestSessions(accountId, ['api'], 20, testNow)
      })
      expect(await liveIds(accountId)).toHaveLength(20)
    })
  })

  describe('refresh tokens', () => {
    it('move on from the live one only', async () => {
      const accountId = await given.addAccount()
      const session = sessionOf(accountId, { refreshHash: hashOf('r0') })
      await put(session)
      const rotate = (from: string, to: string, now = testNow + 1) =>
        write(given, (tx) => tx.rotateRefresh(session.id, hashOf(from), hashOf(to), now))
      expect(await rotate('r1', 'r2')).toBe(false)
      expect(await rotate('r0', 'r1')).toBe(true)
      expect(await rotate('r0', 'r9')).toBe(false)
      expect(await given.store.reads.findSession(session.id)).toMatchObject({
        refreshHash: hashOf('r1'),
        previousRefreshHash: hashOf('r0'),
        refreshIssuedAt: testNow + 1,
      })
      expect(await rotate('r1', 'r2', session.expiresAt)).toBe(false)
      await write(given, (tx) => tx.endSessions({ accountId }, 'signed_out', testNow + 2))
      expect(await rotate('r1', 'r2')).toBe(false)
    })

    it('have one successor when fifty move on at once', async () => {
      const session = sessionOf(await given.addAccount(), { refreshHash: hashOf('r0') })
      await put(session)
      const rotated = await race(given, 50, (tx, n) =>
        tx.rotateRefresh(session.id, hashOf('r0'), hashOf(`successor ${n}`), testNow),
      )
      expect(countOf(rotated, true)).toBe(1)
      const stored = await given.store.reads.findSession(session.id)
      expect(stored?.refreshHash).toBe(hashOf(`successor ${rotated.indexOf(true)}`))
      expect(stored?.previousRefreshHash).toBe(hashOf('r0'))
    })
  })
}

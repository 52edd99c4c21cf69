import { describe, expect, it } from 'vitest'
import {
  accountOf,
  applicationOf,
  codeOf,
  deviceOf,
  dumpRows,
  eventOf,
  hashOf,
  type IdentityContext,
  keyOf,
  minuteMs,
  passkeyOf,
  race,
  sessionOf,
  stepOf,
  write,
} from './identity-context.ts'
import { testNow } from './open-stores.ts'

/** Says what every engine must do with the audit trail, and with what is left of an account that was removed. */
export function describeAudit(given: IdentityContext): void {
  describe('audit events', () => {
    it('are listed newest first, page by page, to their account alone', async () => {
      const [accountId, other] = [await given.addAccount(), await given.addAccount()]
      await write(given, async (tx) => {
        for (let n = 0; n < 5; n++) await tx.insertAudit(eventOf(accountId, { action: `act ${n}`, at: testNow - n }))
        await tx.insertAudit(eventOf(other))
        await tx.insertAudit(
          eventOf(null, { address: null, userAgent: null, requestId: null, outcome: 'refused', facts: {} }),
        )
      })
      const list = (before: number | null, limit = 2) => given.store.reads.listAudit(accountId, before, limit)
      const first = await list(null)
      expect(first).toEqual([
        { id: expect.any(Number), ...eventOf(accountId, { action: 'act 4', at: testNow - 4 }) },
        { id: expect.any(Number), ...eventOf(accountId, { action: 'act 3', at: testNow - 3 }) },
      ])
      const second = await list(first[1]?.id ?? 0)
      expect(second.map((event) => event.action)).toEqual(['act 2', 'act 1'])
      expect((await list(second[1]?.id ?? 0)).map((event) => event.action)).toEqual(['act 0'])
      expect(await list(null, 9)).toHaveLength(5)
    })

    it('can be added and read, and neither changed nor removed', async () => {
      const names = await write(given, async (tx) => Object.keys(tx))
      expect(names.filter((name) => /audit|event/i.test(name)).sort()).toEqual(['insertAudit', 'listAudit'])
      const stored = [...Object.keys(given.store.reads), ...Object.keys(given.store)]
      expect(stored.filter((name) => /audit|event/i.test(name))).toEqual(['listAudit'])
    })

    it('of fifty at once are all there', async () => {
      const accountId = await given.addAccount()
      await race(given, 50, (tx, n) => tx.insertAudit(eventOf(accountId, { action: `act ${n}` })))
      const actions = (await given.store.reads.listAudit(accountId, null, 99)).map((event) => event.action)
      expect(new Set(actions).size).toBe(50)
    })
  })

  describe('an account that was removed', () => {
    const email = 'gone_100%!"@example.in'
    const secrets = {
      email,
      clientCode: 'GONE42',
      address: '198.51.100.77',
      agent: 'Gone Browser',
      mobile: '+919811111111',
    }

    it('is in no row of any table, and the others are as before', async () => {
      const keptId = await given.addAccount(accountOf({ email: 'kept@example.in' }))
      await fill(keptId, 'kept', { address: '203.0.113.7', agent: 'Kept Browser' })
      const before = await dumpRows(given)
      const id = await given.addAccount({ email, clientCode: secrets.clientCode, mobile: secrets.mobile, name: 'Gone' })
      await fill(id, 'gone', secrets)
      await write(given, (tx) => tx.insertStep(stepOf(null, { kind: 'invitation', facts: { email, role: 'member' } })))
      await write(given, (tx) => tx.insertStep(stepOf(keptId, { kind: 'reset', facts: { email } })))
      const filled = await dumpRows(given)
      for (const secret of [...Object.values(secrets), 'gone', hashOf('gone')]) {
        expect(filled).toContain(JSON.stringify(secret).slice(1, -1))
      }
      await write(given, (tx) => tx.deleteAccount(id))
      const left = await dumpRows(given)
      for (const secret of [...Object.values(secrets), 'gone', hashOf('gone')]) {
        expect(left).not.toContain(JSON.stringify(secret).slice(1, -1))
      }
      expect(await given.store.reads.findAccount({ id })).toBeNull()
      const { rows } = await anonymousEvents()
      expect(rows).toEqual([['sign_in', null, null, null]])
      await removeAnonymousEvents()
      expect(withoutSequences(await dumpRows(given))).toBe(withoutSequences(before))
    })

    it('is nothing to remove twice', async () => {
      const id = await given.addAccount()
      await write(given, (tx) => tx.deleteAccount(id))
      await expect(write(given, (tx) => tx.deleteAccount(id))).resolves.toBeUndefined()
    })

    /** Puts a row of an account into every table. */
    async function fill(
      id: number,
      name: string,
      { address, agent }: { address: string; agent: string },
    ): Promise<void> {
      const application = applicationOf(id, { id: `${name} application`, name })
      await write(given, async (tx) => {
        await tx.insertApplication(application)
        await tx.setNoAccessCode(application.id, id, true)
        const until = testNow + minuteMs
        await tx.insertBearer({
          tokenHash: hashOf(name),
          applicationId: application.id,
          kind: 'shown',
          createdAt: 1,
          expiresAt: until,
        })
        await tx.insertSession(
          sessionOf(id, { address, userAgent: agent, applicationId: application.id, deviceFacts: { name } }),
        )
        await tx.insertKey(keyOf(id, { name }))
        await tx.setPendingTotp(id, name, until)
        await tx.replaceRecoveryCodes(id, [hashOf(name)])
        await tx.putDevice(deviceOf(id, name, { label: name }), 10)
        await tx.insertDeviceToken({ tokenHash: hashOf(name), accountId: id, createdAt: 1, expiresAt: until }, 10)
        await tx.insertPasskey(passkeyOf(id, { name }))
        await tx.insertSsoLink({
          id: name,
          accountId: id,
          issuer: 'https://login.example.in',
          subject: name,
          linkedAt: 1,
        })
        await tx.insertStep(stepOf(id, { facts: { address, name }, applicationId: application.id }))
        await tx.putCode(codeOf({ subject: `account:${id}`, codeMac: hashOf(name) }))
        await tx.takeGuess([`account:${id}`, `account:${id}:${address}`].map(bucketOf), testNow)
        await tx.insertAudit(eventOf(id, { address, userAgent: agent }))
      })
    }

    const bucketOf = (bucket: string) => ({ bucket, limit: 5, windowMs: null, lockMs: null })

    async function anonymousEvents() {
      const query = given.database.reader
        .selectFrom('audit_events')
        .select(['action', 'account_id', 'address', 'user_agent'])
        .where('account_id', 'is', null)
      return { rows: await given.database.readArrays(query.compile()) }
    }

    async function removeAnonymousEvents(): Promise<void> {
      await given.database.writer.deleteFrom('audit_events').where('account_id', 'is', null).execute()
    }

    /** SQLite keeps the last number given in a table of its own. */
    function withoutSequences(dump: string): string {
      return dump.replace(/"sqlite_sequence",\[.*?\]\]/, '')
    }
  })
}

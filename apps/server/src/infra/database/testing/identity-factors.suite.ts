import { describe, expect, it } from 'vitest'
import type { StoredSsoLink } from '../../../modules/identity/index.ts'
import {
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

/** Says what every engine must do with second factors and what stands in for them. */
export function describeFactors(given: IdentityContext): void {
  const until = testNow + 10 * minuteMs

  describe('TOTP', () => {
    it('is active after its confirmation in time', async () => {
      const id = await given.addAccount()
      const find = () => given.store.reads.findTotp(id)
      const activate = (now: number) => write(given, (tx) => tx.activateTotp(id, 7, now))
      expect(await find()).toBeNull()
      expect(await activate(testNow)).toBe(false)
      await write(given, (tx) => tx.setPendingTotp(id, 'sealed', until))
      expect(await find()).toMatchObject({ secret: null, pendingSecret: 'sealed', pendingUntil: until })
      expect(await write(given, (tx) => tx.acceptTotpStep(id, 7))).toBe(false)
      expect(await activate(until)).toBe(false)
      expect(await activate(until - 1)).toBe(true)
      expect(await find()).toEqual({ secret: 'sealed', lastStep: 7, pendingSecret: null, pendingUntil: null })
      expect(await activate(testNow)).toBe(false)
      await write(given, (tx) => tx.deleteTotp(id))
      expect(await find()).toBeNull()
    })

    it('keeps the active secret while another is pending, and no spent step comes back with the new one', async () => {
      const id = await given.addAccount()
      await write(given, async (tx) => {
        await tx.setPendingTotp(id, 'first', until)
        await tx.activateTotp(id, 7, testNow)
        await tx.setPendingTotp(id, 'second', until)
        await tx.setPendingTotp(id, 'third', until + 1)
      })
      const pending = { secret: 'first', lastStep: 7, pendingSecret: 'third', pendingUntil: until + 1 }
      expect(await given.store.reads.findTotp(id)).toEqual(pending)
      await write(given, (tx) => tx.activateTotp(id, 6, testNow))
      expect(await given.store.reads.findTotp(id)).toMatchObject({ secret: 'third', lastStep: 7 })
    })

    it('takes a step once and none before it', async () => {
      const id = await given.addAccount()
      await write(given, async (tx) => {
        await tx.setPendingTotp(id, 'sealed', until)
        await tx.activateTotp(id, 7, testNow)
      })
      const accept = (step: number) => write(given, (tx) => tx.acceptTotpStep(id, step))
      const steps = [7, 8, 8, 7, 10, 9]
      const accepted: boolean[] = []
      for (const step of steps) accepted.push(await accept(step))
      expect(accepted).toEqual([false, true, false, false, true, false])
      const raced = await race(given, 50, (tx) => tx.acceptTotpStep(id, 11))
      expect(countOf(raced, true)).toBe(1)
    })
  })

  describe('recovery codes', () => {
    it('are spent once and replaced as a set', async () => {
      const id = await given.addAccount()
      const replace = (...codes: readonly string[]) =>
        write(given, (tx) => tx.replaceRecoveryCodes(id, codes.map(hashOf)))
      const use = (code: string, account = id) =>
        write(given, (tx) => tx.useRecoveryCode(account, hashOf(code), testNow))
      await replace('a', 'b')
      expect(await use('c')).toBe(false)
      expect(await use('a', id + 1)).toBe(false)
      expect(await use('a')).toBe(true)
      expect(await use('a')).toBe(false)
      await replace('c')
      expect(await use('b')).toBe(false)
      const raced = await race(given, 50, (tx) => tx.useRecoveryCode(id, hashOf('c'), testNow))
      expect(countOf(raced, true)).toBe(1)
      await replace()
      expect(await given.store.reads.summariseFactors(id)).toMatchObject({ recoveryCodesLeft: 0 })
    })
  })

  describe('devices', () => {
    it('are found by what they say of themselves, in their account alone', async () => {
      const [id, other] = [await given.addAccount(), await given.addAccount()]
      const device = deviceOf(id, 'udid', { label: 'phone', lastUsedAt: testNow })
      await write(given, (tx) => tx.putDevice(device, 10))
      expect(await given.store.reads.findDevice(id, hashOf('udid'))).toEqual(device)
      expect(await given.store.reads.findDevice(other, hashOf('udid'))).toBeNull()
      expect(await given.store.reads.listDevices(other)).toEqual([])
      await write(given, (tx) => tx.putDevice(deviceOf(other, 'udid'), 10))
      expect(await given.store.reads.listDevices(id)).toEqual([device])
    })

    it('gain trust when they are put again and never lose it', async () => {
      const id = await given.addAccount()
      const first = deviceOf(id, 'udid', { label: 'phone' })
      const put = async (told: Partial<typeof first>) => {
        await write(given, (tx) => tx.putDevice(deviceOf(id, 'udid', told), 10))
        return given.store.reads.listDevices(id)
      }
      await write(given, (tx) => tx.putDevice(first, 10))
      expect(await put({ registeredAt: testNow + 1 })).toEqual([first])
      const trusted = { trustedAt: testNow + 2, lastUsedAt: testNow + 2 }
      expect(await put(trusted)).toEqual([{ ...first, ...trusted }])
      expect(await put({ trustedAt: testNow + 3, label: 'new phone' })).toEqual([
        { ...first, ...trusted, label: 'new phone' },
      ])
      expect(await put({ trustedAt: null })).toMatchObject([trusted])
    })

    it('are touched in what is given', async () => {
      const id = await given.addAccount()
      const device = deviceOf(id, 'udid')
      await write(given, async (tx) => {
        await tx.putDevice(device, 10)
        await tx.touchDevice(device.id, {})
        await tx.touchDevice(device.id, { lastUsedAt: 5 })
        await tx.touchDevice(device.id, { trustedAt: 6 })
        await tx.touchDevice(device.id, { trustedAt: 7 })
      })
      expect(await given.store.reads.listDevices(id)).toEqual([{ ...device, lastUsedAt: 5, trustedAt: 6 }])
    })

    it('of more than the limit leave the one used longest ago out, never the new one', async () => {
      const id = await given.addAccount()
      await write(given, async (tx) => {
        await tx.putDevice(deviceOf(id, 'a', { registeredAt: 1, lastUsedAt: 9 }), 2)
        await tx.putDevice(deviceOf(id, 'b', { registeredAt: 5 }), 2)
        await tx.putDevice(deviceOf(id, 'c', { registeredAt: 3 }), 2)
      })
      const left = (await given.store.reads.listDevices(id)).map((device) => device.udidMac)
      expect(left.sort()).toEqual([hashOf('a'), hashOf('c')].sort())
      await race(given, 50, (tx, n) => tx.putDevice(deviceOf(id, `udid ${n}`), 2))
      expect(await given.store.reads.listDevices(id)).toHaveLength(2)
    })

    it('are one when fifty put the same at once', async () => {
      const id = await given.addAccount()
      await race(given, 50, (tx) => tx.putDevice(deviceOf(id, 'same'), 10))
      expect(await given.store.reads.listDevices(id)).toHaveLength(1)
    })

    it('are removed by their account alone, one or all', async () => {
      const id = await given.addAccount()
      const [a, b] = [deviceOf(id, 'a'), deviceOf(id, 'b')]
      await write(given, (tx) => tx.putDevice(a, 10))
      await write(given, (tx) => tx.putDevice(b, 10))
      expect(await write(given, (tx) => tx.deleteDevice(id + 1, a.id))).toBe(false)
      expect(await write(given, (tx) => tx.deleteDevice(id, a.id))).toBe(true)
      expect(await write(given, (tx) => tx.deleteDevice(id, a.id))).toBe(false)
      await write(given, (tx) => tx.deleteDevices(id))
      expect(await given.store.reads.listDevices(id)).toEqual([])
    })
  })

  describe('device tokens', () => {
    const tokenOf = (accountId: number, name: string, createdAt = testNow) => ({
      tokenHash: hashOf(name),
      accountId,
      createdAt,
      expiresAt: until,
    })

    it('are found, are no more than the limit, and go all together', async () => {
      const id = await given.addAccount()
      const find = (name: string) => given.store.reads.findDeviceToken(hashOf(name))
      await write(given, async (tx) => {
        await tx.insertDeviceToken(tokenOf(id, 'old', 1), 2)
        await tx.insertDeviceToken(tokenOf(id, 'oldest', 0), 2)
        await tx.insertDeviceToken(tokenOf(id, 'new'), 2)
      })
      expect(await find('new')).toEqual(tokenOf(id, 'new'))
      expect([await find('old'), await find('oldest')]).toEqual([tokenOf(id, 'old', 1), null])
      await write(given, (tx) => tx.deleteDeviceTokens(id))
      expect([await find('old'), await find('new')]).toEqual([null, null])
    })
  })

  describe('passkeys', () => {
    it('are found by their credential, listed newest first and registered once', async () => {
      const id = await given.addAccount()
      const [old, recent] = [passkeyOf(id, { createdAt: 1 }), passkeyOf(id, { transports: [] })]
      const insert = (passkey: typeof old) => write(given, (tx) => tx.insertPasskey(passkey))
      expect(await insert(old)).toBe(true)
      expect(await insert(recent)).toBe(true)
      expect(await insert(passkeyOf(await given.addAccount(), { credentialId: old.credentialId }))).toBe(false)
      expect(await given.store.reads.findPasskey(old.credentialId)).toEqual(old)
      expect(await given.store.reads.findPasskey('nothing')).toBeNull()
      expect(await given.store.reads.listPasskeys(id)).toEqual([recent, old])
    })

    it('count up with their use and never down', async () => {
      const id = await given.addAccount()
      const passkey = passkeyOf(id, { counter: 3 })
      await write(given, async (tx) => {
        await tx.insertPasskey(passkey)
        await tx.usePasskey(passkey.id, 2 ** 32 - 1, testNow + 1)
        await tx.usePasskey(passkey.id, 4, testNow + 2)
      })
      const used = { ...passkey, counter: 2 ** 32 - 1, lastUsedAt: testNow + 2 }
      expect(await given.store.reads.listPasskeys(id)).toEqual([used])
    })

    it('are removed by their account alone, one or all', async () => {
      const id = await given.addAccount()
      const [a, b] = [passkeyOf(id), passkeyOf(id)]
      await write(given, async (tx) => {
        await tx.insertPasskey(a)
        await tx.insertPasskey(b)
      })
      expect(await write(given, (tx) => tx.deletePasskey(id + 1, a.id))).toBe(false)
      expect(await write(given, (tx) => tx.deletePasskey(id, a.id))).toBe(true)
      await write(given, (tx) => tx.deletePasskeys(id))
      expect(await given.store.reads.listPasskeys(id)).toEqual([])
    })
  })

  describe('links to other identities', () => {
    const linkOf = (accountId: number, id: string, subject: string): StoredSsoLink => ({
      id,
      accountId,
      issuer: 'https://login.example.in',
      subject,
      linkedAt: testNow,
    })

    it('are found by issuer and subject, and one subject is linked once', async () => {
      const id = await given.addAccount()
      const link = linkOf(id, 'l1', 'subject')
      const insert = (one: StoredSsoLink) => write(given, (tx) => tx.insertSsoLink(one))
      expect(await insert(link)).toBe(true)
      expect(await insert(linkOf(await given.addAccount(), 'l2', 'subject'))).toBe(false)
      expect(await insert(linkOf(id, 'l3', 'Subject'))).toBe(true)
      expect(await given.store.reads.findSsoLink(link.issuer, 'subject')).toEqual(link)
      expect(await given.store.reads.findSsoLink('https://other.example.in', 'subject')).toBeNull()
      expect(await given.store.reads.listSsoLinks(id)).toEqual([link, linkOf(id, 'l3', 'Subject')])
      expect(await write(given, (tx) => tx.deleteSsoLink(id + 1, 'l1'))).toBe(false)
      expect(await write(given, (tx) => tx.deleteSsoLink(id, 'l1'))).toBe(true)
      await write(given, (tx) => tx.deleteSsoLinks(id))
      expect(await given.store.reads.listSsoLinks(id)).toEqual([])
    })
  })
}

import { BanyanError } from '@banyan/domain'
import { getAccount } from './account-view.ts'
import type { RequestOrigin } from './callers.ts'
import { registerDevice, trustDevice } from './devices.ts'
import { changed } from './factor-changes.ts'
import type { FactorsFace } from './factors-face.ts'
import { beginGuess, compareMpin, recordWrongFirst, refundGuess } from './first-factor.ts'
import { mpinLimit } from './guessing.ts'
import { accountSubject, type IdentityContext } from './identity-context.ts'
import type { IdentityTransaction, StoredAccount } from './identity-store.ts'
import { checkNewMpin } from './mpin-rules.ts'
import { foldClientCode } from './names.ts'
import { reenterPassword } from './passwords.ts'
import { checkProof } from './sent-codes.ts'

type PinFace = Pick<
  FactorsFace,
  'setMpin' | 'changeMpin' | 'setMpinByCode' | 'registerDeviceByCode' | 'removeMpin' | 'trustDevice' | 'removeDevice'
>

export function createPinsAndDevices(context: IdentityContext): PinFace {
  return {
    async setMpin(caller, { mpin, udid }, origin) {
      const account = await getAccount(context.store.reads, caller.accountId)
      await storeMpin(context, account, mpin, async (tx) => {
        if (udid !== null) await trustDevice(context, tx, account.id, udid)
      })
      await changed(context, account, { action: 'mpin_set', factor: 'mpin', change: 'added' }, origin)
    },
    changeMpin: (given, origin) => changeMpin(context, given, origin),
    async setMpinByCode({ mpin, udid, ...given }, origin) {
      checkNewMpin(mpin)
      const proof = { ...given, applicationId: given.application.applicationId }
      const { account, spend } = await checkProof(context, proof, 'mpin', origin)
      await storeMpin(context, account, mpin, async (tx) => {
        await spend(tx)
        await registerDevice(context, tx, account.id, udid)
      })
      await changed(context, account, { action: 'mpin_set', factor: 'mpin', change: 'added' }, origin)
    },
    async registerDeviceByCode({ udid, ...given }, origin) {
      const proof = { ...given, applicationId: given.application.applicationId }
      const { account, spend } = await checkProof(context, proof, 'mpin', origin)
      await context.store.atomically(async (tx) => {
        await spend(tx)
        await registerDevice(context, tx, account.id, udid)
      })
      await changed(context, account, { action: 'device_registered', factor: 'device', change: 'added' }, origin)
    },
    async removeMpin(caller, password, origin) {
      const account = await reenterPassword(context, caller, password, origin)
      await context.store.atomically((tx) => tx.updateAccount(account.id, { mpinHash: null }))
      await changed(context, account, { action: 'mpin_removed', factor: 'mpin', change: 'removed' }, origin)
    },
    async trustDevice(caller, { id, password }, origin) {
      const account = await reenterPassword(context, caller, password, origin)
      const devices = await context.store.reads.listDevices(account.id)
      if (!devices.some((device) => device.id === id)) throw new BanyanError('not_found')
      await context.store.atomically((tx) => tx.touchDevice(id, { trustedAt: context.clock.now() }))
      await changed(context, account, { action: 'device_trusted', factor: 'device', change: 'changed' }, origin)
    },
    async removeDevice(caller, id, origin) {
      const account = await getAccount(context.store.reads, caller.accountId)
      if (!(await context.store.atomically((tx) => tx.deleteDevice(account.id, id)))) throw new BanyanError('not_found')
      await changed(context, account, { action: 'device_removed', factor: 'device', change: 'removed' }, origin)
    },
  }
}

/** Stores an MPIN that may be set. It is alive again, whatever was guessed before. */
async function storeMpin(
  context: IdentityContext,
  account: StoredAccount,
  mpin: string,
  also: (tx: IdentityTransaction) => Promise<void>,
): Promise<void> {
  checkNewMpin(mpin)
  const mpinHash = await context.hasher.hash(mpin, { secret: context.keyring.pinPepper() })
  await context.store.atomically(async (tx) => {
    await tx.lockAccount(account.id)
    await also(tx)
    await tx.updateAccount(account.id, { mpinHash })
    await tx.clearGuesses([mpinLimit(accountSubject(context, account).key).bucket])
  })
}

async function changeMpin(
  context: IdentityContext,
  given: { readonly clientCode: string; readonly current: string; readonly next: string },
  origin: RequestOrigin,
): Promise<void> {
  const clientCode = foldClientCode(given.clientCode)
  const account = await context.store.reads.findAccount({ clientCode })
  const guess = await beginGuess(context, account, clientCode, origin)
  const isRight = await compareMpin(context, guess, given.current)
  if (account === null || !isRight) {
    await recordWrongFirst(context, guess, 'mpin')
    throw new BanyanError('invalid_credentials')
  }
  await refundGuess(context, guess)
  if (account.disabledAt !== null) throw new BanyanError('account_disabled')
  await storeMpin(context, account, given.next, async () => undefined)
  await changed(context, account, { action: 'mpin_set', factor: 'mpin', change: 'changed' }, origin)
}

import { randomId } from './digests.ts'
import type { IdentityContext } from './identity-context.ts'
import type { IdentityReads, IdentityTransaction, StoredAccount, StoredDevice } from './identity-store.ts'

/** Devices kept per account: of more, the one used longest ago goes. */
const devicesKept = 10

/** An identifier is stored as a mac: it opens things beside another factor, so a stolen database must not show it. */
function udidMac({ keyring }: IdentityContext, accountId: number, udid: string): string {
  return keyring.mac('udid', String(accountId), udid).toString('hex')
}

export async function findDeviceOf(
  context: IdentityContext,
  reads: IdentityReads,
  account: StoredAccount | null,
  udid: string,
): Promise<StoredDevice | null> {
  // A name nobody has is looked up like any other, under an account number that is never given out.
  const id = account?.id ?? 0
  return reads.findDevice(id, udidMac(context, id, udid))
}

/** Registers a device that opens nothing yet; one that is trusted already stays so. */
export async function registerDevice(
  context: IdentityContext,
  tx: IdentityTransaction,
  accountId: number,
  udid: string,
): Promise<void> {
  await putDevice(context, tx, accountId, udid, false)
}

export async function trustDevice(
  context: IdentityContext,
  tx: IdentityTransaction,
  accountId: number,
  udid: string,
): Promise<void> {
  await putDevice(context, tx, accountId, udid, true)
}

async function putDevice(
  context: IdentityContext,
  tx: IdentityTransaction,
  accountId: number,
  udid: string,
  isTrusted: boolean,
): Promise<void> {
  const now = context.clock.now()
  const device = {
    id: randomId('dev_'),
    accountId,
    udidMac: udidMac(context, accountId, udid),
    // Enough to tell two devices apart in a list, too little to be the identifier.
    label: udid.length > 8 ? `…${udid.slice(-4)}` : null,
    trustedAt: isTrusted ? now : null,
    registeredAt: now,
    lastUsedAt: isTrusted ? now : null,
  }
  await tx.putDevice(device, devicesKept)
}

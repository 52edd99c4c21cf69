import { getAccount } from './account-view.ts'
import type { SessionCaller } from './callers.ts'
import type { FactorsFace, FactorsView } from './factors-face.ts'
import type { IdentityContext } from './identity-context.ts'
import { createPasskeys, toPasskeyView } from './passkeys.ts'
import { createPinsAndDevices } from './pins-and-devices.ts'
import { createSsoLinks, toLinkView } from './sso-links.ts'
import { createTotpEnrolment } from './totp-enrolment.ts'

export function createFactors(context: IdentityContext): FactorsFace {
  return {
    list: (caller) => listFactors(context, caller),
    ...createTotpEnrolment(context),
    ...createPinsAndDevices(context),
    ...createPasskeys(context),
    ...createSsoLinks(context),
  }
}

export async function listFactors({ store }: IdentityContext, caller: SessionCaller): Promise<FactorsView> {
  const { reads } = store
  const account = await getAccount(reads, caller.accountId)
  const [summary, devices, passkeys, links] = await Promise.all([
    reads.summariseFactors(account.id),
    reads.listDevices(account.id),
    reads.listPasskeys(account.id),
    reads.listSsoLinks(account.id),
  ])
  return {
    password: { isSet: account.passwordHash !== null, changedAt: account.passwordChangedAt },
    totp: { isEnabled: summary.hasTotp, recoveryCodesLeft: summary.recoveryCodesLeft },
    mpin: { isSet: account.mpinHash !== null },
    otp: { channel: account.otpChannel, besideTotp: account.otpBesideTotp },
    devices: devices.map(({ id, label, trustedAt, registeredAt, lastUsedAt }) => ({
      id,
      label,
      isTrusted: trustedAt !== null,
      registeredAt,
      lastUsedAt,
    })),
    passkeys: passkeys.map(toPasskeyView),
    ssoLinks: links.map(toLinkView),
  }
}

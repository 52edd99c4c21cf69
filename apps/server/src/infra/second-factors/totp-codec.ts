import type { EpochMs } from '@banyan/domain'
import { Secret, TOTP } from 'otpauth'
import type { TotpCodec } from '../../modules/identity/index.ts'

/** RFC 6238 as every authenticator app takes it: SHA-1, 6 digits, 30 s. */
const form = { algorithm: 'SHA1', digits: 6, period: 30 } as const
/** RFC 4226 §4 R6 recommends 160 bits: 32 base32 characters. */
const secretBytes = 20
/** Steps of drift either way. */
const drift = 1

/** Creates the codec of time-based codes. It is stateless: that a step works once is the caller's to keep. */
export function createTotpCodec(): TotpCodec {
  return {
    createSecret: () => new Secret({ size: secretBytes }).base32,
    uri: (secret, account, issuer) =>
      new TOTP({ ...form, issuer, label: account, secret: Secret.fromBase32(secret) }).toString(),
    findStep: (secret, code, now) => findStep(Secret.fromBase32(secret), code, now),
  }
}

/** Returns the step a code was made for; null when it is none of the three allowed. */
function findStep(secret: Secret, code: string, now: EpochMs): number | null {
  if (!/^[0-9]{6}$/.test(code)) return null
  const delta = TOTP.validate({ ...form, token: code, secret, timestamp: now, window: drift })
  return delta === null ? null : TOTP.counter({ period: form.period, timestamp: now }) + delta
}

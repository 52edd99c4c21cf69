import { type Clock, dayMs } from '@banyan/domain'
import type { Keyring } from '../infra/sealing/keyring.ts'
import type { Warmer } from '../infra/tasks/warmer.ts'
import type { IdentityStore } from '../modules/identity/index.ts'

/** How long security events are kept (CERT-In directions of 28 April 2022 §iv). */
const auditMs = 180 * dayMs
const hourMs = 3_600_000
/** A key that was rotated or dropped elsewhere is known here within this time. */
const keyCheckMs = 2_000

/** Returns what the account core needs from time to time. */
export function listIdentityWarmers(parts: {
  readonly store: IdentityStore
  readonly keyring: Keyring
  readonly clock: Clock
}): readonly Warmer[] {
  const { store, keyring, clock } = parts
  return [
    {
      name: 'identity_upkeep',
      everyMs: { open: hourMs, closed: hourMs },
      runsOn: 'leader',
      run: () => store.purge(clock.now(), auditMs),
    },
    {
      name: 'signing_keys',
      everyMs: { open: keyCheckMs, closed: keyCheckMs },
      runsOn: 'each',
      async run() {
        keyring.reload()
      },
    },
  ]
}

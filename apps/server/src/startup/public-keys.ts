import type { JsonWebKeys } from '@banyan/contracts'
import type { Keyring } from '../infra/sealing/keyring.ts'

/** Returns every key that verifies tokens, the one that signs first. */
export function listPublicKeys(keyring: Pick<Keyring, 'signingKeys'>): JsonWebKeys {
  const { current, others } = keyring.signingKeys()
  return { keys: [current, ...others].map(({ publicJwk }) => publicJwk) }
}

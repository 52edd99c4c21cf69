import { createHmac, hkdfSync } from 'node:crypto'
import { joinParts } from './join-parts.ts'
import type { PepperFile, PepperKey } from './pepper-file.ts'
import { openText, type SealingKey, sealText } from './sealed-text.ts'

/** What is computed from the installation's root secrets. No secret serves two purposes: each has a key derived for it alone. */
export interface DerivedSecrets {
  /**
   * Returns the 32-byte HMAC-SHA256 of the parts under the purpose's key. The same parts give the same bytes for as long as the
   * installation keeps its `pepper.json`; no two lists of parts share their bytes.
   */
  mac(purpose: string, ...parts: readonly string[]): Buffer
  /** Returns the text encrypted and bound: it opens with the same purpose and `bound` only. Two seals of a text differ. */
  seal(purpose: string, plaintext: string, bound: string): string
  /** Returns what was sealed; throws `UnsealError` when it was changed, bound to something else, or its key is gone. */
  open(purpose: string, sealed: string, bound: string): string
  /** Returns the 32 bytes MPINs are hashed with beside their salt (quality-bar.md T6). */
  pinPepper(): Buffer
  /** Returns 16 hex characters that name the secrets without telling anything of them: a database remembers whose it is. */
  fingerprint(): string
}

export function deriveSecrets(pepper: PepperFile): DerivedSecrets {
  const derive = createDerivation(pepper.id)
  const keys = new Map(pepper.keys.map((key) => [key.id, key]))
  // What carries no key id must come from a key that stays: the first.
  const root = getKey(pepper.keys[0])
  const sealing = getKey(keys.get(pepper.current))
  const sealingKey = (key: PepperKey, purpose: string): SealingKey => ({
    id: key.id,
    key: derive(key, `seal/${purpose}`),
  })
  return {
    mac: (purpose, ...parts) =>
      createHmac('sha256', derive(root, `mac/${purpose}`))
        .update(joinParts(parts))
        .digest(),
    seal: (purpose, plaintext, bound) => sealText(sealingKey(sealing, purpose), plaintext, bound),
    open(purpose, sealed, bound) {
      const findKey = (id: string) => {
        const key = keys.get(id)
        return key === undefined ? null : sealingKey(key, purpose)
      }
      return openText(findKey, sealed, bound)
    },
    pinPepper: () => Buffer.from(derive(root, 'pin')),
    fingerprint: () => derive(root, 'fingerprint').toString('hex', 0, 8),
  }
}

/** HKDF-SHA256 (RFC 5869) to 32 bytes, each key computed once. Labels come from our code, so the memory stays small. */
function createDerivation(salt: string): (key: PepperKey, label: string) => Buffer {
  const known = new Map<string, Buffer>()
  return ({ id, key }, label) => {
    const name = `${id} ${label}`
    const derived = known.get(name) ?? Buffer.from(hkdfSync('sha256', key, salt, `banyan/${label}`, 32))
    known.set(name, derived)
    return derived
  }
}

function getKey(key: PepperKey | undefined): PepperKey {
  if (key === undefined) throw new TypeError('the pepper has no such key')
  return key
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { joinParts } from './join-parts.ts'
import { parseBase64url } from './key-problem.ts'

/** A sealed text was changed, belongs elsewhere, or its key is gone. Says nothing of the content. */
export class UnsealError extends Error {
  override readonly name = 'UnsealError'
}

const form = 's1'
const nonceBytes = 12
const tagBytes = 16

export interface SealingKey {
  readonly id: string
  /** 32 bytes, for this purpose alone. */
  readonly key: Buffer
}

/**
 * Returns `s1.<key id>.<base64url of nonce, ciphertext, tag>`: AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D §8.2.2: good
 * for 2³² texts per key). `bound` must be given again to open it, so a text moved to another row or account stays shut.
 */
export function sealText({ id, key }: SealingKey, plaintext: string, bound: string): string {
  if (!plaintext.isWellFormed())
    throw new TypeError('a text with half a character cannot be sealed: UTF-8 would lose it')
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(joinParts([form, id, bound]))
  const sealed = Buffer.concat([nonce, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `${form}.${id}.${sealed.toString('base64url')}`
}

/** Returns the text `sealText` was given; throws {@link UnsealError} for anything but an unchanged result of it. */
export function openText(findKey: (id: string) => SealingKey | null, sealed: string, bound: string): string {
  const [start, id = '', encoded, ...more] = sealed.split('.')
  const bytes = start === form && more.length === 0 ? parseBase64url(encoded) : null
  if (bytes === null || bytes.length < nonceBytes + tagBytes) throw new UnsealError('this is no sealed text')
  const found = findKey(id)
  if (found === null) throw new UnsealError('the key of this sealed text is gone')
  const decipher = createDecipheriv('aes-256-gcm', found.key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(joinParts([form, id, bound]))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    const text = decipher.update(bytes.subarray(nonceBytes, -tagBytes))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new UnsealError('the sealed text was changed or belongs elsewhere', { cause })
  }
}

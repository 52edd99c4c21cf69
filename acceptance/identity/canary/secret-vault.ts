import { randomBytes } from 'node:crypto'
import type { Secret } from './secret-search.ts'

export type SecretVault = ReturnType<typeof createSecretVault>

/** Collects the secrets of a run: those a test makes and those a server gives it. */
export function createSecretVault() {
  const ours: Secret[] = []
  const given: Secret[] = []
  return {
    /** Returns a new secret of 24 characters, some of which are written differently in addresses, forms and JSON. */
    make(name: string): string {
      return add(ours, name, `${randomBytes(10).toString('hex')}"\\/+`)
    },
    /** Returns a new secret of 24 letters and digits, which headers and identifiers take. */
    makeWord(name: string): string {
      return add(ours, name, `${randomBytes(11).toString('hex')}Zq`)
    },
    /** Adds a short secret that a test chose. */
    choose: (name: string, text: string): string => add(ours, name, text),
    /** Adds one that a server made. `meantIn` is the beginning of the places that may hold it. */
    keep: (name: string, text: string, meantIn: string | null = null): string => add(given, name, text, meantIn),
    /** Adds a signed token: the whole, its signature alone, and its id, of which the server may store a hash only. */
    keepToken(name: string, token: string): string {
      const [, payload = '', signature = ''] = token.split('.')
      const { jti } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { jti: string }
      add(given, `signature of ${name}`, signature)
      add(given, `id of ${name}`, jti)
      return add(given, name, token)
    },
    /** Those no reply may ever repeat. */
    ours: (): readonly Secret[] => ours,
    all: (): readonly Secret[] => [...ours, ...given],
  }

  function add(list: Secret[], name: string, text: string, meantIn: string | null = null): string {
    list.push({ name, text, meantIn })
    return text
  }
}

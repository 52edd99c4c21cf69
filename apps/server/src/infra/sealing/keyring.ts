import { join } from 'node:path'
import type { Clock, EpochMs } from '@banyan/domain'
import { type DerivedSecrets, deriveSecrets } from './derived-secrets.ts'
import { inTurn } from './folder-turn.ts'
import { openKeyFile } from './key-file.ts'
import { newPepperText, parsePepper } from './pepper-file.ts'
import { preparePrivateFolder, replacePrivateFile } from './private-file.ts'
import {
  newSigningFile,
  parseSigningText,
  type SigningFile,
  type SigningKey,
  toSigningText,
  withNewKey,
  withoutKey,
} from './signing-file.ts'

/** The keys tokens are signed and verified with. */
interface SigningKeys {
  /** Signs. */
  readonly current: SigningKey
  /** Verify beside it: retired ones, and one so new that other instances may not have read it yet. */
  readonly others: readonly SigningKey[]
}

/** The installation's own secrets, which live in a folder and never in the database. */
export interface Keyring extends DerivedSecrets {
  /** Issuer of this installation's tokens. */
  readonly issuer: string
  signingKeys(): SigningKeys
  /** Makes a new signing key and returns its id; it signs once all instances know it. Tokens of the former key stay good. */
  rotate(): string
  /** Removes a signing key: the tokens it signed are dead at the next `reload` of each instance. Throws for the only key. */
  drop(kid: string): void
  /**
   * Reads the signing keys again when another process changed them, and tells whether it had. Costs one `stat`. Throws when the file
   * is not valid any more, and goes on with what was read before. `pepper.json` is read at the start only.
   */
  reload(): boolean
}

/** Instances read the keys every 2 s: after this long all of them know a new one, and it may sign (quality-bar.md J7). */
const settlingMs = 10_000

/**
 * Opens the folder with `pepper.json` and `signing.json`, which are made at the first start. Throws `ConfigurationRefusedError` when
 * one is damaged, readable by others, or holds a key shorter than 256 bit (J2).
 */
export function openKeyFolder(folder: string, clock: Clock): Keyring {
  const paths = { pepper: join(folder, 'pepper.json'), signing: join(folder, 'signing.json') }
  preparePrivateFolder(folder)
  const pepper = openKeyFile({ file: paths.pepper, first: newPepperText, parse: parsePepper })
  const signing = openKeyFile({
    file: paths.signing,
    first: () => toSigningText(newSigningFile(clock.now())),
    parse: parseSigningText,
  })
  const change = (changed: (file: SigningFile) => SigningFile) =>
    inTurn(folder, () => {
      signing.reload()
      replacePrivateFile(paths.signing, toSigningText(changed(signing.value())))
      signing.reload()
      return signing.value()
    })
  return {
    ...deriveSecrets(pepper.value()),
    issuer: signing.value().issuer,
    signingKeys: () => chooseKeys(signing.value(), clock.now()),
    rotate: () => present(change((file) => withNewKey(file, clock.now())).keys.at(-1)).kid,
    drop(kid) {
      change((file) => withoutKey(file, kid))
    },
    reload: () => signing.reload(),
  }
}

/** Of a fresh installation no key has settled: then it is the oldest, which every instance has. */
function chooseKeys({ keys }: SigningFile, now: EpochMs): SigningKeys {
  const current = present(keys.findLast(({ createdAt }) => createdAt + settlingMs <= now) ?? keys[0])
  return { current, others: keys.filter((key) => key !== current) }
}

function present(key: SigningKey | undefined): SigningKey {
  if (key === undefined) throw new TypeError('there is no signing key')
  return key
}

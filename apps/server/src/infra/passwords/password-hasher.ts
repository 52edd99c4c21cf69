import { randomBytes } from 'node:crypto'
import { hash, parseOptions, verify } from '@node-rs/argon2'
import { type ArgonParameters, argonFloor, isWeaker } from './argon-parameters.ts'
import { type BoundedQueueParts, createBoundedQueue, type QueueStatistics } from './bounded-queue.ts'

/** quality-bar.md P2: at most 16 wait, for at most 5 s; beyond that callers are told to come back. */
const hashWaiting = { waiting: 16, waitMs: 5_000 }

/** Argon2id's number in the library, whose enum erasable syntax cannot name. */
const argon2id = 2
const saltBytes = 16
const tagBytes = 32

export interface PasswordHasherParts extends Pick<BoundedQueueParts, 'slots' | 'after'> {
  readonly parameters: ArgonParameters
  /** Default {@link hashWaiting}. */
  readonly waiting?: number
  readonly waitMs?: number
}

interface Pepper {
  /** Keyed hashing: without these bytes, kept outside the database, no guess can be tried (T6). */
  readonly secret?: Uint8Array
}

interface HasherStatistics extends QueueStatistics {
  /** Computations started since the process began, `hash` and `verify` together. */
  readonly hashes: number
}

/**
 * Hashes passwords and MPINs on libuv's threads, a few at a time; all of it goes through one bounded queue, so both methods may
 * reject with `unavailable` and a retry time. Texts are hashed as they are: normalising is the caller's.
 */
export interface PasswordHasher {
  /** Returns a PHC string with a fresh 16-byte salt. */
  hash(text: string, pepper?: Pepper): Promise<string>
  /** Tells whether the text made the hash. Costs what the hash's own parameters say. Rejects when `phc` is no Argon2 hash. */
  verify(phc: string, text: string, pepper?: Pepper): Promise<boolean>
  /** Tells whether a stored hash is weaker than what `hash` would make now. */
  needsRehash(phc: string): boolean
  /** A hash with the current parameters that no text makes: verifying against it costs what verifying a real one does (P6). */
  readonly dummy: string
  statistics(): HasherStatistics
}

/** Throws a TypeError for parameters below the floor: the configuration refuses them first, with a sentence for a person. */
export function createPasswordHasher({ parameters, slots, after, ...wait }: PasswordHasherParts): PasswordHasher {
  if (isWeaker(parameters, argonFloor)) throw new TypeError('the Argon2 parameters are below the floor')
  const queue = createBoundedQueue({ slots, ...(after && { after }), ...hashWaiting, ...wait })
  const cost = {
    algorithm: argon2id,
    memoryCost: parameters.memoryKiB,
    timeCost: parameters.passes,
    parallelism: parameters.lanes,
    outputLen: tagBytes,
  }
  let hashes = 0
  const compute = <T>(work: () => Promise<T>) =>
    queue.run(() => {
      hashes++
      return work()
    })
  return {
    hash: (text, pepper) => compute(() => hash(text, { ...cost, ...pepper })),
    verify: (phc, text, pepper) => compute(() => verify(phc, text, pepper)),
    needsRehash: (phc) => isBelow(phc, parameters),
    dummy: unmatchedHash(parameters),
    statistics: () => ({ ...queue.statistics(), hashes }),
  }
}

function isBelow(phc: string, parameters: ArgonParameters): boolean {
  const { algorithm, memoryCost, timeCost, parallelism, outputLen, saltLen } = parseOptions(phc)
  const stored = { memoryKiB: memoryCost, passes: timeCost, lanes: parallelism }
  return algorithm !== argon2id || isWeaker(stored, parameters) || outputLen < tagBytes || saltLen < saltBytes
}

/** Random salt and random tag: nobody computed it, so nothing but a guess of 256 bits fits. */
function unmatchedHash({ memoryKiB, passes, lanes }: ArgonParameters): string {
  const [salt, tag] = [saltBytes, tagBytes].map((bytes) => randomBytes(bytes).toString('base64').replaceAll('=', ''))
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${lanes}$${salt}$${tag}`
}

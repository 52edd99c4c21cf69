import type { Clock } from '@banyan/domain'
import { RedisDriver } from 'bentocache/drivers/redis'
import type { Redis } from 'ioredis'

const keysPerCommand = 500
/** More removals than this waiting for Redis become one removal of everything. */
const maxUndelivered = 10_000

export interface RedisLayerOptions {
  readonly connection: Redis
  readonly prefix: string
  readonly clock: Clock
  /** How long the level is left alone after a failed command, in milliseconds. */
  readonly pauseMs: number
}

/**
 * The second cache level. After a failure every command fails at once until the pause is over, so that a frozen server costs
 * one timeout per pause and not one per read. A removal that could not be delivered is remembered and delivered before the
 * next command: what was invalidated while Redis was away is never read back.
 */
export class RedisLayer extends RedisDriver {
  readonly #connection: Redis
  readonly #clock: Clock
  readonly #pauseMs: number
  readonly #undelivered = new Set<string>()
  #clearUndelivered = false
  #pausedUntil = 0
  #hits = 0
  #misses = 0

  constructor({ connection, prefix, clock, pauseMs }: RedisLayerOptions) {
    super({ connection, prefix })
    this.#connection = connection
    this.#clock = clock
    this.#pauseMs = pauseMs
    connection.on('ready', () => {
      this.#pausedUntil = 0
    })
  }

  /** Values found and not found since start; failed reads are neither. */
  get counters() {
    return { hits: this.#hits, misses: this.#misses }
  }

  override async get(key: string): Promise<string | undefined> {
    const value = await this.#guarded(() => super.get(key))
    if (value === undefined) this.#misses++
    else this.#hits++
    return value
  }

  override set(key: string, value: string, ttl?: number): Promise<boolean> {
    return this.#guarded(() => super.set(key, value, ttl))
  }

  override delete(key: string): Promise<boolean> {
    return this.deleteMany([key])
  }

  override deleteMany(keys: string[]): Promise<boolean> {
    for (const key of keys) this.#undelivered.add(this.getItemKey(key))
    if (this.#undelivered.size > maxUndelivered) this.#clearUndelivered = true
    return this.#guarded(async () => true)
  }

  override clear(): Promise<void> {
    this.#clearUndelivered = true
    return this.#guarded(async () => undefined)
  }

  async #guarded<T>(command: () => Promise<T>): Promise<T> {
    if (this.#clock.now() < this.#pausedUntil) throw new Error('The second cache level is paused after a failure.')
    try {
      await this.#deliverRemovals()
      return await command()
    } catch (error) {
      this.#pausedUntil = this.#clock.now() + this.#pauseMs
      throw error
    }
  }

  async #deliverRemovals(): Promise<void> {
    if (this.#clearUndelivered) {
      this.#undelivered.clear()
      await super.clear()
      this.#clearUndelivered = false
    }
    const keys = [...this.#undelivered]
    for (let i = 0; i < keys.length; i += keysPerCommand) {
      const batch = keys.slice(i, i + keysPerCommand)
      await this.#connection.unlink(...batch)
      for (const key of batch) this.#undelivered.delete(key)
    }
  }
}

import { once } from 'node:events'
import type { Clock } from '@banyan/domain'
import { createInvalidationBus, type InvalidationBus } from './invalidation-bus.ts'
import { type ConnectionLog, createRedisClient } from './redis-client.ts'
import { RedisLayer } from './redis-layer.ts'
import { createSizeProbe } from './size-probe.ts'

/** What a cache needs of Redis: the second level, the channel between instances, and a sign of life. */
export interface SharedLevel {
  readonly layer: RedisLayer
  readonly bus: InvalidationBus
  /** Returns the number of entries, null while Redis does not answer. */
  readonly size: () => Promise<number | null>
  /** Resolves when both connections stand, after 1 s in any case. */
  ready(): Promise<void>
}

const longestWaitMs = 1_000

/** Opens two connections: one for commands, one that only listens. The first closes with the layer, the second with the bus. */
export function connectSharedLevel(
  url: string,
  prefix: string,
  { clock, log, pauseMs = 2_000 }: { clock: Clock; log?: ConnectionLog; pauseMs?: number },
): SharedLevel {
  const connect = (name: string) => createRedisClient({ url, name, ...(log && { log }) })
  const publisher = connect('banyan-cache')
  const subscriber = connect('banyan-cache-bus')
  return {
    layer: new RedisLayer({ connection: publisher, prefix, clock, pauseMs }),
    bus: createInvalidationBus({ publisher, subscriber, namespace: prefix }),
    size: createSizeProbe(publisher, clock),
    async ready() {
      const connections = [publisher, subscriber].filter(({ status }) => status !== 'ready')
      const signal = AbortSignal.timeout(longestWaitMs)
      await Promise.allSettled(connections.map((connection) => once(connection, 'ready', { signal })))
    },
  }
}

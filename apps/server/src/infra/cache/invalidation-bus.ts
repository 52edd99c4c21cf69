import type { BusDriver, CacheBusMessage } from 'bentocache/types'
import type { Redis } from 'ioredis'

export interface InvalidationBusOptions {
  readonly publisher: Redis
  /** A connection of its own: one that subscribes can do nothing else. */
  readonly subscriber: Redis
  /** Name under which bentocache knows the memory level; the cache's key prefix. */
  readonly namespace: string
}

export interface InvalidationBus {
  readonly driver: BusDriver
  /** Returns whether messages of other instances arrive. */
  isListening(): boolean
}

/**
 * Returns the channel on which instances tell each other what to drop from memory.
 *
 * bentocache's own Redis bus does not serve: it subscribes once, before its connection stands, and without an offline queue
 * that is an unhandled rejection and a bus that stays deaf. This one subscribes whenever the connection becomes ready, and
 * since messages sent before that are lost, it then empties the memory level.
 */
export function createInvalidationBus({ publisher, subscriber, namespace }: InvalidationBusOptions): InvalidationBus {
  let id = ''
  let channel = ''
  let receive: ((message: CacheBusMessage) => void) | null = null
  let isListening = false
  let isClosed = false

  const heard = () => {
    isListening = true
    receive?.({ type: 'clear', keys: [], namespace })
  }
  const notHeard = () => {
    if (!isClosed) subscriber.disconnect(true) // deaf is worse than away: connect anew, which comes back here
  }
  const listen = () => {
    subscriber.subscribe(channel).then(heard, notHeard)
  }
  subscriber.on('close', () => {
    isListening = false
  })
  subscriber.on('message', (_channel: string, text: string) => {
    const message = parseMessage(text)
    if (message && message.from !== id) receive?.(message.payload)
  })

  const driver: BusDriver = {
    setId(value) {
      id = value
      return driver
    },
    onReconnect(callback) {
      publisher.on('ready', callback)
    },
    async subscribe<T>(name: string, handler: (message: T) => void) {
      channel = name
      receive = (message) => handler(message as T)
      subscriber.on('ready', listen)
      if (subscriber.status === 'ready') listen()
    },
    async unsubscribe() {
      receive = null
      subscriber.off('ready', listen)
    },
    async publish(name, payload) {
      await publisher.publish(name, JSON.stringify({ from: id, payload }))
    },
    async disconnect() {
      isClosed = true
      subscriber.disconnect()
    },
  }
  return { driver, isListening: () => isListening }
}

function parseMessage(text: string): { from: string; payload: CacheBusMessage } | null {
  try {
    const { from, payload } = JSON.parse(text)
    return typeof from === 'string' && Array.isArray(payload?.keys) ? { from, payload } : null
  } catch {
    return null // anyone may publish on a channel; what is not ours is no message
  }
}

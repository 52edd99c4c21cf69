import type { Quote } from '@banyan/domain'

export interface TickBus {
  publish(quotes: readonly Quote[]): void
  /** Returns the function that ends it; no call happens after that. */
  listen(listener: (quotes: readonly Quote[]) => void): () => void
}

/** Returns a bus whose listeners are called in the order they came; one that throws is reported and harms no other. */
export function createTickBus(onListenerError: (error: unknown) => void): TickBus {
  const listeners = new Set<{ readonly call: (quotes: readonly Quote[]) => void }>()
  return {
    publish(quotes) {
      if (quotes.length === 0) return
      for (const listener of listeners) {
        try {
          listener.call(quotes)
        } catch (error) {
          onListenerError(error)
        }
      }
    },
    listen(call) {
      const listener = { call }
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

import type { FeedPeers } from './feed-types.ts'

/**
 * Returns the peers of a page: the browser hands one lock to one tab after the other. Where it has no locks, as on a page over plain HTTP
 * from another machine, each tab acts for itself.
 */
export function createFeedPeers<T>(name: string): FeedPeers<T> {
  const tab = String(Math.random()).slice(2)
  if (!('locks' in navigator)) return alone(tab)
  const channel = new BroadcastChannel(name)
  return {
    tab,
    async lead(won, lost, signal) {
      const hold = () =>
        new Promise<void>((release) => {
          whenAborted(signal, () => {
            lost()
            release()
          })
          won()
        })
      await navigator.locks.request(name, { signal }, hold).catch(ignoreAbort)
    },
    send: (message) => channel.postMessage(message),
    onMessage(hear) {
      channel.onmessage = ({ data }: MessageEvent<T>) => hear(data)
    },
  }
}

function alone<T>(tab: string): FeedPeers<T> {
  return {
    tab,
    async lead(won, lost, signal) {
      whenAborted(signal, lost)
      won()
    },
    send: () => undefined,
    onMessage: () => undefined,
  }
}

const whenAborted = (signal: AbortSignal, act: () => void) => signal.addEventListener('abort', act, { once: true })

/** Who leaves while it still waits for the lock is told so by a rejection. */
function ignoreAbort(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
}

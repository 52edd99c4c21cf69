import type { BrokerReturn } from '../../../lib/read-broker-return.ts'

// The broker's page opens in a tab of its own, so that key and secret stay in the memory of the first. The tab that comes back hands its claim
// over here: only pages of this origin in this browser hear it.
const name = 'banyan.broker-return'
/** How long a tab that waits may take to say so. */
const answerMs = 800

interface Handed {
  readonly broker: string
  readonly returned: BrokerReturn
}

/** Calls back with what another tab brought from a broker, until the returned function is called. */
export function receiveReturns(broker: string, take: (returned: BrokerReturn) => void): () => void {
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }: MessageEvent<Handed | 'taken'>) => {
    if (data === 'taken' || data.broker !== broker) return
    channel.postMessage('taken')
    take(data.returned)
  }
  return () => channel.close()
}

/** Hands over what came back; resolves to whether a tab waited for it. */
export function handOver(handed: Handed): Promise<boolean> {
  const channel = new BroadcastChannel(name)
  return new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), answerMs)
    channel.onmessage = ({ data }: MessageEvent<Handed | 'taken'>) => {
      if (data !== 'taken') return
      clearTimeout(timer)
      resolve(true)
    }
    channel.postMessage(handed)
  }).finally(() => channel.close())
}

import type { Signal, SignalOrder } from './analysis-face.ts'
import { comparePlaces, placeOf } from './signal-order.ts'

/**
 * Returns the function that puts signals, which come in the order of their rank, into another. Each order is made once for a list: people
 * turn many pages between two closes.
 */
export function createSignalOrders() {
  let of: readonly Signal[] | null = null
  let orders = new Map<string, readonly Signal[]>()
  return (signals: readonly Signal[], order: SignalOrder | null): readonly Signal[] => {
    if (order === null) return signals
    if (of !== signals) orders = new Map()
    of = signals
    const name = `${order.by} ${order.descending}`
    const known = orders.get(name) ?? inOrder(signals, order)
    orders.set(name, known)
    return known
  }
}

function inOrder(signals: readonly Signal[], order: SignalOrder): readonly Signal[] {
  const compare = comparePlaces(order)
  return signals
    .map((signal) => ({ signal, place: placeOf(signal, order) }))
    .sort((a, b) => compare(a.place, b.place))
    .map(({ signal }) => signal)
}

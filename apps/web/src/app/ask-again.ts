import type { Query, QueryClient } from '@tanstack/react-query'

/** Asks again, at once, for all that is shown and could not be had, whatever it is. */
export async function askAgain(queries: QueryClient): Promise<void> {
  const failed = new Set(queries.getQueryCache().findAll({ type: 'active', predicate: couldNotBeHad }))
  const those = { predicate: (query: Query) => failed.has(query) }
  // What waits for its next try by itself would otherwise go on waiting.
  await queries.cancelQueries(those)
  await queries.refetchQueries(those)
}

const couldNotBeHad = ({ state }: Query): boolean =>
  state.data === undefined && (state.error ?? state.fetchFailureReason) !== null

import type { ProviderHealth } from './source-guard.ts'

/** Returns why a price is not of the first source, for people; null when it is, or when there is only one. */
export function fallbackReason(source: string, providers: readonly ProviderHealth[]): string | null {
  const [first] = providers
  if (first === undefined || first.name === source) return null
  if (first.problem !== null) return first.problem
  if (first.circuit !== 'closed') return `${first.name} failed and is left alone for a while.`
  return first.state === 'up' ? `${first.name} has no newer price.` : `${first.name} does not answer.`
}

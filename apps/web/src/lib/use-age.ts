import { useNow } from './use-now.ts'

/**
 * Returns how old a price is now, in milliseconds: its age in the answer and the time since that answer, so that an age
 * goes on growing when no answer comes. Null when the age is not known.
 */
export function useAge(ageMs: number | null, answeredAt: number): number | null {
  const now = useNow()
  return ageMs === null ? null : ageMs + Math.max(0, now - answeredAt)
}

import { useEffect, useState } from 'react'
import { pageClock } from './clock.ts'

/** Returns the wall clock in epoch milliseconds, renewed about every second; use it in small components only. */
export function useNow(): number {
  const [now, setNow] = useState(() => pageClock.now())
  useEffect(() => pageClock.every(1000, () => setNow(pageClock.now())), [])
  return now
}

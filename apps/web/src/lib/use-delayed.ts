import { useEffect, useState } from 'react'

/** Returns `value` once it has been the same for `ms`, so that fast typing asks the server once. */
export function useDelayed(value: string, ms: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}

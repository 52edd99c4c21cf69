import { useSyncExternalStore } from 'react'

// For looking at one's portfolio where others look too: rupees and units are hidden, percentages stay.
const key = 'banyan.hide-amounts'
const listeners = new Set<() => void>()
/** Holds the choice where the browser refuses storage. */
let unstored = false

/** Returns whether amounts are hidden in this browser; follows other tabs. */
export function useHiddenAmounts(): boolean {
  return useSyncExternalStore(subscribe, isHidden)
}

export function hideAmounts(hidden: boolean): void {
  unstored = false
  try {
    if (hidden) localStorage.setItem(key, 'yes')
    else localStorage.removeItem(key)
  } catch {
    unstored = hidden
  }
  for (const listener of listeners) listener()
}

function isHidden(): boolean {
  try {
    return unstored || localStorage.getItem(key) !== null
  } catch {
    return unstored // storage is blocked: this page alone remembers
  }
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed)
  addEventListener('storage', changed)
  return () => {
    listeners.delete(changed)
    removeEventListener('storage', changed)
  }
}

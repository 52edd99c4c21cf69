import { useSyncExternalStore } from 'react'

// For looking at one's portfolio where others look too: rupees and units are hidden, percentages stay.
const key = 'banyan.hide-amounts'
const listeners = new Set<() => void>()
/** Kept beside the storage, which hundreds of cells must not read at each price, and for browsers that refuse it. */
let hidden = stored() ?? false

/** Returns whether amounts are hidden in this browser; follows other tabs. */
export function useHiddenAmounts(): boolean {
  return useSyncExternalStore(subscribe, areAmountsHidden)
}

export const areAmountsHidden = (): boolean => hidden

export function hideAmounts(wanted: boolean): void {
  try {
    if (wanted) localStorage.setItem(key, 'yes')
    else localStorage.removeItem(key)
  } catch (error) {
    console.info('The browser refuses to remember whether amounts are hidden.', error)
  }
  change(wanted)
}

function change(wanted: boolean): void {
  hidden = wanted
  for (const listener of listeners) listener()
}

/** Null where storage is blocked: then this page alone remembers. */
function stored(): boolean | null {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    return null
  }
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

// Also while nothing here shows amounts: the next screen that does must not show what another tab has hidden.
addEventListener('storage', ({ key: changed }) => {
  if (changed === key || changed === null) change(stored() ?? hidden)
})

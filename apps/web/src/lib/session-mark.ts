import { ApiError } from '@banyan/client'
import { useSyncExternalStore } from 'react'

// The session is a cookie that no script can read. This mark says only that somebody signed in with this browser, so that a
// visitor's page never asks the server who it is. It opens nothing, and a wrong one is put right by the first answer.
const key = 'banyan.signed-in'
const listeners = new Set<() => void>()
/** Holds the mark where the browser refuses storage. */
let unstored = false

/** Returns whether this browser seems to be signed in; follows other tabs. */
export function useSessionMark(): boolean {
  return useSyncExternalStore(subscribe, isMarked)
}

export const markSignedIn = () => set(true)
export const markSignedOut = () => set(false)

/** Takes the mark away when a refusal says that the session is over. */
export function noteSessionEnd(error: unknown): void {
  if (isSessionEnd(error)) markSignedOut()
}

const sessionEnds = ['missing_credentials', 'invalid_token', 'token_expired', 'session_revoked', 'wrong_token_kind']

/** Tells whether a refusal means that nobody is signed in, and not that a password or code was wrong. */
export function isSessionEnd(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401 && sessionEnds.includes(error.code)
}

function isMarked(): boolean {
  try {
    return unstored || localStorage.getItem(key) !== null
  } catch {
    return unstored // storage is blocked: this page alone remembers
  }
}

function set(marked: boolean): void {
  if (isMarked() === marked) return
  unstored = false
  try {
    if (marked) localStorage.setItem(key, 'yes')
    else localStorage.removeItem(key)
  } catch {
    unstored = marked
  }
  for (const listener of listeners) listener()
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed)
  addEventListener('storage', changed)
  return () => {
    listeners.delete(changed)
    removeEventListener('storage', changed)
  }
}

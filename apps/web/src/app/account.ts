import type { BanyanClient } from '@banyan/client'
import { infiniteQueryOptions, type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { patient } from '../lib/retry.ts'
import { markSignedIn, markSignedOut, noteSessionEnd } from '../lib/session-mark.ts'

export type Account = ReturnType<typeof createAccount>

/** Returns the client and the questions about the account of whoever is signed in; each notices when that is nobody any more. */
export function createAccount(client: BanyanClient) {
  const own = <T>(part: string, ask: Ask<T>) => accountQuery([part], ask)
  return {
    client,
    me: own('me', async (options) => {
      const me = await client.me(options)
      markSignedIn()
      return me
    }),
    factors: own('factors', client.factors.list),
    sessions: own('sessions', client.sessions.list),
    keys: own('keys', client.keys.list),
    applications: own('applications', client.applications.list),
    audit: infiniteQueryOptions({
      queryKey: ['account', 'audit'],
      queryFn: ({ signal, pageParam }) =>
        noticing(client.audit({ signal, limit: 20, ...(pageParam === null ? {} : { before: pageParam }) })),
      initialPageParam: null as number | null,
      getNextPageParam: ({ next_before }) => next_before,
      ...patient,
    }),
  }
}

type Ask<T> = (options: { readonly signal: AbortSignal }) => Promise<T>

/** Returns a question about the account that goes with the sign-out, and notices when nobody is signed in any more. */
export const accountQuery = <T>(key: readonly unknown[], ask: Ask<T>) =>
  queryOptions({ queryKey: ['account', ...key], queryFn: ({ signal }) => noticing(ask({ signal })), ...patient })

/** Passes an answer on, and notices a refusal that says the session is over. */
export async function noticing<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    noteSessionEnd(error)
    throw error
  }
}

const AccountContext = createContext<Account | null>(null)

export const AccountProvider = AccountContext.Provider

export function useAccount(): Account {
  const account = useContext(AccountContext)
  if (!account) throw new Error('AccountProvider is missing above this component.')
  return account
}

/** Returns a function that asks again for the named parts of the account, and for its trail, where every change stands. */
export function useRefresh(): (...parts: ('me' | 'factors' | 'sessions' | 'keys' | 'applications')[]) => void {
  const queries = useQueryClient()
  return (...parts) => {
    for (const part of [...parts, 'audit']) void queries.invalidateQueries({ queryKey: ['account', part] })
  }
}

/** Shows the account of whoever just signed in, and nothing of anybody before. */
export function enterAccount(queries: QueryClient): void {
  markSignedIn()
  void queries.resetQueries({ queryKey: ['account'] })
}

/** Forgets everything that was asked about the account. */
export function leaveAccount(queries: QueryClient): void {
  markSignedOut()
  queries.removeQueries({ queryKey: ['account'] })
}

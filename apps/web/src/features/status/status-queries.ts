import { queryOptions } from '@tanstack/react-query'
import { useAccount } from '../../app/account.ts'
import { patient } from '../../lib/retry.ts'

/** How often each is asked while the page is visible, in milliseconds. */
export const statusPollMs = { health: 4_000, sessions: 15_000 } as const

/** Returns the questions about the server itself, which anybody may ask. */
export function useStatusQueries() {
  const { client } = useAccount()
  return {
    health: queryOptions({
      queryKey: ['health'],
      queryFn: ({ signal }) => client.health({ signal }),
      staleTime: statusPollMs.health,
      ...patient,
    }),
    /** The server's own sessions at the brokers that feed prices. */
    sessions: queryOptions({
      queryKey: ['source-sessions'],
      queryFn: async ({ signal }) => {
        const [zerodha, icici] = await Promise.all([client.zerodhaStatus({ signal }), client.iciciStatus({ signal })])
        return { zerodha, icici }
      },
      staleTime: statusPollMs.sessions,
      ...patient,
    }),
  }
}

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { enterAccount } from '../../app/account.ts'

/** Returns what follows a sign-in: `path` of this app is opened as whoever came in. */
export function useEntered(path: string): () => void {
  const queries = useQueryClient()
  const { history } = useRouter()
  return () => {
    enterAccount(queries)
    history.replace(path)
  }
}

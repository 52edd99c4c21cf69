import { UpstreamError } from '../outcome.ts'
import type { IciciSession } from './icici-session.ts'
import type { iciciOperations } from './operations.ts'

/** Returns the session of the server, which may end or be replaced at any time; null while nobody is signed in. */
export type SessionNow = () => IciciSession | null

/** Returns the session there is. Throws `auth_required` when there is none. */
export function sessionOf(session: SessionNow, operation: keyof typeof iciciOperations): IciciSession {
  const open = session()
  if (open === null) throw new UpstreamError('auth_required', { provider: 'icici', operation })
  return open
}

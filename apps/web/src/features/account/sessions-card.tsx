import type { Session } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useAccount, useRefresh } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { useSignOut } from '../../app/person-corner.tsx'
import { AccountCard, AccountRow } from '../../components/account-card.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Form } from '../../components/form.tsx'
import { deviceName } from '../../lib/device-name.ts'
import { readableMinute } from '../../lib/ist.ts'
import { surfaceName } from '../../lib/surface-name.ts'

/** Where the account is signed in. */
export function SessionsCard() {
  const { client, sessions } = useAccount()
  const refresh = useRefresh()
  const query = useQuery(sessions)
  const endOthers = async () => {
    await client.sessions.revokeOthers()
    refresh('sessions')
  }
  return (
    <AccountCard
      id="sessions"
      title="Sessions"
      lead="Where this account is signed in. A session that is ended stops at once."
    >
      <Loaded query={query} label="Sessions are loading" rows={2}>
        {({ sessions: list }) => (
          <>
            <ul>
              {list.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </ul>
            <div className="flex flex-wrap gap-2">
              {list.length > 1 ? (
                <Form label="End all other sessions" submit="End all others" kind="danger" send={endOthers} />
              ) : null}
              <Disclosure label="Sign out everywhere" kind="danger">
                {() => <SignOutEverywhere />}
              </Disclosure>
            </div>
          </>
        )}
      </Loaded>
    </AccountCard>
  )
}

/** The others first: were they to fail, this one is still there to try again. */
function SignOutEverywhere() {
  const { client } = useAccount()
  const signOut = useSignOut()
  const send = async () => {
    await client.sessions.revokeOthers()
    await signOut()
  }
  return (
    <Form label="Sign out everywhere" submit="Sign out everywhere" kind="danger" send={send}>
      <p className="text-sm">Every session ends at once, this one too. API keys go on.</p>
    </Form>
  )
}

function SessionRow({ session }: { readonly session: Session }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const name = deviceName(session.user_agent)
  const end = async () => {
    await client.sessions.revoke(session.id)
    refresh('sessions')
  }
  const facts = [
    `${session.ip}, ${surfaceName(session.surface)}`,
    `Since ${readableMinute(session.created_at)}, last seen ${readableMinute(session.last_seen_at)}`,
    `Ends ${readableMinute(session.expires_at)} at the latest`,
  ]
  return (
    <AccountRow title={name} facts={facts}>
      {session.current ? (
        <span className="rounded-full bg-up-soft px-2 py-0.5 text-xs font-medium">This one</span>
      ) : (
        <Form label={`End the session of ${name}, ${session.ip}`} submit="End" kind="quiet" send={end} />
      )}
    </AccountRow>
  )
}

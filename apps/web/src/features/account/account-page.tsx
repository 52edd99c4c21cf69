import type { MeReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useAccount } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { useSignOut } from '../../app/person-corner.tsx'
import { Form } from '../../components/form.tsx'
import { isSessionEnd, useSessionMark } from '../../lib/session-mark.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { AuthenticatorCard } from './authenticator-card.tsx'
import { CodesCard } from './codes-card.tsx'
import { DevicesCard } from './devices-card.tsx'
import { InvitationsCard } from './invitations-card.tsx'
import { LeavingCard } from './leaving-card.tsx'
import { MpinCard } from './mpin-card.tsx'
import { PasskeysCard } from './passkeys-card.tsx'
import { PasswordCard } from './password-card.tsx'
import { ProfileCard } from './profile-card.tsx'
import { ProgramsCard } from './programs-card.tsx'
import { SessionsCard } from './sessions-card.tsx'
import { SsoCard } from './sso-card.tsx'
import { TrailCard } from './trail-card.tsx'

/** Everything about the account of whoever is signed in; anybody else is led to the sign-in and back. */
export function AccountPage() {
  usePageTitle('Account')
  const { me } = useAccount()
  const query = useQuery(me)
  const marked = useSessionMark()
  if (isSessionEnd(query.error) || (query.data && !marked))
    return <Navigate to="/sign-in" search={{ to: '/account' }} />
  return (
    <Loaded query={query} label="Your account is loading" rows={6}>
      {(data) => <AccountOf me={data} />}
    </Loaded>
  )
}

function AccountOf({ me }: { readonly me: MeReply }) {
  const signOut = useSignOut()
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-3">
      <header className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-tight">Account</h1>
          <p className="break-words text-sm text-muted">{me.email}</p>
        </div>
        <Form label="Sign out" submit="Sign out" kind="quiet" send={signOut} />
      </header>
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-3">
          <ProfileCard me={me} />
          <PasswordCard me={me} />
          <AuthenticatorCard me={me} />
          <PasskeysCard />
          <CodesCard me={me} />
          <MpinCard />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <SessionsCard />
          <DevicesCard />
          <SsoCard />
          <ProgramsCard />
          {me.role === 'owner' ? <InvitationsCard /> : null}
          <TrailCard />
        </div>
        <div className="lg:col-span-2">
          <LeavingCard me={me} />
        </div>
      </div>
    </div>
  )
}

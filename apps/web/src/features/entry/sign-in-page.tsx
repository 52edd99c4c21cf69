import type { SecondFactor } from '@banyan/client'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { returnPath } from '../../lib/return-path.ts'
import { EntryCard, entryLink } from './entry-card.tsx'
import { PasswordStep } from './password-step.tsx'
import { SecondStep } from './second-step.tsx'
import { useEntered } from './use-entered.ts'

const route = getRouteApi('/sign-in')

/** E-mail address and password, or a passkey; then the second factor where the account has one. */
export function SignInPage() {
  const { to } = route.useSearch()
  const entered = useEntered(returnPath(to))
  const [needed, setNeeded] = useState<SecondFactor | null>(null)
  const [over, setOver] = useState<string | null>(null)
  if (needed !== null)
    return (
      <SecondStep
        needed={needed}
        onEntered={entered}
        onOver={(reason) => {
          setOver(reason)
          setNeeded(null)
        }}
      />
    )
  return (
    <EntryCard title="Sign in">
      {over === null ? null : (
        <p role="alert" className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
          {over}
        </p>
      )}
      <PasswordStep onEntered={entered} onNeeded={setNeeded} />
      <p className="text-sm text-muted">
        No account yet?{' '}
        <Link to="/register" className={entryLink}>
          Make one
        </Link>{' '}
        if this server takes new people.
      </p>
    </EntryCard>
  )
}

import type { NewApplicationReply, NewKeyReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccount } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { SignedIn } from '../../app/signed-in.tsx'
import { useSessionMark } from '../../lib/session-mark.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { ApplicationsCard } from './applications-card.tsx'
import { DocumentationCard } from './documentation-card.tsx'
import { KeysCard } from './keys-card.tsx'
import { placeholders } from './snippets/snippet.ts'
import { SnippetsCard, type ValuesOf } from './snippets-card.tsx'

/** What was just made and is on the screen: the only secrets the page has. */
interface Made {
  readonly key: NewKeyReply | null
  readonly application: NewApplicationReply | null
}

const nothing: Made = { key: null, application: null }

/** How programs get in, and how they call. Who is not signed in sees the second. */
export function DevelopersPage() {
  usePageTitle('Developers')
  const marked = useSessionMark()
  const [made, setMade] = useState<Made>(nothing)
  // What one person made is nothing for the next one at this browser.
  if (!marked && made !== nothing) setMade(nothing)
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-3">
      <header>
        <h1 className="text-xl font-semibold tracking-tight">Developers</h1>
        <p className="text-sm text-muted">Keys for your programs, and how they call this server.</p>
      </header>
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-3">
          <SignedIn what="your list of API keys and applications" isPart>
            <Programs made={made} onMade={(part) => setMade((before) => ({ ...before, ...part }))} />
          </SignedIn>
          <DocumentationCard />
        </div>
        <div className="min-w-0">
          <SnippetsCard valuesOf={valuesBeside(made)} />
        </div>
      </div>
    </div>
  )
}

interface ProgramsProps {
  readonly made: Made
  readonly onMade: (part: Partial<Made>) => void
}

function Programs({ made, onMade }: ProgramsProps) {
  const { me } = useAccount()
  const query = useQuery(me)
  return (
    <Loaded query={query} label="Your account is loading" rows={4}>
      {({ role }) => (
        <>
          <KeysCard made={made.key} onMade={(key) => onMade({ key })} mayMake={role !== 'read-only'} />
          <ApplicationsCard
            made={made.application}
            onMade={(application) => onMade({ application })}
            mayMake={role !== 'read-only'}
          />
        </>
      )}
    </Loaded>
  )
}

function valuesBeside({ key, application }: Made): ValuesOf {
  return ({ scope }) => ({
    ...placeholders,
    origin: location.origin,
    ...(key !== null && scope !== null && key.scopes.includes(scope) ? { apiKey: key.key } : {}),
    ...(application === null
      ? {}
      : {
          consumerKey: application.consumer_key,
          consumerSecret: application.consumer_secret,
          accessToken: application.access_token,
        }),
  })
}

import type { Health } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { buttonLook } from '../../components/button.tsx'
import { Waiting } from '../../components/waiting.tsx'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { runningMode } from './running-mode.ts'
import { RunningNow } from './running-now.tsx'
import { ConnectChoice, DelayedChoice, LiveChoice, ReplayChoice } from './source-choices.tsx'
import { useStatusQueries } from './status-queries.ts'

const route = getRouteApi('/sources')

/** What the server shows now, and what it takes to have it show something else. The last step of a first start, and there afterwards. */
export function ChooseSourcePage() {
  const { first } = route.useSearch()
  usePageTitle('Where prices come from')
  const { health } = useStatusQueries()
  const { data, failureReason } = useQuery(health)
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-col gap-3">
      <header>
        {first === undefined ? null : (
          <p role="status" className="text-sm font-medium text-up">
            This server is yours now. One thing is left: what it shows.
          </p>
        )}
        <h1 className="text-xl font-semibold tracking-tight">Where prices come from</h1>
      </header>
      {data === undefined ? (
        <Waiting
          label="What runs now is loading"
          rows={8}
          failure="What runs now is not known"
          problem={failureReason}
        />
      ) : (
        <Choices health={data} />
      )}
      <HowToSet />
      {first === undefined ? null : <Next />}
    </div>
  )
}

function Choices({ health }: { readonly health: Health }) {
  const mode = runningMode(health)
  return (
    <>
      <RunningNow health={health} />
      <div className="grid items-start gap-3 md:grid-cols-2">
        <ReplayChoice mode={mode} />
        <ConnectChoice mode={mode} />
        <DelayedChoice mode={mode} />
        <LiveChoice mode={mode} />
      </div>
    </>
  )
}

/** No page changes these settings: whoever gets into an account must not get the server’s keys with it. */
function HowToSet() {
  return (
    <p className="text-sm text-muted">
      Settings are read when the server starts: put them into a file <code>.env</code> in the folder you start it from,
      or into its environment, then stop it (Ctrl C) and run <code>npm start</code> again. Accounts, portfolios and the
      journal stay. No page can change them, and none shows them. All of them are in{' '}
      <code>docs/reference/configuration.md</code>.
    </p>
  )
}

function Next() {
  return (
    <p className="flex flex-wrap gap-2 border-t border-line pt-3">
      <Link to="/" search={{}} className={buttonLook.primary}>
        See the market
      </Link>
      <Link to="/account" className={buttonLook.quiet}>
        Protect your account with an authenticator
      </Link>
    </p>
  )
}

import type { BrokerFailure, BrokerLine } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccount } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { buttonLook } from '../../components/button.tsx'
import { Form } from '../../components/form.tsx'
import { Section } from '../../components/section.tsx'
import { remedyOf, withRemedy } from '../../lib/broker-remedy.ts'
import { readableMinute } from '../../lib/ist.ts'
import { usePortfolioQueries, useRefreshPortfolio } from './portfolio-queries.ts'

/** How things stand at each broker, and what can be done about it. */
export function BrokersCard() {
  const { brokers } = usePortfolioQueries()
  const query = useQuery(brokers)
  return (
    <Section id="brokers" title="Brokers">
      <Loaded query={query} label="Brokers are loading" rows={4}>
        {(reply) => (
          <ul>
            {reply.brokers.map((line) => (
              <Line key={`${line.broker} ${line.broker_account}`} line={line} />
            ))}
          </ul>
        )}
      </Loaded>
      <p className="mt-3 border-t border-line pt-2 text-xs text-muted">
        Keys, secrets and codes are never stored. A session you keep lives in the server’s memory until the broker ends
        it, you do, or the server stops.
      </p>
    </Section>
  )
}

const states = {
  connected: { sign: '●', word: 'Connected', colour: 'text-up' },
  signed_out: { sign: '○', word: 'Signed out', colour: 'text-muted' },
  not_available: { sign: '–', word: 'Not available', colour: 'text-muted' },
} as const

function Line({ line }: { readonly line: BrokerLine }) {
  const { sign, word, colour } = states[line.state]
  return (
    <li
      data-broker={line.broker}
      className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line py-2.5 first:border-t-0 first:pt-0"
    >
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium">
          {line.name} {line.broker_account}
          <span className="ml-2 whitespace-nowrap text-xs font-normal">
            <span aria-hidden="true" className={colour}>
              {sign}
            </span>{' '}
            {word}
          </span>
        </p>
        {factsOf(line).map((fact) => (
          <p key={fact} className="text-xs text-muted">
            {fact}
          </p>
        ))}
        {line.last_failure === null ? null : <LastFailure failure={line.last_failure} />}
      </div>
      {line.state === 'not_available' ? null : <Actions line={line} />}
    </li>
  )
}

/** Stands until a sync is good, also after the page was loaded anew. */
function LastFailure({ failure: { at, code, message } }: { readonly failure: BrokerFailure }) {
  return (
    <p data-last-failure={code} className="text-xs text-warn">
      <span aria-hidden="true">✕ </span>
      The last try failed, {readableMinute(at)}. {[message, remedyOf(code)].filter(Boolean).join(' ')}
    </p>
  )
}

function factsOf(line: BrokerLine): readonly string[] {
  if (line.state === 'not_available') return line.reason === null ? [] : [line.reason]
  return [
    line.last_success === null ? 'Never synced' : `Last sync ${readableMinute(line.last_success)}`,
    ...(line.expires_at === null ? [] : [`Session until ${readableMinute(line.expires_at)}`]),
    ...(line.budget_left === null ? [] : [`${line.budget_left.toLocaleString('en-IN')} calls left today for this key`]),
  ]
}

function Actions({ line }: { readonly line: BrokerLine }) {
  const { client } = useAccount()
  const refresh = useRefreshPortfolio()
  const [synced, setSynced] = useState<string | null>(null)
  const account = line.broker_account === null ? {} : { account: line.broker_account }
  const label = `${line.name} ${line.broker_account ?? ''}`.trim()
  const sync = async () => {
    try {
      setSynced(null)
      const reply = await client.brokers.sync(line.broker, account)
      setSynced([`Synced: ${reply.holdings_count} holdings.`, ...reply.warnings].join(' '))
    } catch (error) {
      throw withRemedy(error)
    } finally {
      refresh()
    }
  }
  const leave = async () => {
    await client.brokers.disconnect(line.broker, account)
    refresh()
  }
  if (line.state !== 'connected')
    return (
      <Link to="/portfolio/connect/$broker" params={{ broker: line.broker }} className={buttonLook.quiet}>
        {line.last_success === null ? 'Connect' : 'Sign in again'}
        <span className="sr-only"> {label}</span>
      </Link>
    )
  return (
    <>
      {/* Both beside the words or both below them. */}
      <div className="flex flex-wrap items-start gap-2">
        <Form label={`Sync ${label}`} submit="Sync now" send={sync} />
        <Form label={`Sign out of ${label}`} submit="Sign out" kind="quiet" send={leave} />
      </div>
      {synced === null ? null : (
        <p role="status" className="basis-full text-xs text-muted">
          {synced}
        </p>
      )}
    </>
  )
}

import type { Health } from '@banyan/client'
import { Link } from '@tanstack/react-router'
import { Section } from '../../components/section.tsx'
import { readableDate } from '../../lib/ist.ts'
import { sourceName } from '../../lib/source-names.ts'
import { type RunningMode, runningMode } from './running-mode.ts'

const titles: Readonly<Record<RunningMode, string>> = {
  replay: 'A replay',
  live: 'A live market',
  delayed: 'A market with delayed prices',
  end_of_day: 'A market at its last close',
  nothing: 'A market without a source of prices',
}

/** What the server shows as it was started. */
export function RunningNow({ health }: { readonly health: Pick<Health, 'market' | 'providers'> }) {
  const mode = runningMode(health)
  return (
    <Section id="running-now" title="What runs now" aside={<StatusLink />}>
      <p data-mode={mode} className="text-lg font-semibold tracking-tight">
        {titles[mode]}
        {health.market.recorded_date === null ? null : ` of ${readableDate(health.market.recorded_date)}`}
      </p>
      <p className="text-sm text-muted">{sentenceOf(mode, health.providers)}</p>
    </Section>
  )
}

function StatusLink() {
  return (
    <Link to="/status" className="text-sm underline underline-offset-2">
      Does it work?
    </Link>
  )
}

function sentenceOf(mode: RunningMode, providers: Health['providers']): string {
  if (mode === 'replay')
    return 'A recorded day is played as if it were now. No price is of today, and every one says so.'
  if (mode === 'nothing') return 'No price is known but those that come in by files.'
  const names = providers.filter(({ state }) => state !== 'disabled').map(({ name }) => sourceName(name))
  return `Prices come from ${names.join(', then ')}: whichever of them answers first in this order.`
}

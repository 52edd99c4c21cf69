import type { Health } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { pollMs, useMarketQueries } from '../../app/market-queries.ts'
import { Section } from '../../components/section.tsx'
import { Stat } from '../../components/stat.tsx'
import { ago } from '../../lib/ago.ts'
import { istTime } from '../../lib/ist.ts'
import { useNow } from '../../lib/use-now.ts'
import type { FeedWatch } from './feed-watch.ts'
import { type StateLook, StateMark } from './state-mark.tsx'

interface FeedCardProps {
  readonly watch: FeedWatch
  /** What the server hears and tells. */
  readonly feed: Health['feed']
}

/** How prices reach this very page. */
export function FeedCard({ watch, feed }: FeedCardProps) {
  const { connectedSince, lastEventAt, problem, reconnects, prices } = watch
  return (
    <Section id="feed" title="Prices in this browser" aside={<StateMark look={lookOf(watch)} />}>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3">
        <Stat label="Connected since" note="on this device’s clock">
          {connectedSince === null ? 'Not connected' : `${istTime(connectedSince)} IST`}
        </Stat>
        <Stat
          label="Last heard from the server"
          note={`${prices.toLocaleString('en-IN')} ${prices === 1 ? 'price' : 'prices'} on this page so far`}
        >
          {lastEventAt === null ? 'None yet' : <Since at={lastEventAt} />}
        </Stat>
        <Stat label="Reconnected" note="since this page was opened">
          {reconnects === 1 ? 'Once' : `${reconnects} times`}
        </Stat>
        <LastAnswer />
      </dl>
      {problem === null ? null : (
        <p className="mt-2 text-xs text-warn">
          {problem} {watch.isOver ? 'Open this page again to try once more.' : 'The page goes on trying.'}
        </p>
      )}
      <p className="mt-3 border-t border-line pt-2 text-xs text-muted">
        The server hears {feed.ticks_per_second.toLocaleString('en-IN')} prices a second and streams to {feed.clients}{' '}
        {feed.clients === 1 ? 'browser or program' : 'browsers and programs'}
        {feed.clients > 0 ? ', this one among them' : ''}.
      </p>
    </Section>
  )
}

function lookOf({ connectedSince, problem }: FeedWatch): StateLook {
  if (connectedSince !== null) return { sign: '●', colour: 'text-up', word: 'Streaming' }
  if (problem !== null) return { sign: '✕', colour: 'text-warn', word: 'No stream' }
  return { sign: '○', colour: 'text-muted', word: 'Connecting' }
}

/** Besides the stream the page asks: indices, sectors and movers come that way. */
function LastAnswer() {
  const { snapshot } = useMarketQueries()
  const { dataUpdatedAt } = useQuery(snapshot)
  return (
    <Stat label="Last answer when asked" note={`asked every ${pollMs.snapshot / 1_000} s while you look`}>
      {dataUpdatedAt === 0 ? 'None yet' : <Since at={dataUpdatedAt} />}
    </Stat>
  )
}

function Since({ at }: { readonly at: number }) {
  return ago(Math.max(0, useNow() - at))
}

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { streamedPollMs, useStreamedPollMs } from '../../app/quote-feed.ts'
import { sentenceOf } from '../../lib/problem.ts'
import { moveBetweenRows } from '../../lib/row-keys.ts'
import { StreamLine } from '../market/stream-line.tsx'
import { useHeardPrices } from './heard-prices.ts'
import { WatchedChange, WatchedPrice } from './watched-price.tsx'
import { useWatchlists } from './watchlist-queries.ts'

interface WatchlistTableProps {
  readonly instruments: readonly string[]
  readonly onRemove: (instrument: string) => Promise<void>
}

/** Instruments with their prices, which follow the stream; each leads to its page and can be taken off. */
export function WatchlistTable({ instruments, onRemove }: WatchlistTableProps) {
  const { prices } = useWatchlists()
  const { data, error, failureReason } = useQuery({ ...prices(instruments), refetchInterval: useStreamedPollMs() })
  const heard = useHeardPrices(instruments)
  const [refusal, setRefusal] = useState<string | null>(null)
  const problem = error ?? failureReason
  const remove = async (instrument: string) => {
    try {
      await onRemove(instrument)
      setRefusal(null)
    } catch (cause) {
      setRefusal(sentenceOf(cause))
    }
  }
  return (
    <>
      {problem === null ? null : (
        <p role="status" className="mb-2 text-xs font-medium text-warn">
          Prices not up to date: {problem.message}
        </p>
      )}
      {refusal === null ? null : (
        <p role="alert" className="mb-2 text-sm text-warn">
          {refusal}
        </p>
      )}
      <table className="w-full table-fixed text-sm" onKeyDown={moveBetweenRows}>
        <colgroup>
          <col />
          <col className="w-24" />
          <col className="w-22" />
          <col className="w-8" />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">Instrument</th>
            <th scope="col">Last price, rupees</th>
            <th scope="col">Change</th>
            <th scope="col">Take off</th>
          </tr>
        </thead>
        <tbody>
          {instruments.map((instrument) => {
            const watched = { instrument, told: data?.quotes[instrument], heard }
            return (
              <tr key={instrument} data-watched={instrument} className="border-t border-line first:border-t-0">
                <th scope="row" className="py-1 text-left font-normal">
                  <Link
                    to="/instrument/$instrument"
                    params={{ instrument }}
                    data-row-key=""
                    className="rounded font-medium underline-offset-2 hover:underline"
                  >
                    {instrument.slice(instrument.indexOf(':') + 1)}
                  </Link>
                </th>
                <td className="py-1 text-right">
                  <WatchedPrice watched={watched} isMissing={data?.missing.includes(instrument) ?? false} />
                </td>
                <td className="px-2 py-1 text-right">
                  <WatchedChange watched={watched} />
                </td>
                <td className="py-1 text-right">
                  <button
                    type="button"
                    aria-label={`Take ${instrument} off the watchlist`}
                    onClick={() => void remove(instrument)}
                    className="size-7 rounded-md text-muted hover:bg-raised hover:text-ink"
                  >
                    ✕
                  </button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <div className="mt-2">
        <StreamLine instead={`Prices are asked for every ${streamedPollMs.alone / 1_000} seconds instead.`} />
      </div>
    </>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Change } from '../../components/change.tsx'
import { Price } from '../../components/price.tsx'
import { sentenceOf } from '../../lib/problem.ts'
import { moveBetweenRows } from '../../lib/row-keys.ts'
import { useWatchlists } from './watchlist-queries.ts'

interface WatchlistTableProps {
  readonly instruments: readonly string[]
  readonly onRemove: (instrument: string) => Promise<void>
}

/** Instruments with their prices; each leads to its page and can be taken off. */
export function WatchlistTable({ instruments, onRemove }: WatchlistTableProps) {
  const { prices } = useWatchlists()
  const { data, dataUpdatedAt, error, failureReason } = useQuery(prices(instruments))
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
      <table className="w-full text-sm" onKeyDown={moveBetweenRows}>
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
            const quote = data?.quotes[instrument]
            return (
              <tr key={instrument} className="border-t border-line first:border-t-0">
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
                  {quote ? (
                    <Price title={instrument} value={quote.last_price} provenance={quote} answeredAt={dataUpdatedAt} />
                  ) : (
                    <span className="text-muted">{data?.missing.includes(instrument) ? 'Not on any list' : '…'}</span>
                  )}
                </td>
                <td className="px-2 py-1 text-right">
                  {quote && quote.last_price !== null ? <Change percent={quote.change_percent} /> : null}
                </td>
                <td className="w-8 py-1 text-right">
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
    </>
  )
}

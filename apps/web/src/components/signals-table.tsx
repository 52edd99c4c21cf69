import type { SignalsReply } from '@banyan/client'
import { Link } from '@tanstack/react-router'
import { moveBetweenRows } from '../lib/row-keys.ts'
import { completedOn, intervalOfSignal } from '../lib/signal-words.ts'
import { DirectionMark } from './direction-mark.tsx'
import { EdgeLine } from './edge-line.tsx'

type Signal = SignalsReply['signals'][number]

interface SignalsTableProps {
  readonly signals: readonly Signal[]
}

/** Signals; each leads to the chart where its pattern is drawn. */
export function SignalsTable({ signals }: SignalsTableProps) {
  return (
    <table className="w-full text-sm" onKeyDown={moveBetweenRows}>
      <thead className="text-xs text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-1 text-left font-medium">
            Instrument
          </th>
          <th scope="col" className="py-1 pl-2 text-left font-medium">
            Pattern, and what was measured of it
          </th>
        </tr>
      </thead>
      <tbody>
        {signals.map((signal) => (
          <SignalRow
            key={`${signal.instrument} ${signal.timeframe} ${signal.pattern_id} ${signal.direction}`}
            signal={signal}
          />
        ))}
      </tbody>
    </table>
  )
}

function SignalRow({ signal }: { readonly signal: Signal }) {
  const { symbol, instrument, pattern, pattern_id: id, direction, timeframe } = signal
  return (
    <tr data-signal={id} className="relative border-t border-line align-top first:border-t-0 hover:bg-raised">
      <th scope="row" className="w-28 py-1.5 text-left font-normal">
        <Link
          to="/instrument/$instrument"
          params={{ instrument }}
          search={{ int: intervalOfSignal[timeframe], show: `${id}.${direction}` }}
          data-row-key=""
          className="font-medium break-all after:absolute after:inset-0 after:rounded-md focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus"
        >
          {symbol}
        </Link>
      </th>
      <td className="py-1.5 pl-2">
        <DirectionMark direction={direction} /> <span className="font-medium">{pattern}</span>{' '}
        <span className="text-2xs text-muted">
          {timeframe} · {completedOn(signal)}
        </span>
        <span className="block text-xs">
          <EdgeLine record={signal} />
        </span>
      </td>
    </tr>
  )
}

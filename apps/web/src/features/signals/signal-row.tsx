import type { SignalsReply } from '@banyan/client'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { DirectionMark } from '../../components/direction-mark.tsx'
import { caseWords, verdictWords } from '../../lib/edge-words.ts'
import { completedOn, intervalOfSignal } from '../../lib/signal-words.ts'

const counts = new Intl.NumberFormat('en-IN')
const rate = (percent: number | null) => (percent === null ? '–' : percent.toFixed(1))

interface SignalRowProps {
  /** From 0. */
  readonly row: number
  readonly signal: SignalsReply['signals'][number]
  /** Whether it is the row the Tab key stops at. */
  readonly isStop: boolean
  readonly onFocusRow: (row: number) => void
}

/** One signal of the table, two lines high, three on a phone; it leads to the chart where its pattern is drawn. */
export const SignalRow = memo(function SignalRow({ row, signal, isStop, onFocusRow }: SignalRowProps) {
  const { symbol, instrument, pattern, pattern_id: id, direction, timeframe, verdict, interval } = signal
  return (
    <tr
      data-row={row}
      data-signal={id}
      aria-rowindex={row + 2}
      className="relative h-16 border-b border-line hover:bg-raised sm:h-12"
    >
      <th scope="row" className="truncate text-left font-normal">
        <Link
          to="/instrument/$instrument"
          params={{ instrument }}
          search={{ int: intervalOfSignal[timeframe], show: `${id}.${direction}` }}
          tabIndex={isStop ? 0 : -1}
          onFocus={() => onFocusRow(row)}
          data-row-key=""
          className="font-medium after:absolute after:inset-0 after:rounded-md focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
        >
          {symbol}
        </Link>
        <span className="block text-2xs text-muted">{instrument.slice(0, instrument.indexOf(':'))}</span>
      </th>
      <td className="truncate pl-2">
        <span className="lg:hidden">
          <DirectionMark direction={direction} />{' '}
        </span>
        <span className="font-medium">{pattern}</span>
        <span className={`block truncate text-2xs ${verdict === 'edge' ? 'font-semibold' : 'text-muted'}`}>
          {verdictWords[verdict]}
          <span className="font-normal text-muted max-xl:hidden">, {caseWords(signal)}</span>
        </span>
        <span className="block truncate text-2xs text-muted sm:hidden">
          {timeframe} · {completedOn(signal)}
        </span>
      </td>
      <td className="truncate max-lg:hidden">
        <DirectionMark direction={direction} />{' '}
        <span aria-hidden="true">{direction === 'bullish' ? 'up' : 'down'}</span>
      </td>
      <td className="truncate max-sm:hidden">
        {completedOn(signal)}
        <span className="block text-2xs text-muted">{timeframe}</span>
      </td>
      <td className="truncate px-2 text-right">
        <span className={verdict === 'edge' ? 'font-semibold' : ''}>{rate(signal.confidence)}</span>
        <span className="block text-2xs text-muted">usual {rate(signal.base_rate)}</span>
      </td>
      <td className="truncate px-2 text-right max-md:hidden">
        {interval === null ? '–' : interval.map(rate).join(' to ')}
      </td>
      <td className="truncate px-2 text-right max-lg:hidden">{counts.format(signal.n)}</td>
    </tr>
  )
})

/** The room of a signal that has not come yet. */
export function WaitingRow({ row, onFocusRow }: Pick<SignalRowProps, 'row' | 'onFocusRow'>) {
  return (
    <tr data-row={row} data-waiting="" aria-rowindex={row + 2} className="h-16 border-b border-line sm:h-12">
      <td tabIndex={-1} onFocus={() => onFocusRow(row)} data-row-key="" className="text-xs text-muted">
        Loading…
      </td>
    </tr>
  )
}

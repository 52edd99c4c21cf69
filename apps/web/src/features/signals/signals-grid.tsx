import type { SignalsReply } from '@banyan/client'
import { useEffect } from 'react'
import { SortHead } from '../../components/sort-head.tsx'
import type { SignalsSearch } from '../../lib/signals-search.ts'
import { orderAfter, signalColumns, wayOf } from './signal-columns.ts'
import { SignalRow, WaitingRow } from './signal-row.tsx'
import { useRowWindow } from './use-row-window.ts'

interface SignalsGridProps {
  /** Those that have come, from the first on. */
  readonly signals: SignalsReply['signals']
  /** Those that pass the filter. */
  readonly total: number
  readonly order: SignalsSearch['order']
  /** Another filter or order: the table begins at its top again. */
  readonly question: string
  /** True while these are still those of another filter or order. */
  readonly faded: boolean
  readonly onOrder: (order: SignalsSearch['order']) => void
  /** Hears up to which row signals are wanted. */
  readonly onReach: (row: number) => void
}

/** All signals, of which the rows in sight are made; arrow keys, Page Up and Down, Home and End move through all of them. */
export function SignalsGrid({ signals, total, order, question, faded, onOrder, onReach }: SignalsGridProps) {
  const window = useRowWindow(total)
  const { laid, reach, stop, toTop, onFocusRow } = window
  useEffect(() => onReach(reach), [onReach, reach])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is the reason, whatever it asks.
  useEffect(toTop, [question, toTop])
  return (
    <div ref={window.box} onScroll={window.onScroll} className="max-h-[min(44rem,75vh)] overflow-y-auto">
      <table
        aria-busy={faded}
        aria-rowcount={total + 1}
        className="w-full table-fixed text-sm aria-busy:opacity-60"
        onKeyDown={window.onKeyDown}
      >
        <caption className="sr-only">Signals</caption>
        <thead className="sticky top-0 z-10 bg-surface text-xs text-muted shadow-[0_1px_0_var(--line)]">
          <tr aria-rowindex={1}>
            {signalColumns.map((column) => (
              <SortHead
                key={column.sort}
                label={column.label}
                order={wayOf(column, order)}
                left={column.left ?? false}
                className={column.className}
                onSort={() => onOrder(orderAfter(column, order))}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {laid.map((one) => {
            if ('rows' in one)
              return (
                // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row, in which nothing takes the focus.
                <tr key={`gap ${one.gapAt}`} aria-hidden="true">
                  <td className="p-0" style={{ height: one.rows * window.rowHeight }} />
                </tr>
              )
            const signal = signals[one.row]
            return signal ? (
              <SignalRow
                key={one.row}
                row={one.row}
                signal={signal}
                isStop={one.row === stop}
                onFocusRow={onFocusRow}
              />
            ) : (
              <WaitingRow key={one.row} row={one.row} onFocusRow={onFocusRow} />
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

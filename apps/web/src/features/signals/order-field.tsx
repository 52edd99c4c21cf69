import { useId } from 'react'
import type { SignalsSearch } from '../../lib/signals-search.ts'
import { orderOf, signalColumns } from './signal-columns.ts'

interface OrderFieldProps {
  readonly order: SignalsSearch['order']
  readonly onOrder: (order: SignalsSearch['order']) => void
}

const choices = signalColumns.flatMap((column) =>
  (['ascending', 'descending'] as const).map((way) => ({ order: orderOf(column, way), words: column.words[way] })),
)

/** The order where the table has no room for the heads of all its columns. */
export function OrderField({ order, onOrder }: OrderFieldProps) {
  const id = useId()
  return (
    <div className="mb-2 flex items-center gap-2 text-xs text-muted lg:hidden">
      <label htmlFor={id}>Order</label>
      <select
        id={id}
        value={order ?? ''}
        onChange={({ target }) => onOrder(choices.find((one) => one.order === target.value)?.order)}
        className="h-9 pointer-coarse:h-11 min-w-0 flex-1 rounded-md border border-edge bg-surface px-2 text-[1rem] text-ink"
      >
        <option value="">Measured edge first</option>
        {choices.map((one) => (
          <option key={one.order} value={one.order}>
            {one.words}
          </option>
        ))}
      </select>
    </div>
  )
}

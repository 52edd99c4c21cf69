interface SortHeadProps {
  readonly label: string
  /** Whether the table is in the order of this column, and which way. */
  readonly order: 'ascending' | 'descending' | 'none'
  readonly onSort: () => void
  readonly left?: boolean
  /** Width of the column, and where there is no room for it. */
  readonly className?: string
}

/** The head of a column by which a table can be sorted. */
export function SortHead({ label, order, onSort, left = false, className = '' }: SortHeadProps) {
  const chosen = order !== 'none'
  return (
    <th
      scope="col"
      aria-sort={order}
      className={`py-1 font-medium ${left ? 'text-left' : 'px-2 text-right'} ${className}`}
    >
      <button
        type="button"
        onClick={onSort}
        className={`min-h-6 min-w-6 pointer-coarse:min-h-9 rounded font-medium whitespace-nowrap hover:text-ink ${chosen ? 'text-ink' : ''}`}
      >
        {left ? null : <Arrow order={order} />}
        {label}
        {left ? <Arrow order={order} /> : null}
      </button>
    </th>
  )
}

/** Beside the label and on the side away from the figures, which stay under it. */
function Arrow({ order }: Pick<SortHeadProps, 'order'>) {
  if (order === 'none') return null
  return (
    <span aria-hidden="true" className="mx-1">
      {order === 'ascending' ? '↑' : '↓'}
    </span>
  )
}

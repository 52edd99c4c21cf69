import type { SignalSort } from '@banyan/client'
import type { SignalsSearch } from '../../lib/signals-search.ts'

export interface SignalColumn {
  readonly sort: SignalSort
  readonly label: string
  /** The way people ask for first: names from A, figures from the highest. */
  readonly first: 'ascending' | 'descending'
  readonly words: { readonly ascending: string; readonly descending: string }
  readonly left?: boolean
  readonly className: string
}

/** The columns, which are all ways to order the signals. */
export const signalColumns: readonly SignalColumn[] = [
  {
    sort: 'symbol',
    label: 'Instrument',
    first: 'ascending',
    words: { ascending: 'Instrument, A to Z', descending: 'Instrument, Z to A' },
    left: true,
    className: 'w-20 sm:w-28 xl:w-40',
  },
  {
    sort: 'pattern',
    label: 'Pattern',
    first: 'ascending',
    words: { ascending: 'Pattern, A to Z', descending: 'Pattern, Z to A' },
    left: true,
    className: 'pl-2',
  },
  {
    sort: 'direction',
    label: 'Points',
    first: 'descending',
    words: { ascending: 'Falls first', descending: 'Rises first' },
    left: true,
    className: 'w-24 max-lg:hidden xl:w-32',
  },
  {
    sort: 'detected_at',
    label: 'Completed',
    first: 'descending',
    words: { ascending: 'Oldest first', descending: 'Newest first' },
    left: true,
    className: 'w-44 max-sm:hidden xl:w-52',
  },
  {
    sort: 'confidence',
    label: 'Of 100',
    first: 'descending',
    words: { ascending: 'Lowest rate first', descending: 'Highest rate first' },
    className: 'w-18 sm:w-24 xl:w-36',
  },
  {
    sort: 'interval_low',
    label: '90% interval',
    first: 'descending',
    words: { ascending: 'Lowest bound first', descending: 'Highest lower bound first' },
    className: 'w-32 max-md:hidden xl:w-48',
  },
  {
    sort: 'n',
    label: 'Cases',
    first: 'descending',
    words: { ascending: 'Fewest cases first', descending: 'Most cases first' },
    className: 'w-20 max-lg:hidden xl:w-32',
  },
]

type Order = SignalsSearch['order']

/** Returns which way the signals are ordered by a column. */
export function wayOf({ sort }: SignalColumn, order: Order): 'ascending' | 'descending' | 'none' {
  if (order === sort) return 'ascending'
  return order === `-${sort}` ? 'descending' : 'none'
}

/** Returns the order a press on a column's head asks for: first its own way, then the other, then the server's order again. */
export function orderAfter(column: SignalColumn, order: Order): Order {
  const way = wayOf(column, order)
  if (way === 'none') return orderOf(column, column.first)
  return way === column.first ? orderOf(column, opposite[way]) : undefined
}

export function orderOf({ sort }: SignalColumn, way: 'ascending' | 'descending'): NonNullable<Order> {
  return way === 'ascending' ? sort : `-${sort}`
}

const opposite = { ascending: 'descending', descending: 'ascending' } as const
